/// Base64 that has to decode to something.
enum EncodedText {
    /// How much of a value is decoded: the header of a token and the name of a user are shorter.
    private static let mostDecoded = 1024

    /// RFC 7515 §4: the first part is a JSON object, and has `alg`.
    static func isJSONWebToken(_ value: ArraySlice<UInt8>) -> Bool {
        let header = value.prefix { $0 != UInt8(ascii: ".") }
        guard header.count <= mostDecoded, let text = decode(header), text.first == UInt8(ascii: "{"),
            text.last == UInt8(ascii: "}")
        else { return false }
        return text[...].holds("\"alg\"")
    }

    /// RFC 7617 §2: `user:password`, without control characters.
    static func isBasicCredentials(_ value: ArraySlice<UInt8>) -> Bool {
        guard let text = decode(value.prefix(mostDecoded)), text.count >= 4 else { return false }
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon < text.count - 1 else { return false }
        return text.allSatisfy { $0 >= 0x20 && $0 != 0x7F } && String(validating: text, as: UTF8.self) != nil
    }

    /// Both alphabets of RFC 4648, padded or not; nil if a byte is of neither, or one digit is left over.
    static func decode(_ value: ArraySlice<UInt8>) -> [UInt8]? {
        var text: [UInt8] = []
        text.reserveCapacity(value.count * 3 / 4)
        var bits: UInt32 = 0
        var count = 0
        let unpadded = value.prefix { $0 != UInt8(ascii: "=") }
        guard value.count - unpadded.count <= 2, unpadded.count % 4 != 1, value[unpadded.endIndex...].allSatisfy({ $0 == 0x3D })
        else {
            return nil
        }
        for byte in unpadded {
            guard let digit = digit(byte) else { return nil }
            bits = bits << 6 | digit
            count += 6
            if count >= 8 {
                count -= 8
                text.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return text
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case _ where byte.isUppercase: UInt32(byte) - 0x41
        case _ where byte.isLowercase: UInt32(byte) - 0x61 + 26
        case _ where byte.isDigit: UInt32(byte) - 0x30 + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
