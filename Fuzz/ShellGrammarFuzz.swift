/// Whatever a client sends as a command line is read, in time and within the bounds that the doc comments name.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = Array(UnsafeBufferPointer(start: start, count: count))
    let reading = ShellReader.read(text, atPrompt: text.first == UInt8(ascii: " "))
    // Two readings, of the text up to a NUL and of that without it, can each be full.
    precondition(reading.commands.count <= GrammarLimits.commands, "more commands than the limit")
    precondition(reading.doubts.count <= GrammarLimits.doubts + 2 * GrammarLimits.complaints + 8, "more doubts than the limit")
    for command in reading.commands {
        for word in command.words {
            precondition(word.source.count <= GrammarLimits.wordSource, "a long source")
            for case .unknown(let unknown) in word.pieces {
                precondition(unknown.source.count <= GrammarLimits.unknownSource, "a long source of what is unknown")
                precondition(unknown.candidates.count <= GrammarLimits.candidates, "more candidates than the limit")
            }
        }
    }
    return 0
}
