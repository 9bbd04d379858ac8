/// The first line of an asciicast v2 file (docs.asciinema.org, "asciicast v2").
package struct AsciicastHeader: Equatable, Sendable {
    /// Character cells. 0, which RFC 4254 §6.2 lets a client send for "not known", becomes 80×24.
    package var columns: UInt32
    package var rows: UInt32
    /// Seconds since 1970, when the recording began.
    package var timestamp: UInt64
    /// The exec command as it was sent; invalid UTF-8 becomes U+FFFD. Nil for a shell.
    package var command: [UInt8]?
    package var title: String?
    /// `TERM` of the pseudo-terminal.
    package var term: String?
    /// `SHELL` of the recorded account, if known.
    package var shell: String?

    package init(
        columns: UInt32, rows: UInt32, timestamp: UInt64, command: [UInt8]? = nil, title: String? = nil, term: String? = nil,
        shell: String? = nil
    ) {
        self.columns = columns == 0 ? 80 : columns
        self.rows = rows == 0 ? 24 : rows
        self.timestamp = timestamp
        self.command = command
        self.title = title
        self.term = term
        self.shell = shell
    }

    /// Appends the header as one line, its newline included.
    package func append(to line: inout [UInt8]) {
        line.append(json: "{\"version\": 2, \"width\": \(columns), \"height\": \(rows), \"timestamp\": \(timestamp)")
        if let command {
            line.append(json: ", \"command\": \"")
            var decoder = UTF8Decoder()
            var text: [UInt8] = []
            decoder.decode(command[...], into: &text)
            decoder.flush(into: &text)
            line.appendEscaped(text.span)
            line.append(json: "\"")
        }
        line.appendMember(", \"title\": ", title)
        if term != nil || shell != nil {
            line.append(json: ", \"env\": {")
            line.appendMember("\"TERM\": ", term)
            line.appendMember(term == nil ? "\"SHELL\": " : ", \"SHELL\": ", shell)
            line.append(json: "}")
        }
        line.append(json: "}\n")
    }
}

extension [UInt8] {
    /// Appends the name as given and the value as a JSON string, unless the value is nil.
    fileprivate mutating func appendMember(_ name: String, _ value: String?) {
        guard let value else { return }
        append(json: name)
        append(json: "\"")
        appendEscaped(Array(value.utf8).span)
        append(json: "\"")
    }
}
