extension MaskRule {
    /// The text of an example whose values stand in `«»`.
    struct Marked: ExpressibleByStringInterpolation {
        let text: String
        /// In the order of the text.
        let values: [String]

        init(stringLiteral marked: String) {
            text = String(marked.filter { $0 != "«" && $0 != "»" })
            values = marked.split(separator: "«", omittingEmptySubsequences: false).dropFirst().map { piece in
                String(piece.prefix { $0 != "»" })
            }
        }
    }

    /// Made up and obviously so: scanners of repositories look for real ones, and the alphabet's beginning over and over is none.
    ///
    /// - Returns: `count` characters.
    static func filler(_ count: Int, of piece: String = "0aB") -> String {
        String(String(repeating: piece, count: count / piece.count + 1).prefix(count))
    }
}
