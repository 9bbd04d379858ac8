extension PublicKey {
    /// The longest line read: base64 of the longest blob, and room for a comment.
    static let largestLine = 16384

    /// Reads one line of a `.pub` file: name, base64, optional comment, separated by blanks, with or without its line end. Options as in
    /// `authorized_keys` are refused.
    package init(line: String) throws(KeyError) {
        guard line.utf8.count <= Self.largestLine else { throw .wire(.tooLong(length: line.utf8.count, limit: Self.largestLine)) }
        let content = line.last?.isNewline == true ? line.dropLast() : line[...]
        guard !content.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else { throw .invalid("more than one line") }
        let words = content.split(maxSplits: 2) { $0 == " " || $0 == "\t" }
        guard words.count >= 2 else { throw .invalid("a public key line has a name and base64 text") }
        guard let named = KeyAlgorithm(rawValue: String(words[0])) else { throw .unsupportedAlgorithm(String(words[0])) }
        guard let blob = Base64.decode(words[1]) else { throw .invalid("text that is not base64") }
        try self.init(blob: blob)
        guard algorithm == named else { throw .invalid("a line that names another algorithm than its key has") }
    }

    /// Name and base64 text, without a comment.
    package var line: String { algorithm.rawValue + " " + Base64.encode(blob) }
}
