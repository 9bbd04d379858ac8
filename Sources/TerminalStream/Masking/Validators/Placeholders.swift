/// What stands where a secret would stand, in programs, templates and manuals.
enum Placeholders {
    /// Whether `value` is one: a variable, a template, a path, a call, a word that says that something is missing, or next to nothing.
    static func contains(_ value: ArraySlice<UInt8>) -> Bool {
        guard let first = value.first else { return true }
        return isTemplate(value, first) || isPath(value, first) || isExpression(value) || isRepetition(value) || isStandIn(value)
    }

    /// `$NAME`, `${NAME}`, `$(command)`, `{{ name }}`, `%s`, `<name>`, `[name]`, `:name`, `#{name}`, `@name`, `\n`.
    private static func isTemplate(_ value: ArraySlice<UInt8>, _ first: UInt8) -> Bool {
        let rest = value.dropFirst()
        switch first {
        case UInt8(ascii: "$"):
            guard let second = rest.first else { return true }
            return second == UInt8(ascii: "{") || second == UInt8(ascii: "(")
                || isVariable(rest)
        case UInt8(ascii: "{"), UInt8(ascii: "<"), UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "\\"): return true
        case UInt8(ascii: "%"):
            return value.count < 4 || value.last == UInt8(ascii: "%") || rest.first == UInt8(ascii: "(")
                || rest.first == UInt8(ascii: "{")
        case UInt8(ascii: "#"): return rest.first == UInt8(ascii: "{")
        case UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "&"), UInt8(ascii: "-"):
            return rest.allSatisfy { $0.isIdentifier || $0 == first }
        default:
            // `abc${NAME}` is still the shell's to fill in, and so is `{{ name }}` anywhere.
            return value.holds("${")
                || value.holds("{{")
                || value.holds("$(")
        }
    }

    /// `NAME`, `NAME*`, `NAME/x`, `NAME:x`: what follows the dollar of a variable. `Tr0ng!` is none.
    private static func isVariable(_ name: ArraySlice<UInt8>) -> Bool {
        guard let first = name.first, !first.isDigit else { return false }
        let rest = name.drop { $0.isIdentifier }
        return rest.startIndex > name.startIndex && (rest.first.map { "*/.:-[".utf8.contains($0) } ?? true)
    }

    /// `/etc/x`, `./x`, `../x`, `~/x`, `C:\x`, `https://x`.
    private static func isPath(_ value: ArraySlice<UInt8>, _ first: UInt8) -> Bool {
        let second = value.dropFirst().first
        let slash = UInt8(ascii: "/")
        if first == slash {
            return value.dropFirst().contains(slash)
                || value.dropFirst().allSatisfy { $0.isIdentifier || $0 == 0x2E || $0 == 0x2D }
        }
        if first == UInt8(ascii: "~") || first == UInt8(ascii: ".") { return second == slash || second == first }
        return first.isLetter && second == UInt8(ascii: ":") && value.dropFirst(2).first == UInt8(ascii: "\\")
            || value.holds("://")
    }

    /// `getpass()`, `config.password`, `user->name`, `std::string`, `params[:key]`, `a_b.c`.
    private static func isExpression(_ value: ArraySlice<UInt8>) -> Bool {
        guard let first = value.first, first.isLetter || first == UInt8(ascii: "_") else { return false }
        let rest = value.drop { $0.isIdentifier }
        guard let sign = rest.first else { return false }
        if sign == UInt8(ascii: "(") || sign == UInt8(ascii: "[") { return true }
        // Names joined by dots, arrows and colons, without a digit.
        return (sign == UInt8(ascii: ".") || sign == UInt8(ascii: ":") || rest.starts(with: "->".utf8))
            && value.allSatisfy { $0.isLetter || ".->:_()[]*".utf8.contains($0) }
    }

    /// `xxxx`, `****`, `....`, `0000`, `abab`.
    private static func isRepetition(_ value: ArraySlice<UInt8>) -> Bool {
        guard let first = value.first else { return true }
        guard let other = value.first(where: { $0 != first }) else { return true }
        return value.allSatisfy { $0 == first || $0 == other }
            || value.filter({ $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: ".") }).count * 2 > value.count
            || value.starts(with: "xxx".utf8) || value.starts(with: "XXX".utf8)
    }

    /// Words alone, and words of which a placeholder is made: `your-api-key`, `MY_PASSWORD`, `changeme`.
    private static func isStandIn(_ value: ArraySlice<UInt8>) -> Bool {
        var word: [UInt8] = []
        word.reserveCapacity(value.count)
        for byte in value.prefix(64) where byte.isLetter { word.append(byte.lowercased) }
        if value.holds("%s") && !value.contains(where: \.isDigit) { return true }
        if parts.contains(where: { word[...].holds($0) }) { return true }
        // `Password1` and `secret99` are what people choose.
        guard !value.contains(where: \.isDigit) else { return false }
        return wholes.contains { word.elementsEqual($0.utf8) } || wordParts.contains { word[...].holds($0) }
    }

    /// Only when there is nothing else.
    private static let wholes = [
        "", "none", "null", "nil", "true", "false", "yes", "no", "undefined", "unknown", "empty", "string", "str", "text", "char",
        "bytes", "int",
        "bool", "boolean", "object", "any", "optional", "required", "default", "hidden", "masked", "value", "secret", "token",
        "key", "word",
        "password", "passwd", "passphrase", "pass", "pwd", "apikey", "user", "username", "name", "prompt", "input", "env", "file",
        "files", "compat",
        "systemd", "disabled", "enabled", "invalid", "missing", "expired", "denied", "accepted", "failed", "incorrect", "wrong",
        "todo", "this", "self",
        "auto", "ask", "never", "always", "foo", "bar", "foobar", "baz", "test", "testing", "abc", "abcd",
        "xyz", "pw", "credentials", "credential", "sample", "split", "args", "options", "config", "incorrect", "unchanged",
        "changed", "added", "removed", "sss", "ss",
    ]

    /// Wherever they are.
    private static let parts = [
        "example", "changeme", "changeit", "placeholder", "redacted", "yourpass", "yoursecret", "yourtoken", "yourkey", "yourapi",
        "insertyour",
        "replaceme", "replacewith", "enteryour", "notreal", "goeshere", "xxxx",
    ]

    /// Wherever they are, if there is no digit.
    private static let wordParts = ["mypass", "mysecret", "mytoken", "dummy", "password", "passphrase", "passwd"]
}
