/// An account on a target: 1…64 bytes of `A-Z a-z 0-9 . _ @ + $ \ -`, no leading `-`. Case counts.
///
/// `@`, `\` and `$` are there for directory accounts (`admin@corp`, `CORP\admin`, `host$`). `:` is not: it parts login and target.
package struct LoginName: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package static let longest = 64
    private static let marks = Array("._@+$\\-".utf8)

    package init?(_ text: String) {
        let bytes = text.utf8
        guard (1...Self.longest).contains(bytes.count), bytes.first != UInt8(ascii: "-") else { return nil }
        guard bytes.allSatisfy({ Self.isLetterOrDigit($0) || Self.marks.contains($0) }) else { return nil }
        self.text = text
    }

    package var description: String { text }
    package static func < (a: LoginName, b: LoginName) -> Bool { a.text < b.text }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        let range = UInt8(ascii: "a")...UInt8(ascii: "z")
        return range.contains(byte | 0x20) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
