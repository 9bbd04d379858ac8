internal import Guard

/// What words of a line mean in the shell that reads it, as that shell told: aliases (POSIX.1-2024 XCU 2.3.1) and functions.
///
/// An alias is put in word by word: what stands behind it is quoted again, so a value such as `echo a |` or `rm -rf / #` reads as it will run.
/// One that opens what only later commands close (`if true; then`) is a mistake of syntax here, and so a doubt.
struct ShellDefinitions {
    /// What one command means.
    struct Meaning {
        /// The text that runs in its place.
        var script: Carried
        /// Tells definitions of one name apart; within its own text the name means no more than itself.
        var key: String
    }

    private var aliases: [String: String] = [:]
    private var globalAliases: [String: String] = [:]
    private var suffixAliases: [String: String] = [:]
    private var functions: [String: String] = [:]

    init(_ definitions: [LineDefinition], _ language: LineLanguage) {
        for definition in definitions {
            let name = String(decoding: definition.name, as: UTF8.self)
            let text = String(decoding: definition.text, as: UTF8.self)
            switch definition.kind {
            case .alias: aliases[name] = text
            case .globalAlias: globalAliases[name] = text
            case .suffixAlias: suffixAliases[name] = text
            case .function: functions[name] = language == .fish ? Self.bodyOfFish(text) : text
            }
        }
    }

    private var isEmpty: Bool { aliases.isEmpty && globalAliases.isEmpty && suffixAliases.isEmpty && functions.isEmpty }

    /// Whether a command is looked up where the definitions are: not behind a program, which knows none of them.
    static func areSeen(by command: RunCommand) -> Bool {
        command.carriers.allSatisfy { ["eval", "trap", ".", "source", "nocorrect", "noglob", "and", "or", "not"].contains($0) }
    }

    private static let functionMark = "()"

    /// - Parameter names: keys of the definitions that the command comes from.
    func meaning(of command: RunCommand, within names: [String]) -> Meaning? {
        guard !isEmpty, Self.areSeen(by: command), let first = command.words.first, let name = first.known else { return nil }
        let isPlain = first.source == name
        if !globalAliases.isEmpty, let meaning = globalMeaning(of: command, within: names) { return meaning }
        if isPlain, let value = aliases[name], !names.contains(name) {
            return Meaning(script: script(value, command), key: name)
        }
        if isPlain, let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex,
            let value = suffixAliases[String(name[name.utf8.index(after: dot)...])], !names.contains(name)
        {
            let words = command.words.flatMap { [.text(" ")] + $0.quotedAgain }
            return Meaning(script: script([.text(value)] + words, command), key: name)
        }
        let key = Self.functionMark + name
        guard let body = functions[name], !names.contains(key) else { return nil }
        return Meaning(script: .script(CommandWord(text: body), in: command), key: key)
    }

    private func script(_ value: String, _ command: RunCommand) -> Carried {
        var pieces: [CommandWord.Piece] = [.text(value)]
        // Behind a blank at its end the next word is looked up as well.
        var isLookedUp = value.utf8.last == 0x20 || value.utf8.last == 0x09
        for word in command.words.dropFirst() {
            pieces.append(.text(" "))
            if isLookedUp, let known = word.known, known == word.source, let next = aliases[known] {
                pieces.append(.text(next))
                isLookedUp = next.utf8.last == 0x20 || next.utf8.last == 0x09
            } else {
                pieces += word.quotedAgain
                isLookedUp = false
            }
        }
        return script(pieces, command)
    }

    private func globalMeaning(of command: RunCommand, within names: [String]) -> Meaning? {
        var pieces: [CommandWord.Piece] = []
        var key = ""
        for word in command.words {
            if let known = word.known, known == word.source, let value = globalAliases[known],
                !names.contains(where: { $0 == known })
            {
                pieces.append(.text(value))
                if key.isEmpty { key = known }
            } else {
                pieces += word.known == word.source ? [.text(word.source)] : word.quotedAgain
            }
            pieces.append(.text(" "))
        }
        return key.isEmpty ? nil : Meaning(script: script(pieces, command), key: key)
    }

    private func script(_ pieces: [CommandWord.Piece], _ command: RunCommand) -> Carried {
        var context = command
        context.words = []
        return .script(CommandWord(pieces: pieces.joiningTexts(), source: command.words[0].source), in: context)
    }

    /// `functions NAME` prints comments, the head `function NAME …`, the body and `end`.
    private static func bodyOfFish(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        while let first = lines.first, first.isEmpty || first.utf8.first == UInt8(ascii: "#") { lines.removeFirst() }
        guard let head = lines.first, head.begins(with: "function ") else { return text }
        while let last = lines.last, last.utf8.allSatisfy(\.isSpace) { lines.removeLast() }
        guard lines.count > 1, lines.last == "end" else { return text }
        return lines.dropFirst().dropLast().joined(separator: "\n")
    }
}

extension CommandWord {
    /// A word whose text is known and was not typed.
    fileprivate init(text: String) { self.init(pieces: text.isEmpty ? [] : [.text(text)], source: String(text.prefix(200))) }

    /// Text that a shell reads as this word.
    fileprivate var quotedAgain: [Piece] {
        guard !pieces.isEmpty else { return [.text("''")] }
        return pieces.map { piece in
            switch piece {
            case .text(let text):
                .text("'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'")
            case .pattern(let source): .text(source)
            case .home, .unknown: piece
            }
        }
    }
}
