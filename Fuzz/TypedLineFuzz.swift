import Guard

/// A line that somebody types, and what the shell says of its words: read in time, and within the bounds that the doc comments name. The first byte
/// chooses the shell; the rest are the line and definitions, cut at bytes of 0xFF.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard let first = input.first else { return 0 }
    let language = LineLanguage.allCases[Int(first) % LineLanguage.allCases.count]
    let parts = input.dropFirst().split(separator: 0xFF, omittingEmptySubsequences: false)
    var definitions: [LineDefinition] = []
    for index in stride(from: 1, to: parts.count - 1, by: 2) where definitions.count < LineQuestion.mostDefinitions {
        let kind = LineDefinition.Kind.allCases[definitions.count % LineDefinition.Kind.allCases.count]
        definitions.append(LineDefinition(kind, name: Array(parts[index]), text: Array(parts[index + 1])))
    }
    let line = TypedLine(
        text: Array(parts[0].prefix(LineQuestion.longestText)), language: language, isFromEditor: first >= 128,
        definitions: definitions)
    let reading = line.reading
    precondition(reading.commands.count <= CommandReader.Limits.commands, "more commands than the limit")
    precondition(reading.doubts.count <= CommandReader.Limits.doubts + 1, "more doubts than the limit")
    _ = reading.keyboardReader(in: language)
    return 0
}
