/// One output stream of a session on its way into a recording: text is written, what is not text is counted and hashed.
///
/// A stream that has stopped being text does not become text again. Where it stops does not depend on how the stream was cut.
struct RecordedStream<Hasher: ContentHasher & ~Copyable>: ~Copyable {
    private var decoder = UTF8Decoder()
    /// Nil for a terminal's output: whatever it is, it was shown to a person as text.
    private var detector: TextDetector?
    private var isText = true
    /// Not nil once bytes were left out.
    private var hasher: Hasher?
    private var unrecordedBytes: UInt64 = 0

    init(isTerminal: Bool) { detector = isTerminal ? nil : TextDetector() }

    /// Appends the text of `bytes`, escaped for JSON, and leaves out what is not text.
    mutating func append(_ bytes: ArraySlice<UInt8>, to line: inout [UInt8]) {
        let recorded = isText ? appendText(bytes.span, to: &line) : 0
        leaveOut(bytes.dropFirst(recorded))
    }

    /// Ends the stream: appends the U+FFFD of an unfinished character.
    mutating func finishText(to line: inout [UInt8]) {
        if decoder.finish() { line.append(contentsOf: UTF8Decoder.replacement) }
    }

    /// Appends what was left out, as the text of a marker: `binary stdout: 123456 bytes, sha256 9f86d0…`.
    consuming func appendUnrecorded(name: StaticString, to line: inout [UInt8]) {
        guard let hasher else { return }
        line.append(json: "binary \(name): \(unrecordedBytes) bytes, sha256 ")
        line.appendHexadecimal(hasher.finalize())
    }

    private mutating func leaveOut(_ bytes: ArraySlice<UInt8>) {
        guard !bytes.isEmpty else { return }
        if hasher == nil { hasher = Hasher() }
        hasher?.update(bytes)
        unrecordedBytes += UInt64(bytes.count)
    }

    /// Returns how many bytes of `input` belong to the text.
    private mutating func appendText(_ input: Span<UInt8>, to line: inout [UInt8]) -> Int {
        var position = 0
        while let piece = decoder.next(in: input, from: &position) {
            switch piece {
            case .text(let range):
                let text = input.extracting(range)
                guard detector != nil, let end = text.firstNUL else {
                    detector?.sawText(text.count)
                    line.appendEscaped(text)
                    continue
                }
                line.appendEscaped(text.extracting(0..<end))
                isText = false
                return range.lowerBound + end
            case .joined(let scalar):
                detector?.sawText(scalar.utf8.count)
                line.appendEscaped(scalar)
            case .illFormed:
                line.append(contentsOf: UTF8Decoder.replacement)
                if detector?.sawIllFormed() == true {
                    isText = false
                    return position
                }
            }
        }
        return position
    }
}

extension Span<UInt8> {
    fileprivate var firstNUL: Int? {
        for position in 0..<count where self[position] == 0 { return position }
        return nil
    }
}
