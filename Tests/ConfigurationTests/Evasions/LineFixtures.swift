import Foundation

/// A file of command lines: two columns with a tab between them, `#` starts a comment. In the second column `\n`, `\t`, `\\` and `\xNN` are bytes.
struct LineFixtures {
    struct Row: Sendable {
        /// What the first column says.
        var label: String
        var command: [UInt8]
        /// As it stands in the file.
        var written: String
    }
    var rows: [Row]

    struct Unreadable: Error {
        var line: String
    }

    init(_ name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        rows = try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard columns.count == 2, let command = Self.bytes(columns[1]) else { throw Unreadable(line: String(line)) }
            return Row(label: String(columns[0]), command: command, written: String(columns[1]))
        }
    }

    private static func bytes(_ text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "\\"): bytes.append(byte)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "x"):
                guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
                bytes.append(value)
                rest = rest.dropFirst(2)
            default: return nil
            }
        }
        return bytes
    }
}
