extension CommandWalk {
    /// `NAME=value` as it stands in front of a command or alone. Alone it is remembered at once; in front, others can still see it.
    mutating func expandAssignment(_ word: WordNode, isCommand: Bool) -> RunCommand.Assignment? {
        guard let (name, value) = remember(word) else { return nil }
        return RunCommand.Assignment(name: name, value: value)
    }

    /// Takes over what a word of that form says.
    private mutating func remember(_ word: WordNode) -> (name: String, value: CommandWord?)? {
        guard let (name, part, offset, isElement) = word.assignedName() else { return nil }
        var parts = Array(word.parts[part...])
        guard case .plain(let bytes) = parts[0] else { return nil }
        let appends = bytes[..<offset].contains(UInt8(ascii: "+"))
        if parts.count > 1, case .array(let elements) = parts[1] {
            let fields = elements.flatMap { expand($0.withoutSubscript) }
            let values = fields.map { $0.list ?? self.values(of: $0.word).suffix(1) }
            doubtSubscripts(in: Array(values.joined()))
            if values.allSatisfy({ !$0.isEmpty }) { variables.assign(name, list: Array(values.joined()), appending: appends) }
            return (name, nil)
        }
        if offset == bytes.count { parts.removeFirst() } else { parts[0] = .plain(Array(bytes[offset...])) }
        let value = expandWhole(parts, source: word.source, tildes: .everywhere)
        let known = values(of: value)
        doubtSubscripts(in: known)
        variables.assign(name, known, appending: appends)
        return (name, isElement ? nil : value)
    }

    /// What a command does to the shell it runs in.
    mutating func follow(_ command: SimpleCommand, _ words: [Field], input: RunCommand.Input, _ redirected: RunCommand.Input?) {
        if let last = words.last, let value = values(of: last.word).last { variables.assign("_", [value]) }
        var operands = words[...]
        while let name = operands.first?.word.known, ["builtin", "command", "-", "noglob"].contains(name) {
            operands.removeFirst()
        }
        guard let name = operands.popFirst()?.word.known else { return }
        doubtEvaluation(by: name, operands)
        switch name {
        case "declare", "typeset", "export", "local", "readonly", "integer", "float":
            for word in command.words { _ = remember(word) }
        case "read": assignRead(operands, input)
        case "printf": assignPrinted(operands)
        case "set": setPositional(operands)
        case "shift": variables.assign("@", list: Array((variables.list("@") ?? []).dropFirst()))
        case "exec": if operands.isEmpty, let redirected { standardInput = redirected }
        case "cd", "chdir", "pushd", "popd": changeDirectory(name, operands)
        case "eval":
            let mayMove = operands.contains { values(of: $0.word).contains { $0.mentionsDirectoryChange } }
            if mayMove { places = Self.union(places, [.unknown("eval")]) }
        default: if let after = functions[name] { places = Self.union(places, after) }
        }
    }

    private mutating func assignRead(_ operands: ArraySlice<Field>, _ input: RunCommand.Input) {
        guard case .text(let text) = input, let value = values(of: text).last else { return }
        let names = operands.compactMap(\.word.known).filter { $0.utf8.first?.startsName ?? false }
        let line = value.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
        let fields = variables.fields(of: line)
        doubtSubscripts(in: fields)
        for (index, name) in names.enumerated() where index < fields.count {
            let isLast = index + 1 == names.count
            variables.assign(name, [isLast ? fields[index...].joined(separator: " ") : fields[index]])
        }
    }

    /// `printf -v x rm`
    private mutating func assignPrinted(_ operands: ArraySlice<Field>) {
        guard operands.first?.word.known == "-v", let name = operands.dropFirst().first?.word.known else { return }
        guard let printed = PrintedText.printf(operands.dropFirst(2).map(\.word)) else { return }
        let known = values(of: CommandWord(pieces: printed, source: ""))
        doubtSubscripts(in: known)
        variables.assign(name, known)
    }

    private mutating func setPositional(_ operands: ArraySlice<Field>) {
        var rest = operands
        while let option = rest.first?.word.known, option.hasPrefix("-") || option.hasPrefix("+") {
            rest.removeFirst()
            if option == "--" || option == "-" { break }
            if option == "-o" || option == "+o" { rest = rest.dropFirst() }
        }
        guard !rest.isEmpty else { return }
        var words: [String] = []
        for field in rest {
            if let list = field.list {
                words += list
            } else if let value = values(of: field.word).last {
                words += field.word.splits ? variables.fields(of: value) : [value]
            }
        }
        doubtSubscripts(in: words)
        variables.assign("@", list: words)
    }

    private mutating func changeDirectory(_ name: String, _ operands: ArraySlice<Field>) {
        var rest = operands.map(\.word)
        while let option = rest.first?.known, option.count > 1, option.hasPrefix("-") {
            rest.removeFirst()
            if option == "--" { break }
        }
        guard let target = rest.first else {
            places = name == "cd" || name == "chdir" ? [CommandWord(pieces: [.home], source: name)] : [.unknown(name)]
            return
        }
        let isPlain =
            name != "popd" && rest.count == 1 && !(target.known.map { $0 == "-" || $0.hasPrefix("+") || $0.isEmpty } ?? false)
        guard isPlain, !target.splits, !variables.isAssigned("CDPATH") else {
            let candidates = isPlain ? values(of: target).filter { $0.hasPrefix("/") } : []
            places = [.unknown("\(name) \(target.source)", candidates: candidates)]
            return
        }
        let from = places.isEmpty ? [nil] : places
        places = Self.union([], from.map { joined($0, target) })
    }

    private mutating func joined(_ place: CommandWord?, _ target: CommandWord) -> CommandWord {
        switch target.pieces.first {
        case .text(let text)? where text.hasPrefix("/"): return target
        case .home?: return target
        case .unknown?: return .unknown("cd \(target.source)", candidates: values(of: target).filter { $0.hasPrefix("/") })
        default: break
        }
        var pieces = WordPieces()
        for piece in place?.pieces ?? [.home] { pieces.append(piece) }
        pieces.append(.text("/"))
        for piece in target.pieces { pieces.append(piece) }
        let made = pieces.finish()
        // Each relative step makes the path longer.
        guard spend(made.reduce(0) { if case .text(let text) = $1 { $0 + text.utf8.count } else { $0 } }) else {
            return .unknown("cd")
        }
        return CommandWord(pieces: made, source: target.source)
    }
}

extension WordNode {
    /// `[k]=v` of an array without `[k]=`.
    fileprivate var withoutSubscript: WordNode {
        guard parts.count > 1, case .group(let bytes, _) = parts[0], bytes.first == UInt8(ascii: "["),
            case .plain(let rest) = parts[1],
            rest.first == UInt8(ascii: "=")
        else { return self }
        var node = self
        node.parts.removeFirst()
        node.parts[0] = .plain(Array(rest.dropFirst()))
        return node
    }
}

extension String {
    fileprivate var mentionsDirectoryChange: Bool {
        split { !$0.isLetter }.contains { ["cd", "chdir", "pushd", "popd"].contains($0) }
    }

    var withoutFinalNewlines: String {
        var text = self[...]
        while text.last == "\n" { text.removeLast() }
        return String(text)
    }
}
