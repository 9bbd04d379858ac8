/// What may stand where a host is named, before anybody looks it up.
enum HostName {
    /// Letters, digits, dots, dashes and underscores, and not a leading dash, which every program takes for an option.
    static func isName(_ text: some StringProtocol) -> Bool { isMade(text, of: "._-") }

    /// A name, or an IPv4 or IPv6 address with an optional zone.
    static func isNameOrAddress(_ text: some StringProtocol) -> Bool { isMade(text, of: "._-:%") }

    /// Decimal digits only; `UInt16` would also take a sign.
    static func port(_ text: some StringProtocol) -> UInt16? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? UInt16(text) : nil
    }

    /// RFC 1035 §2.3.4: 253 characters in text form.
    private static func isMade(_ text: some StringProtocol, of others: String) -> Bool {
        (1...253).contains(text.utf8.count) && !text.hasPrefix("-")
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || others.utf8.contains(byte)
            }
    }
}
