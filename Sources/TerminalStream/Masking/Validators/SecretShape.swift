/// Values that a machine has made up.
enum SecretShape {
    /// Letters and digits, at least 2.5 bits a byte, and neither a placeholder nor a list of names, a version or a date.
    static func accepts(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.contains(where: \.isLetter), value.digitCount >= 2, Entropy.of(value) >= 2560, !Placeholders.contains(value)
        else {
            return false
        }
        return !isDotted(value) && !isCode(value)
    }

    /// At least 4.5 bits a byte, or 3 where all are hexadecimal digits: the limits of Yelp's detect-secrets (`high_entropy_strings.py`).
    static func isHighEntropy(_ value: ArraySlice<UInt8>) -> Bool {
        Entropy.of(value) >= (value.allSatisfy(\.isHexadecimal) ? 3072 : 4608)
    }

    /// `org.name.part2`, `a/b/c3`, `part-one-2-three`: pieces of words, each with a digit at its end at most.
    private static func isDotted(_ value: ArraySlice<UInt8>) -> Bool {
        var pieces = 0
        var isWord = true  // of the piece so far: letters, then digits
        var endsInDigits = false
        var length = 0
        for byte in value {
            if byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/")
                || byte == UInt8(ascii: ":")
            {
                pieces += 1
                endsInDigits = false
                length = 0
            } else if byte.isDigit {
                endsInDigits = true
                length += 1
            } else {
                if endsInDigits { isWord = false }
                length += 1
            }
            if length > 16 { isWord = false }
        }
        return isWord && (pieces > 0 || value.count < 16)
    }

    /// Brackets, arrows and commas are a program's.
    private static func isCode(_ value: ArraySlice<UInt8>) -> Bool {
        value.contains { "()[]{}|\\*".utf8.contains($0) } || value.holds("->")
            || value.holds("::")
    }
}
