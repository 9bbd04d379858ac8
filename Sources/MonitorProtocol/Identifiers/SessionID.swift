/// Names one recorded session channel: in the ledger, in file names, in messages to people.
///
/// 16 characters of Crockford's base32 in lower case (no `i l o u`): ten for the milliseconds since 1970, so that names sort by
/// start, six random. Never taken from a peer without `init(_:)`, so it is safe in a path and on a terminal.
package struct SessionID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package let text: String

    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let length = 16

    /// A new name. `random` gives the last 30 bits.
    package init(at moment: Timestamp, random: UInt32) {
        var characters: [UInt8] = []
        for index in (0..<10).reversed() {
            characters.append(Self.alphabet[Int(truncatingIfNeeded: moment.milliseconds >> Int64(index * 5)) & 31])
        }
        for index in (0..<6).reversed() { characters.append(Self.alphabet[Int(random >> UInt32(index * 5)) & 31]) }
        text = String(decoding: characters, as: UTF8.self)
    }

    /// `nil` unless `text` is exactly such a name.
    package init?(_ text: String) {
        guard text.utf8.count == Self.length, text.utf8.allSatisfy(Self.alphabet.contains) else { return nil }
        self.text = text
    }

    package var description: String { text }
    package static func < (a: SessionID, b: SessionID) -> Bool { a.text < b.text }
}
