/// The name or an alias of a target: 1…253 bytes of `a-z 0-9 . _ -`, the first and the last one a letter or a digit.
///
/// Written names are lower-cased and lose one trailing dot, as the resolver would read them, so that `ssh -J bastion WEB1.` is `web1`.
/// What does not fit is no target's name: not looked up, and safe to refuse without a look at the rules.
package struct TargetName: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    /// RFC 1035 §2.3.4 allows 255 octets on the wire, which is 253 characters.
    package static let longest = 253

    /// Only ASCII letters are lower-cased: by Unicode's rules the Kelvin sign would become a `k`.
    package init?(_ written: String) {
        var bytes = written.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        guard (1...Self.longest).contains(bytes.count), bytes.allSatisfy({ Self.isInner($0) }) else { return nil }
        guard let first = bytes.first, let last = bytes.last, Self.isOuter(first), Self.isOuter(last) else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
    }

    package var description: String { text }
    package static func < (a: TargetName, b: TargetName) -> Bool { a.text < b.text }

    private static func isOuter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isInner(_ byte: UInt8) -> Bool {
        isOuter(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
}
