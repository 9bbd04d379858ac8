/// Bytes of users and targets as text that is safe to print: everything that is not plainly seen becomes a mark (`VisibleReader`).
package enum VisibleText {
    /// All of it in one line: a line feed is `\x0a`, and the result holds no control and no format character.
    ///
    /// - Parameter limit: at most so many characters and marks; what was cut ends with `...`.
    package static func line(_ bytes: [UInt8], limit: Int = .max) -> String {
        var reader = VisibleReader(bytes)
        var text = ""
        var count = 0
        while let character = reader.next() {
            guard count < limit else { return text + "..." }
            count += 1
            text += character.endsLine ? "\\x0a" : character.text
        }
        return text
    }

    /// The same for text.
    package static func line(_ text: String, limit: Int = .max) -> String { line(Array(text.utf8), limit: limit) }

    /// Line by line: each line feed is a `↵` at the end of its line. Never empty.
    ///
    /// - Parameter limit: at most so many lines; if there are more, the last is `...`.
    package static func lines(_ bytes: [UInt8], limit: Int = .max) -> [String] {
        var reader = VisibleReader(bytes)
        var lines = [""]
        while let character = reader.next() {
            lines[lines.count - 1] += character.text
            guard character.endsLine, reader.position < bytes.count else { continue }
            guard lines.count < limit else { return lines + ["..."] }
            lines.append("")
        }
        return lines
    }
}
