extension CommandWalk {
    /// A word that came out of the braces, and what the text says about it beyond its pieces.
    struct Field {
        var word: CommandWord
        /// The words that `"$@"` or `"${a[@]}"` is.
        var list: [String]?
        /// How many of its candidates can be tried.
        var choices = 0
        /// zsh: `=rm` is the path of rm.
        var hasPathOfName = false

        var withPathOfName: CommandWord {
            guard hasPathOfName, case .text(let text)? = word.pieces.first else { return word }
            var word = word
            word.pieces[0] = .text(String(text.dropFirst()))
            return word
        }
    }

    /// The words that the shell makes of one, before it splits and finds files.
    mutating func expand(_ node: WordNode) -> [Field] {
        if let text = node.literalText {
            return [Field(word: CommandWord(pieces: text.isEmpty ? [] : [.text(text)], source: node.source))]
        }
        let atoms = Self.atoms(of: node.parts)
        guard let braced = WordBraces.expand(atoms, limit: min(remainingBytes, GrammarLimits.producedBytes / 4)),
            spend(braced.produced)
        else {
            doubt(.tooLarge, "its braces stand for more words than are looked at: \(node.source.escapedForPeople(limit: 200))")
            let unknown = CommandWord.Unknown(source: String(node.source.prefix(GrammarLimits.unknownSource)), splits: true)
            return [Field(word: CommandWord(pieces: [.unknown(unknown)], source: node.source))]
        }
        let made = node.parts.map { piece(of: $0) }
        return braced.words.compactMap { $0.isEmpty ? nil : field($0, of: node, made: made) }
    }

    /// One word: of an assignment, a redirection, a here-string.
    mutating func expandWhole(_ parts: [WordPart], source: String, tildes: Tildes = .first) -> CommandWord {
        let made = parts.map { piece(of: $0) }
        return CommandWord(pieces: pieces(Self.atoms(of: parts), made: made, tildes: tildes), source: source)
    }

    private mutating func field(_ atoms: [WordAtom], of node: WordNode, made: [CommandWord.Piece?]) -> Field {
        let word = CommandWord(pieces: pieces(atoms, made: made, tildes: .first), source: node.source)
        var field = Field(word: word)
        let first = atoms.first.map { if case .emptyQuotes = $0 { 1 } else { 0 } } ?? 0
        if atoms.count == first + 1, case .part(let index) = atoms[first], case .expansion(let expansion, _) = node.parts[index],
            case .parameter(let parameter) = expansion.kind
        {
            field.list = list(of: parameter)
        }
        field.choices = field.list == nil ? word.choices : 1
        if case .plain(UInt8(ascii: "="))? = atoms.first, case .text(let text)? = word.pieces.first {
            field.hasPathOfName = text.utf8.dropFirst().first.map { $0.isInName || $0 == UInt8(ascii: "[") } ?? false
        }
        return field
    }

    private func list(of parameter: ParameterNode) -> [String]? {
        guard parameter.operation == .none else { return nil }
        if parameter.name == "@" || parameter.name == "*" { return variables.list("@") }
        guard parameter.subscript == [UInt8(ascii: "@")] || parameter.subscript == [UInt8(ascii: "*")] else { return nil }
        return variables.list(parameter.name)
    }

    static func atoms(of parts: [WordPart]) -> [WordAtom] {
        var atoms: [WordAtom] = []
        for (index, part) in parts.enumerated() {
            switch part {
            case .plain(let bytes): for byte in bytes { atoms.append(.plain(byte)) }
            case .quoted(let bytes):
                if bytes.isEmpty { atoms.append(.emptyQuotes) }
                for byte in bytes { atoms.append(.quoted(byte)) }
            case .group, .expansion, .array: atoms.append(.part(index))
            }
        }
        return atoms
    }

    /// What is known of a word's value: one string, or several that it can be.
    func values(of field: Field) -> [String] { field.list ?? values(of: field.word) }

    func values(of word: CommandWord) -> [String] {
        if let known = word.known { return [known] }
        var values: [String] = []
        for choice in (0..<max(1, word.choices)).reversed() {
            var value = ""
            for piece in word.pieces {
                switch piece {
                case .text(let text), .pattern(let text): value += text
                case .home: value += "~"
                case .unknown(let unknown):
                    guard !unknown.candidates.isEmpty else { return [] }
                    value += unknown.candidates[max(0, unknown.candidates.count - 1 - choice)]
                }
                guard value.utf8.count <= GrammarLimits.valueBytes else { return [] }
            }
            if !values.contains(value) { values.append(value) }
        }
        return values
    }
}

extension CommandWord {
    var choices: Int {
        pieces.reduce(0) { if case .unknown(let unknown) = $1 { max($0, unknown.candidates.count) } else { $0 } }
    }
}

extension WordNode {
    /// The text of a word in which nothing expands; the ordinary case.
    var literalText: String? {
        var text: [UInt8] = []
        for (index, part) in parts.enumerated() {
            switch part {
            case .quoted(let bytes): text += bytes
            case .plain(let bytes):
                if index == 0, bytes.first == UInt8(ascii: "~") || bytes.first == UInt8(ascii: "=") { return nil }
                for byte in bytes {
                    switch byte {
                    case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "~"): return nil
                    default: break
                    }
                }
                text += bytes
            case .group, .expansion, .array: return nil
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
