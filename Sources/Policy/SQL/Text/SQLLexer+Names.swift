/// Names, numbers and variables.
extension SQLLexer {
    /// Longer words are no keyword and no function that is looked for: `query_to_xml_and_xmlschema` has 26.
    private static let longestKeyword = 40

    func startsName(_ byte: UInt8) -> Bool {
        byte.isSQLLetter || byte == UInt8(ascii: "_") || byte >= 0x80 || (byte == UInt8(ascii: "$") && dialect == .mysql)
    }

    private func continuesName(_ byte: UInt8) -> Bool {
        byte.isSQLLetter || byte.isSQLDigit || byte == UInt8(ascii: "_") || byte >= 0x80 || byte == UInt8(ascii: "$")
    }

    /// The delimiter of mysql ends a name too: `END$$`.
    private mutating func skipName() {
        while position < end, continuesName(peek()), !isAtDelimiter { position += 1 }
    }

    mutating func skipDigits() {
        while peek().isSQLDigit || (peek() == UInt8(ascii: "_") && dialect != .postgres) { position += 1 }
    }

    mutating func word() -> SQLToken {
        let start = position
        position += 1
        skipName()
        if let quoted = prefixedString(from: start) { return quoted }
        var token = token(.word, from: start)
        let name = text.bytes[start..<position]
        if !token.hasHole, name.count <= Self.longestKeyword {
            token.word = String(decoding: name.lazy.map(\.inCapitals), as: UTF8.self)
        }
        if name.contains(where: { $0 >= 0x80 && $0 != SQLText.hole }),
            String(decoding: name, as: UTF8.self).unicodeScalars.contains(where: {
                $0.properties.isWhitespace || $0 == "\u{200B}"
            })
        {
            oddities.insert(.oddSpace)
        }
        return token
    }

    /// `E'…'`, `X'…'`, `U&'…'`: the letter belongs to the string.
    private mutating func prefixedString(from start: Int) -> SQLToken? {
        guard position - start == 1, !isAtDelimiter else { return nil }
        let letter = text.bytes[start].inCapitals
        if peek() == UInt8(ascii: "'") {
            switch letter {
            case UInt8(ascii: "E") where dialect == .postgres: scanString(escapes: true)
            case UInt8(ascii: "B"), UInt8(ascii: "X"), UInt8(ascii: "N"): scanString(escapes: dialect == .mysql)
            default: return nil
            }
            return token(.string, from: start)
        }
        guard letter == UInt8(ascii: "U"), dialect == .postgres, peek() == UInt8(ascii: "&") else { return nil }
        switch peek(1) {
        case UInt8(ascii: "'"):
            position += 1
            scanString(escapes: false)
            return token(.string, from: start)
        case UInt8(ascii: "\""):
            position += 1
            scanQuoted(UInt8(ascii: "\""), escapes: false, open: .openName)
            return token(.quotedName, from: start)
        default: return nil
        }
    }

    /// In MySQL `2fa` is a name, and `2e3` and `0x2f` are numbers. Elsewhere a number ends where its digits do: PostgreSQL 15 reads `0x2f$$`
    /// and `1_0$$` as a number and a name, and 16 as one mistake, so that the dollars open nothing.
    mutating func number() -> SQLToken {
        let start = position
        if dialect == .mysql, peek() != UInt8(ascii: ".") {
            skipName()
            guard Self.isNumber(text.bytes[start..<position]) else { return token(.word, from: start) }
        } else {
            if dialect == .sqlite, peek() == UInt8(ascii: "0"), peek(1) | 0x20 == UInt8(ascii: "x") {
                position += 2
                while peek().isSQLHexadecimal { position += 1 }
            }
            skipDigits()
        }
        if peek() == UInt8(ascii: ".") {
            position += 1
            skipDigits()
        }
        if peek() | 0x20 == UInt8(ascii: "e"), peek(1).isSQLDigit || ("+-".utf8.contains(peek(1)) && peek(2).isSQLDigit) {
            position += 2
            skipDigits()
        } else if dialect == .postgres, peek() | 0x20 == UInt8(ascii: "e"), "+-".utf8.contains(peek(1)) {
            // psql keeps the sign of an exponent without digits, its server does not: in `1e--x` only the one sees a comment.
            oddities.insert(.oddNumber)
            position += 2
        }
        return token(.number, from: start)
    }

    /// Digits, `0x` and hexadecimal ones, `0b` and binary ones, or digits and an exponent without its sign.
    private static func isNumber(_ run: ArraySlice<UInt8>) -> Bool {
        let rest = run.drop(while: \.isSQLDigit)
        guard let letter = rest.first else { return true }
        switch letter | 0x20 {
        case UInt8(ascii: "x"):
            return run.first == UInt8(ascii: "0") && run.count > 2 && rest.dropFirst().allSatisfy(\.isSQLHexadecimal)
        case UInt8(ascii: "b"):
            return run.first == UInt8(ascii: "0") && run.count > 2 && rest.dropFirst().allSatisfy(\.isSQLDigit)
        case UInt8(ascii: "e"): return rest.dropFirst().allSatisfy(\.isSQLDigit)
        default: return false
        }
    }

    /// PostgreSQL: `$1`, `$$…$$` or `$tag$…$tag$`. SQLite: `$name`.
    mutating func dollar() -> SQLToken {
        let start = position
        if dialect == .postgres, let opening = dollarQuote() {
            scanDollarQuoted(opening)
            return token(.string, from: start)
        }
        position += 1
        // PostgreSQL's parameters have digits only: `$1$$…$$` is one and a string.
        if dialect == .postgres {
            while peek().isSQLDigit { position += 1 }
        } else {
            skipName()
        }
        guard position - start > 1 else {
            position = start
            return symbol(length: 1)
        }
        return token(.variable, from: start)
    }

    /// MySQL: `@x`, `@@x`, `` @`x` ``, `@'x'`. SQLite: `@x`.
    mutating func atVariable() -> SQLToken {
        let start = position
        position += 1
        if peek() == UInt8(ascii: "@") { position += 1 }
        switch peek() {
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            scanQuoted(peek(), escapes: true, open: .openString)
        case UInt8(ascii: "`"):
            scanQuoted(peek(), escapes: false, open: .openName)
        default: skipName()
        }
        return token(.variable, from: start)
    }

    mutating func colon() -> SQLToken {
        let start = position
        let next = peek(1)
        if next == UInt8(ascii: ":") || next == UInt8(ascii: "=") { return symbol(length: 2) }
        switch dialect {
        case .sqlite where continuesName(next):
            position += 1
            skipName()
            return token(.variable, from: start)
        case .postgres where syntax.obeysClientCommands && syntax.interpolates:
            return psqlVariable() ?? symbol(length: 1)
        default:
            return symbol(length: 1)
        }
    }

    /// `:name` is replaced by anything at all, `:'name'` by one literal, `:"name"` by one name; `:{?name}` by TRUE or FALSE.
    private mutating func psqlVariable() -> SQLToken? {
        let start = position
        let quote = peek(1)
        let isQuoted = quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
        position += isQuoted ? 2 : 1
        let name = position
        while peek().isSQLLetter || peek().isSQLDigit || peek() == UInt8(ascii: "_") || peek() >= 0x80 { position += 1 }
        // `a[1:2]`, `12:30`: only `\set 2 …` would make a variable of that, and of what is data unless a COPY fails.
        let needsDefinition = text.bytes[name..<position].allSatisfy(\.isSQLDigit) || !syntax.skipsCopyData
        guard position > name, !isQuoted || peek() == quote, isQuoted || !needsDefinition || definesVariables else {
            position = start
            return nil
        }
        if isQuoted { position += 1 } else { oddities.insert(.interpolation) }
        let kind: SQLToken.Kind = isQuoted ? (quote == UInt8(ascii: "'") ? .string : .quotedName) : .word
        return SQLToken(kind: kind, start: start, end: position, hasHole: true)
    }
}

extension UInt8 {
    var isSQLDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isSQLLetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") }
    var isSQLHexadecimal: Bool { isSQLDigit || ((self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "f")) }
    var inCapitals: UInt8 { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") ? self & 0xDF : self }
    var inLowerCase: UInt8 { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self }
    /// What all three servers skip between tokens.
    var isSQLSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
}
