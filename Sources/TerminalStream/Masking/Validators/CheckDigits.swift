/// Sums over the digits of a value; what is not a digit is left out.
enum CheckDigits {
    /// ISO/IEC 7812-1 annex B: every second digit from the right counts twice, and the sum ends in 0.
    static func luhn(_ value: ArraySlice<UInt8>) -> Bool {
        var sum = 0
        var isDoubled = false
        for byte in value.reversed() where byte.isDigit {
            let digit = Int(byte) - 0x30
            sum += !isDoubled ? digit : digit > 4 ? digit * 2 - 9 : digit * 2
            isDoubled.toggle()
        }
        return sum % 10 == 0
    }

    /// J. Verhoeff, "Error detecting decimal codes" (1969): twelve digits of an Aadhaar end in its check digit.
    static func verhoeff(_ value: ArraySlice<UInt8>) -> Bool {
        var check = 0
        var position = 0
        for byte in value.reversed() where byte.isDigit {
            check = dihedral[check * 10 + permutations[position % 8 * 10 + Int(byte) - 0x30]]
            position += 1
        }
        return position == 12 && check == 0
    }

    /// The first digits times their weights.
    static func weighted(_ value: ArraySlice<UInt8>, _ weights: [Int]) -> Int {
        zip(value.digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private static let dihedral: [Int] = [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 0, 6, 7, 8, 9, 5, 2, 3, 4, 0, 1, 7, 8, 9, 5, 6, 3, 4, 0, 1, 2, 8, 9, 5, 6, 7,
        4, 0, 1, 2, 3, 9, 5, 6, 7, 8, 5, 9, 8, 7, 6, 0, 4, 3, 2, 1, 6, 5, 9, 8, 7, 1, 0, 4, 3, 2, 7, 6, 5, 9, 8, 2, 1, 0, 4, 3,
        8, 7, 6, 5, 9, 3, 2, 1, 0, 4, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ]
    private static let permutations: [Int] = [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 5, 7, 6, 2, 8, 3, 0, 9, 4, 5, 8, 0, 3, 7, 9, 6, 1, 4, 2, 8, 9, 1, 6, 0, 4, 3, 5, 2, 7,
        9, 4, 5, 3, 1, 2, 6, 8, 7, 0, 4, 2, 8, 6, 5, 7, 3, 9, 0, 1, 2, 7, 9, 3, 8, 0, 6, 4, 1, 5, 7, 0, 4, 6, 9, 1, 3, 2, 5, 8,
    ]
}
