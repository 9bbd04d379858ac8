/// The commands of the mysql and mariadb clients: mysql.cc of MySQL 8.4, `find_command`, `add_line` and `com_shell`.
extension SQLScript {
    /// Named commands, and whether they take something behind their name.
    private static let commands: [String: Bool] = [
        "?": true, "CHARSET": true, "CLEAR": false, "CONNECT": true, "DELIMITER": true, "EDIT": false, "EGO": false,
        "EXIT": false, "GO": false, "HELP": true, "NOPAGER": false, "NOTEE": false, "NOWARNING": false, "PAGER": true,
        "PRINT": false, "PROMPT": true, "QUERY_ATTRIBUTES": true, "QUIT": false, "REHASH": false, "RESETCONNECTION": false,
        "SOURCE": true, "STATUS": false, "SYSTEM": true, "TEE": true, "USE": true, "WARNINGS": false, "COSTS": false,
        "SSL_SESSION_DATA_PRINT": true,
    ]
    private static let letters: [UInt8: String] = Dictionary(
        uniqueKeysWithValues: [
            ("!", "SYSTEM"), (".", "SOURCE"), ("T", "TEE"), ("P", "PAGER"), ("d", "DELIMITER"), ("u", "USE"), ("C", "CHARSET"),
            ("R", "PROMPT"), ("r", "CONNECT"), ("h", "HELP"), ("?", "HELP"),
        ].map { (UInt8(ascii: $0.0), $0.1) })

    /// A named command in a line that has no delimiter in it: the client takes the whole line, whatever quotes are open in it.
    mutating func obeysMySQLLine() -> Bool {
        let start = lexer.position
        guard start < lexer.end, tokens.isEmpty || isFirstInLine(start) else { return false }
        var nameEnd = start
        while nameEnd < lexer.end, text.bytes[nameEnd].isSQLLetter || text.bytes[nameEnd] == UInt8(ascii: "_") { nameEnd += 1 }
        if nameEnd == start, text.bytes[start] == UInt8(ascii: "?") { nameEnd += 1 }
        let name = String(decoding: text.bytes[start..<nameEnd].prefix(30).lazy.map(\.inCapitals), as: UTF8.self)
        guard let takesMore = Self.commands[name], nameEnd == lexer.end || text.bytes[nameEnd].isSQLSpace else { return false }
        let lineEnd = lineEnd(from: nameEnd)
        if name == "DELIMITER" {
            if !isFirstInLine(start) { lexer.oddities.insert(.oddDelimiter) }
            setDelimiter(trimmed(nameEnd..<lineEnd))
            lexer.position = lineEnd
            return true
        }
        guard !hasDelimiter(start..<lineEnd) else { return false }
        let argument = trimmed(nameEnd..<lineEnd)
        guard takesMore || argument.isEmpty else { return false }
        // MariaDB's client takes it for a command only if the quote is closed.
        if let first = text.bytes[argument].first, "'\"`".utf8.contains(first) { lexer.oddities.insert(.oddCommand) }
        obeyMySQL(name, argument, from: start, to: lineEnd)
        lexer.position = lineEnd
        return true
    }

    /// A statement that turns out to be a command: `system ls;`.
    mutating func obeysMySQLStatement(endingAt end: Int) -> Bool {
        guard let first = tokens.first, let takesMore = Self.commands[first.word], first.word != "USE" else { return false }
        guard takesMore || tokens.count == 1 else { return false }
        obeyMySQL(first.word, trimmed(first.end..<max(first.end, end)), from: first.start, to: end)
        return true
    }

    /// The lexer stands behind a backslash outside quotes.
    mutating func obeyMySQLBackslash(at start: Int) {
        let letter = lexer.peek()
        if lexer.position < lexer.end { lexer.position += 1 }
        switch letter {
        case UInt8(ascii: "g"), UInt8(ascii: "G"), UInt8(ascii: "c"): return finish(at: start)
        // \N is NULL.
        case UInt8(ascii: "N"): return tokens.append(SQLToken(kind: .number, start: start, end: lexer.position))
        case UInt8(ascii: "e"): return findings.doubt(.interactive, "mysql opens an editor")
        default: break
        }
        // One that is not known goes into the statement, and one that takes nothing is gone.
        guard let name = Self.letters[letter] else {
            if !"ntpsqwWx#\n\r".utf8.contains(letter) {
                tokens.append(SQLToken(kind: .symbol, start: start, end: lexer.position, symbol: 0x5C))
            }
            return
        }
        let lineEnd = lineEnd(from: lexer.position)
        if name == "DELIMITER" {
            lexer.oddities.insert(.oddDelimiter)
            setDelimiter(trimmed(lexer.position..<lineEnd))
            lexer.position = endOfParameters(to: lineEnd)
            return
        }
        // The shell gets the rest of the line; the other commands end at a delimiter. Behind that the line goes on as SQL.
        let next = endOfParameters(to: lineEnd)
        obeyMySQL(name, trimmed(lexer.position..<(name == "SYSTEM" ? lineEnd : next)), from: start, to: lineEnd)
        lexer.position = next
    }

    private mutating func obeyMySQL(_ name: String, _ argument: Range<Int>, from start: Int, to end: Int) {
        let value = text.slice(argument)
        switch name {
        case "SYSTEM":
            findings.runs(value)
            // What is run begins at the first space of the line: `\!x rm` runs rm.
            if let space = text.bytes[start..<end].firstIndex(of: 0x20),
                space > argument.lowerBound || start + 2 == argument.lowerBound
            {
                let rest = trimmed(space..<end)
                if rest != argument { findings.runs(text.slice(rest)) }
            }
        case "SOURCE":
            findings.doubt(.commandFile, "mysql runs the file \(value.word.source.prefix(100))")
            findings.opens(value, .read)
        case "TEE": findings.opens(value, .append)
        case "PAGER": findings.runs(value)
        case "EDIT": findings.doubt(.interactive, "mysql opens an editor")
        case "USE", "CONNECT": findings.add(SQLStatement(kind: "USE", text: text.description(start..<end, limit: 200)))
        default: break
        }
    }

    // MARK: - Parts of lines

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        guard let first = text.bytes[range].firstIndex(where: { !$0.isSQLSpace }),
            let last = text.bytes[range].lastIndex(where: { !$0.isSQLSpace })
        else { return range.upperBound..<range.upperBound }
        return first..<last + 1
    }

    /// Not in quotes only: the client searches the line for it without looking at them. `\g` counts as one.
    private func hasDelimiter(_ range: Range<Int>) -> Bool {
        let delimiter = lexer.delimiter.isEmpty ? [UInt8(ascii: ";")] : lexer.delimiter
        let line = text.bytes[range]
        return line.indices.contains { line[$0...].starts(with: delimiter) || line[$0...].starts(with: #"\g"#.utf8) }
    }

    private func endOfParameters(to lineEnd: Int) -> Int {
        let line = text.bytes[lexer.position..<lineEnd]
        if lexer.openVersionComments > 0 {
            return line.indices.first { line[$0...].starts(with: "*/".utf8) } ?? lineEnd
        }
        let delimiter = lexer.delimiter.isEmpty ? [UInt8(ascii: ";")] : lexer.delimiter
        return line.indices.first { line[$0...].starts(with: delimiter) }.map { $0 + delimiter.count } ?? lineEnd
    }

    private mutating func setDelimiter(_ argument: Range<Int>) {
        let word = text.bytes[argument].prefix { !$0.isSQLSpace }
        // One that is made of letters, quotes or the marks of comments would change what the text around it is.
        if word.isEmpty || word.count > 16 || !word.allSatisfy("$/;|!@%^&~.,:".utf8.contains) {
            lexer.oddities.insert(.oddDelimiter)
        }
        lexer.delimiter = Array(word.prefix(16))
    }
}
