/// International bank account numbers: ISO 13616-1, and the lengths of SWIFT's IBAN registry.
enum BankAccount {
    static func accepts(_ value: ArraySlice<UInt8>) -> Bool {
        let compact = value.lazy.filter { $0 != UInt8(ascii: " ") }
        var country: UInt16 = 0
        var length = 0
        // The remainder of the number with its first four characters behind: letters count as 10 to 35.
        var head = 0
        var remainder = 0
        for byte in compact {
            let number = byte.isDigit ? Int(byte) - 0x30 : Int(byte) - 0x41 + 10
            guard byte.isDigit || byte.isUppercase else { return false }
            if length < 2 { country = country << 8 | UInt16(byte) }
            if length < 4 {
                head = head * (number < 10 ? 10 : 100) + number
            } else {
                remainder = (remainder * (number < 10 ? 10 : 100) + number) % 97
            }
            length += 1
        }
        guard lengths[country] == length else { return false }
        // Two letters are four digits, and two digits follow.
        return (remainder * 1_000_000 + head) % 97 == 1
    }

    private static let lengths: [UInt16: Int] = {
        let registry = """
            AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 \
            FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 \
            LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 \
            SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
            """
        var lengths: [UInt16: Int] = [:]
        for entry in registry.utf8.split(separator: UInt8(ascii: " ")) {
            let bytes = Array(entry)
            lengths[UInt16(bytes[0]) << 8 | UInt16(bytes[1])] = Int(bytes[2] - 0x30) * 10 + Int(bytes[3] - 0x30)
        }
        return lengths
    }()
}
