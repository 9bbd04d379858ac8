/// How far the output of a program without a terminal is text. Depends on the bytes alone, not on how they were cut; `TextDetector` says by what.
package struct TextExtent: Sendable {
    private var decoder = UTF8Decoder()
    private var detector = TextDetector()
    /// False from the first byte that is not text on.
    package private(set) var isText = true

    package init() {}

    /// - Returns: how many of these bytes, the next ones of the stream, are text.
    package mutating func lengthOfText(in bytes: ArraySlice<UInt8>) -> Int {
        guard isText else { return 0 }
        let input = bytes.span
        var position = 0
        while let piece = decoder.next(in: input, from: &position) {
            switch piece {
            case .text(let range):
                guard let end = range.first(where: { input[$0] == 0 }) else {
                    detector.sawText(range.count)
                    continue
                }
                isText = false
                return end
            case .joined(let scalar): detector.sawText(scalar.utf8.count)
            case .illFormed:
                guard detector.sawIllFormed() else { continue }
                isText = false
                return position
            }
        }
        return bytes.count
    }
}
