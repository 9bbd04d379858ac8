/// RFC 4648 §4, without Foundation.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The value of each character; 255 for those that are not in the alphabet.
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
        return table
    }()

    /// - Parameter padding: false leaves out the `=` at the end, as fingerprints do.
    package static func encode(_ bytes: some Collection<UInt8>, padding: Bool = true) -> String {
        String(decoding: encodedBytes(bytes, padding: padding), as: UTF8.self)
    }

    /// Decodes canonical, padded base64 without blanks. Nil for everything else, unused bits that are not zero among it: one value, one text.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? { decode(Array(text.utf8)) }

    static func encodedBytes(_ bytes: some Collection<UInt8>, padding: Bool = true) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var group: UInt32 = 0
        var count = 0
        func append(_ characters: Int) {
            for index in 0..<characters { text.append(alphabet[Int(group >> UInt32(18 - 6 * index)) & 63]) }
        }
        for byte in bytes {
            group |= UInt32(byte) << UInt32(16 - 8 * count)
            count += 1
            if count == 3 {
                append(4)
                group = 0
                count = 0
            }
        }
        guard count > 0 else { return text }
        append(count + 1)
        if padding { text.append(contentsOf: repeatElement(UInt8(ascii: "="), count: 3 - count)) }
        return text
    }

    static func decode(_ text: [UInt8]) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        let pads = text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        for character in text.dropLast(pads) {
            let value = values[Int(character)]
            guard value < 64 else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            bits &= (1 << UInt32(count)) - 1
        }
        guard bits == 0 else { return nil }
        return bytes
    }
}
