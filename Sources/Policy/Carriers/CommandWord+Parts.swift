/// What reading options, names and scripts needs of a word. Text is taken by bytes: all that options and names are made of is
/// ASCII.
extension CommandWord {
    /// The text that the word begins with: empty for `''`, nil if it begins with a pattern, the home directory or something
    /// unknown.
    var leadingText: String? {
        guard let first = pieces.first else { return "" }
        if case .text(let text) = first { return text }
        return nil
    }

    /// Whether it can become an option, any other word, or none: it begins with something unknown.
    var beginsUnknown: Bool {
        if case .unknown = pieces.first { true } else { false }
    }

    /// Whether something unknown is in it.
    var holdsUnknown: Bool {
        pieces.contains { if case .unknown = $0 { true } else { false } }
    }

    /// Whether the shell can make several words of it, or none, that nobody can foresee. A pattern makes names of files, and they
    /// are counted as arguments, not as options or programs.
    var bringsWords: Bool {
        pieces.contains { if case .unknown(let unknown) = $0 { unknown.splits } else { false } }
    }

    /// Without the first bytes of its leading text.
    func dropping(_ count: Int) -> CommandWord {
        guard case .text(let text) = pieces.first else { return self }
        let rest = text.utf8.dropFirst(count)
        let tail = pieces.dropFirst()
        let source = String(Substring(self.source.utf8.dropFirst(source.begins(with: text) ? count : 0)))
        return CommandWord(pieces: (rest.isEmpty ? [] : [.text(String(Substring(rest)))]) + tail, source: source)
    }

    /// The word cut at the first `=` of its leading text: `NAME=value` and `--option=value`.
    var atEquals: (name: String, value: CommandWord)? {
        guard let text = leadingText, let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let count = text.utf8.distance(from: text.utf8.startIndex, to: equals)
        return (String(text[..<equals]), dropping(count + 1))
    }

    /// `NAME=value` where NAME can be a variable's name (POSIX.1-2024 XBD 3.216).
    var assignment: RunCommand.Assignment? {
        guard let (name, value) = atEquals, let first = name.utf8.first, first == 0x5F || first.isLetter else { return nil }
        guard name.utf8.allSatisfy({ $0 == 0x5F || $0.isLetter || $0.isDigit }) else { return nil }
        return RunCommand.Assignment(name: name, value: value)
    }

    /// Words as one text with a blank between them, as `eval`, `ssh` and `watch` join their arguments.
    static func joined(_ words: some Collection<CommandWord>, by separator: String = " ") -> CommandWord {
        var pieces: [Piece] = []
        var source = ""
        for (number, word) in words.enumerated() {
            if number > 0 { pieces.append(.text(separator)) }
            pieces += word.pieces
            if source.utf8.count < 200 { source += (number > 0 ? separator : "") + word.source }
        }
        return CommandWord(pieces: pieces.joiningTexts(), source: String(source.prefix(200)))
    }

    static func + (a: CommandWord, b: CommandWord) -> CommandWord { joined([a, b], by: "") }

    /// A word that is not known, for what a carrier puts in when it runs.
    init(unknown source: String, splits: Bool = false) {
        self.init(pieces: [.unknown(Unknown(source: source, splits: splits))], source: source)
    }
}

extension [CommandWord.Piece] {
    /// The same with neighbouring texts made one.
    func joiningTexts() -> [CommandWord.Piece] {
        var joined: [CommandWord.Piece] = []
        joined.reserveCapacity(count)
        for piece in self {
            if case .text(let text) = piece {
                if text.isEmpty { continue }
                if case .text(let before) = joined.last {
                    joined[joined.count - 1] = .text(before + text)
                    continue
                }
            }
            joined.append(piece)
        }
        return joined
    }
}

extension UInt8 {
    /// Blank, tab, a line's end or another of ASCII's spaces.
    var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
