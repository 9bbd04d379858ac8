/// Passwords behind a word and a sign that also stand in programs and prose.
enum PasswordShape {
    /// Whether the value is neither a placeholder nor what programs are made of: it has a digit beside letters, or a sign that names do not have,
    /// or at least six digits.
    static func accepts(_ value: ArraySlice<UInt8>) -> Bool {
        guard !Placeholders.contains(value) else { return false }
        var letters = 0
        var digits = 0
        var signs = 0
        var joints = 0
        for byte in value {
            if byte.isLetter {
                letters += 1
            } else if byte.isDigit {
                digits += 1
            } else if "!@#$%^&*?+~=".utf8.contains(byte) {
                signs += 1
            } else if byte >= 0x80 {
                letters += 1
            } else {
                joints += 1
            }
        }
        if letters == 0 { return joints == 0 && (digits >= 6 || signs > 0 && digits > 0) }
        if digits > 0 { return !isTechnical(value) && joints <= 2 }
        return signs > 0 && joints == 0 && value.last != UInt8(ascii: "!") && value.last != UInt8(ascii: "?")
    }

    /// `sha256`, `utf8`, `0x1F`, `10s`, `v2`: a word and a number that mean something.
    private static func isTechnical(_ value: ArraySlice<UInt8>) -> Bool {
        if value.starts(with: "0x".utf8) || value.starts(with: "0X".utf8) { return true }
        let start = value.prefix { $0.isLetter || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
        if start.endIndex < value.endIndex, value[start.endIndex...].allSatisfy({ $0.isDigit }) {
            return terms.contains { term in
                start.count == term.utf8.count && zip(start, term.utf8).allSatisfy { $0.lowercased == $1 }
            }
        }
        let number = value.prefix { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        let unit = value[number.endIndex...]
        return !number.isEmpty && unit.count <= 5 && units.contains { unit.elementsEqual($0.utf8) }
    }

    private static let terms = [
        "md", "sha", "sha-", "sha_", "utf", "utf-", "utf_", "base", "aes", "aes-", "rsa", "rsa-", "ed", "int", "uint", "float",
        "x", "win", "ipv", "http",
        "oauth", "arg", "param", "p", "v", "pbkdf", "bcrypt", "pkcs", "des",
    ]
    private static let units = [
        "s", "ms", "min", "h", "d", "days", "hours", "kb", "KB", "MB", "GB", "k", "K", "M", "G", "px", "em", "chars", "bytes",
        "bits",
    ]
}
