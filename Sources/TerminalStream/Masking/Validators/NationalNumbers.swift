/// Check digits of the numbers that states give to persons. Every function takes the value with its separators, and answers
/// whatever the bytes are: a rule of policy.yaml may name it behind any pattern.
enum NationalNumbers {
    /// HMRC, NIM39110: prefixes that are never allocated.
    static func isNationalInsurance(_ value: ArraySlice<UInt8>) -> Bool {
        let prefix = value.prefix(2)
        return ![[0x42, 0x47], [0x47, 0x42], [0x4B, 0x4E], [0x4E, 0x4B], [0x4E, 0x54], [0x54, 0x4E], [0x5A, 0x5A]].contains(
            Array(prefix))
    }

    /// NHS Data Dictionary, "NHS Number": weights 10 to 2, 11 less the remainder by 11.
    static func isNHS(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.digitCount == 10, !value.hasOneDigitOnly else { return false }
        return CheckDigits.weighted(value, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
    }

    /// Steueridentifikationsnummer (§ 139b AO): ISO/IEC 7064 mod 11,10, and exactly one digit of the first ten is there two or three times.
    static func isGermanTax(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.digitCount == 11 else { return false }
        var product = 10
        var seen: UInt64 = 0  // four bits a digit
        for digit in value.digits.prefix(10) {
            let sum = (digit + product) % 10
            product = (sum == 0 ? 10 : sum) * 2 % 11
            seen += 1 << (UInt64(digit) * 4)
        }
        let counts = (0..<10).map { seen >> ($0 * 4) & 15 }
        guard counts.filter({ $0 > 1 }).count == 1, counts.allSatisfy({ $0 <= 3 }) else { return false }
        return value.digits.reduce(0) { $1 } == (11 - product) % 10
    }

    /// DNI and NIE (Real Decreto 1553/2005): the letter is the number's remainder by 23; X, Y, Z in front stand for 0, 1, 2.
    static func isSpanishIdentity(_ value: ArraySlice<UInt8>) -> Bool {
        guard let first = value.first, let letter = value.last, value.count <= 10, value.digitCount == (first.isDigit ? 8 : 7)
        else { return false }
        var number = 0
        if !first.isDigit {
            guard first >= UInt8(ascii: "X"), first <= UInt8(ascii: "Z") else { return false }
            number = Int(first - UInt8(ascii: "X"))
        }
        for digit in value.digits { number = number * 10 + digit }
        return letter == Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)[number % 23]
    }

    /// Codice fiscale (D.M. 12/03/1974): odd places by table, even places by value, the sum's remainder by 26 as a letter.
    static func isItalianFiscal(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.count == 16, let letter = value.last, value.allSatisfy({ $0.isUppercase || $0.isDigit }) else { return false }
        let odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
        var sum = 0
        for (place, byte) in value.dropLast().enumerated() {
            let number = byte.isDigit ? Int(byte) - 0x30 : Int(byte) - 0x41
            sum += place % 2 == 0 ? odd[number] : number
        }
        return Int(letter) - 0x41 == sum % 26
    }

    /// Receita Federal: two digits, each from weights that fall to 2.
    static func isBrazilianCPF(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.digitCount == 11, !value.hasOneDigitOnly else { return false }
        let digits = Array(value.digits)
        for count in 9...10 {
            let sum = digits.prefix(count).enumerated().reduce(0) { $0 + $1.element * (count + 1 - $1.offset) }
            guard sum * 10 % 11 % 10 == digits[count] else { return false }
        }
        return true
    }

    /// Powszechny Elektroniczny System Ewidencji Ludności: weights, and a date whose month tells the century.
    static func isPESEL(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.digitCount == 11 else { return false }
        let digits = Array(value.digits)
        let month = (digits[2] * 10 + digits[3]) % 20
        let day = digits[4] * 10 + digits[5]
        return (1...12).contains(month) && (1...31).contains(day)
            && CheckDigits.weighted(value, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 == 0
    }

    /// Numéro d'inscription au répertoire (INSEE): 97 less the remainder by 97; the departments 2A and 2B of Corsica count as 19 and 18.
    static func isFrenchNIR(_ value: ArraySlice<UInt8>) -> Bool {
        var number = 0
        var length = 0
        for byte in value where byte.isDigit || byte.isLetter {
            guard length < 13 else { break }
            switch byte {
            case UInt8(ascii: "A"): number = number * 10 - 1  // 20 becomes 19
            case UInt8(ascii: "B"): number = number * 10 - 2  // 20 becomes 18
            case _ where byte.isDigit: number = number * 10 + Int(byte) - 0x30
            default: return false
            }
            length += 1
        }
        let key = value.suffix(2).digits.reduce(0) { $0 * 10 + $1 }
        let month = number / 100_000_000 % 100
        // 20 to 42 and from 50 stand for a month that is not known.
        return length == 13 && [1...12, 20...42, 50...99].contains { $0.contains(month) } && 97 - number % 97 == key
    }

    /// Burgerservicenummer: weights 9 to 2 and -1, divisible by 11.
    static func isDutchBSN(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.digitCount == 9, !value.hasOneDigitOnly else { return false }
        return CheckDigits.weighted(value, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0
    }

    /// Australian Taxation Office: weights, divisible by 11.
    static func isAustralianTFN(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.digitCount == 9, !value.hasOneDigitOnly else { return false }
        return CheckDigits.weighted(value, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0
    }

    /// Personnummer (SKV 704): Luhn over the last ten digits, which begin with a date; 60 is added to the day of a samordningsnummer.
    static func isSwedishIdentity(_ value: ArraySlice<UInt8>) -> Bool {
        let ten = value.suffix(11)  // with the sign
        guard ten.digitCount == 10 else { return false }
        let digits = Array(ten.digits)
        let day = (digits[4] * 10 + digits[5]) % 60
        return (1...12).contains(digits[2] * 10 + digits[3]) && (1...31).contains(day) && CheckDigits.luhn(ten)
    }
}
