extension ShellParser {
    /// Assignments, words and redirections; or a function's definition, which begins like a command: `name ()`.
    mutating func readSimpleCommand() -> CommandNode? {
        var command = SimpleCommand()
        var declares = false
        let start = position
        while true {
            skipBlanks()
            if let redirection = readRedirection() {
                command.redirections.append(redirection)
                continue
            }
            if peek() == UInt8(ascii: "("), position > start, dialect != .fish {
                if command.words.count == 1, command.assignments.isEmpty, command.redirections.isEmpty, followsClosing() {
                    // For fish the empty parentheses are an argument that is nothing.
                    divergences.insert(.fish)
                    advance()
                    skipBlanks()
                    advance()
                    return .compound(readFunctionBody(names: command.words, isCalled: false), [])
                }
                command.strays.append(readStray())
                continue
            }
            if dialect.isZsh, peek() == UInt8(ascii: "}") { break }
            guard let word = readWord(command.words.isEmpty || declares ? .assignment : .plain) else { break }
            let isFirst = command.words.isEmpty
            if isFirst,
                word.assignedName(allowingArrays: dialect.hasArrays) != nil || dialect.namesParameters && word.setsParameter
            {
                command.assignments.append(word)
                continue
            }
            if isFirst, word.setsParameter { divergences.formUnion([.zsh, .fish]) }
            if isFirst, dialect == .fish, word.parts.contains(where: \.isCommandSubstitution) { complain("a name") }
            command.words.append(word)
            // Behind `builtin` and `command` it is the next one that says.
            if command.words.count < 4 { declares = self.declares(command.words) }
        }
        guard position > start else { return nil }
        command.isInDoubleParentheses = doubleParentheses > 0
        if let first = command.words.first?.plainText, mayChangeDirectory(first) { directoryChanges += 1 }
        return .simple(command)
    }

    /// Builtins whose operands are assignments, arrays among them.
    private func declares(_ words: [WordNode]) -> Bool {
        let name = words.first { $0.plainText.map { $0 != Array("builtin".utf8) && $0 != Array("command".utf8) } ?? true }
        switch name?.plainText.map({ String(decoding: $0, as: UTF8.self) }) {
        case "declare", "typeset", "export", "local", "readonly", "alias", "integer", "float", "eval", "let": return true
        default: return false
        }
    }

    private func mayChangeDirectory(_ name: [UInt8]) -> Bool {
        switch String(decoding: name, as: UTF8.self) {
        case "cd", "chdir", "pushd", "popd", "builtin", "command", "eval": true
        default: false
        }
    }

    /// Commands in parentheses between the words of another: a mistake in all but fish.
    private mutating func readStray() -> CommandList {
        divergences.insert(.fish)
        complain("no parenthesis")
        let start = position
        advance()
        guard enter() else { return CommandList() }
        defer { leave() }
        let list = readList()
        if !take(")") { complain("`)`", at: start) }
        return list
    }
}

extension WordNode {
    /// `1=…`: assigns in zsh and fish, and is a program's name elsewhere.
    var setsParameter: Bool {
        guard case .plain(let first)? = parts.first, first[0].isDigit else { return false }
        return first.drop(while: \.isInName).first == UInt8(ascii: "=")
    }

    /// The value's place in `NAME=`, `NAME+=`, `NAME[…]=` (POSIX.1-2024 XCU 2.9.1, and bash); nil for other words.
    ///
    /// The value starts in that part, behind that many bytes of it.
    func assignedName(allowingArrays: Bool = true) -> (name: String, part: Int, offset: Int, isElement: Bool)? {
        guard case .plain(let first)? = parts.first, first[0].startsName else { return nil }
        var end = 0
        while end < first.count, first[end].isInName { end += 1 }
        let name = String(decoding: first[..<end], as: UTF8.self)
        if let offset = Self.operatorEnd(first, from: end, appending: allowingArrays) { return (name, 0, offset, false) }
        guard allowingArrays, end == first.count, parts.count > 2, case .group(let bytes, _) = parts[1],
            bytes[0] == UInt8(ascii: "["),
            case .plain(let rest) = parts[2], let offset = Self.operatorEnd(rest, from: 0, appending: true)
        else { return nil }
        return (name, 2, offset, true)
    }

    private static func operatorEnd(_ bytes: [UInt8], from start: Int, appending: Bool) -> Int? {
        guard start < bytes.count else { return nil }
        if bytes[start] == UInt8(ascii: "=") { return start + 1 }
        guard appending, start + 1 < bytes.count else { return nil }
        return bytes[start] == UInt8(ascii: "+") && bytes[start + 1] == UInt8(ascii: "=") ? start + 2 : nil
    }
}

extension WordPart {
    fileprivate var isCommandSubstitution: Bool {
        guard case .expansion(let expansion, _) = self, case .command = expansion.kind else { return false }
        return true
    }
}
