extension KnownValues {
    /// How programs write a secret: as it is, in base64 wherever it begins in the three bytes of a group (RFC 4648, both alphabets), in a URL (RFC 3986), in
    /// JSON (RFC 8259), in hexadecimal of both cases, quoted for a shell. Forms shorter than `shortest` are left out; each is there once.
    package static func forms(of secret: [UInt8]) -> [[UInt8]] {
        var forms = [secret]
        for offset in 0..<3 {
            forms.append(base64(secret, offset: offset, alphabet: standardAlphabet))
            forms.append(base64(secret, offset: offset, alphabet: urlAlphabet))
        }
        for digits in [upperDigits, lowerDigits] {
            forms.append(secret.flatMap { isUnreserved($0) ? [$0] : [UInt8(ascii: "%")] + hexadecimal($0, digits) })
            forms.append(
                secret.flatMap {
                    $0 == 0x20 ? [UInt8(ascii: "+")] : isUnreserved($0) ? [$0] : [UInt8(ascii: "%")] + hexadecimal($0, digits)
                })
            forms.append(secret.flatMap { hexadecimal($0, digits) })
        }
        forms.append(json(secret, escapingSlash: false))
        forms.append(json(secret, escapingSlash: true))
        forms.append(secret.flatMap { $0 == UInt8(ascii: "'") ? Array("'\\''".utf8) : [$0] })
        forms.append(secret.flatMap { Array("\"\\$`".utf8).contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] })
        forms.append(
            secret.flatMap {
                isUnreserved($0) || $0 >= 0x80 || Array("/:=@%+,".utf8).contains($0) ? [$0] : [UInt8(ascii: "\\"), $0]
            })
        var seen = Set<[UInt8]>()
        return forms.filter { $0.count >= shortest && seen.insert($0).inserted }
    }

    /// The characters that are the same whatever stands before and behind the secret, when `offset` bytes of its first group stand before it.
    private static func base64(_ secret: [UInt8], offset: Int, alphabet: [UInt8]) -> [UInt8] {
        let bytes = [UInt8](repeating: 0, count: offset) + secret + [0, 0]
        let first = (offset * 8 + 5) / 6
        let last = (offset + secret.count) * 8 / 6
        guard first < last else { return [] }
        return (first..<last).map { character in
            let bit = character * 6
            let pair = UInt16(bytes[bit / 8]) << 8 | UInt16(bytes[bit / 8 + 1])
            return alphabet[Int(pair >> UInt16(10 - bit % 8) & 63)]
        }
    }

    private static func json(_ secret: [UInt8], escapingSlash: Bool) -> [UInt8] {
        secret.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "/") where escapingSlash: [UInt8(ascii: "\\"), byte]
            case 0x08: Array("\\b".utf8)
            case 0x09: Array("\\t".utf8)
            case 0x0A: Array("\\n".utf8)
            case 0x0C: Array("\\f".utf8)
            case 0x0D: Array("\\r".utf8)
            case 0..<0x20: Array("\\u00".utf8) + hexadecimal(byte, lowerDigits)
            default: [byte]
            }
        }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: Array("-._~".utf8).contains(byte)
        }
    }

    private static func hexadecimal(_ byte: UInt8, _ digits: [UInt8]) -> [UInt8] {
        [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    private static let upperDigits = Array("0123456789ABCDEF".utf8)
    private static let lowerDigits = Array("0123456789abcdef".utf8)
    private static let standardAlphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let urlAlphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
