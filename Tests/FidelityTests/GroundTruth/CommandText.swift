/// A command as lines that can be compared, whoever tells it.
enum CommandText {
    /// Physical lines without blanks around them, without empty ones; `\` before a newline joins, as it does in every shell.
    ///
    /// Some witnesses tell a command over several lines at once and some line by line, so lines are what can be compared.
    static func lines(_ text: [UInt8]) -> [[UInt8]] {
        var joined: [UInt8] = []
        for byte in text {
            if byte == UInt8(ascii: "\n"), joined.last == UInt8(ascii: "\\") {
                joined.removeLast()
            } else {
                joined.append(byte)
            }
        }
        return joined.split(separator: UInt8(ascii: "\n")).map(trimmed).filter { !$0.isEmpty }
    }

    /// For people: printable ASCII as it is, everything else as `\xNN`.
    static func escaped(_ text: some Sequence<UInt8>) -> String {
        text.map { byte in
            switch byte {
            case 0x20..<0x7F: String(UnicodeScalar(byte))
            case UInt8(ascii: "\n"): "\\n"
            default: "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }.joined()
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> [UInt8] {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r") }
        var line = line.drop(while: isBlank)
        while let last = line.last, isBlank(last) { line.removeLast() }
        return Array(line)
    }
}
