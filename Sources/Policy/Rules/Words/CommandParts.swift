/// The words behind a program's name as rules ask about them: options, operands, arguments.
///
/// Where it cannot be told whether a word is an option's value or an operand it is taken for both; where it cannot be told whether it is an option
/// at all, for what a rule may ask about.
struct CommandParts {
    struct Option {
        enum Kind {
            /// `-rf`
            case cluster
            /// `--recursive`, and `-delete` for programs that read options so.
            case long
            /// Known only when it runs: it can be this or any other option, or none.
            case unknown
            /// `*`: some file's name can start with `-`.
            case pattern
        }
        var kind: Kind
        /// The whole word.
        var text: WordText
        /// The next word, if there is one that can be this option's value.
        var next: WordText?
        /// A `--` stands before it, which may have been an option's value.
        var isBehindEnd = false
    }

    final class Argument {
        let text: WordText
        /// An operand, or a value that is certain: not a guess about the inside of a word.
        let isWhole: Bool
        private var paths: [PathText]?

        init(_ text: WordText, isWhole: Bool) {
            self.text = text
            self.isWhole = isWhole
        }

        /// The paths that can be meant: the argument itself first.
        func paths(in surroundings: PathText.Surroundings) -> [PathText] {
            if let paths { return paths }
            let found = ([text] + text.innerPaths).map { PathText($0, in: surroundings) }
            paths = found
            return found
        }
    }

    private(set) var options: [Option] = []
    /// All words in order, up to `farthestSubcommand`.
    private(set) var words: [SubcommandWord] = []
    private(set) var arguments: [Argument] = []
    /// How many operands there are, at least and at most; nil for no end.
    private(set) var fewestOperands = 0
    private(set) var mostOperands: Int? = 0
    /// Something that the shell can make any number of options and arguments of, as typed.
    private(set) var open: String?
    /// There are more words than are looked at.
    private(set) var isCut = false

    /// More words than a person types, and than any rule needs.
    static let mostWords = 4096

    /// Behind so many words no person's subcommand stands.
    private static let farthestSubcommand = 256

    private let known: KnownOptions?
    private var hasOperand = false

    init(_ words: ArraySlice<CommandWord>, known: KnownOptions?) {
        self.known = known
        if words.count > Self.mostWords { isCut = true }
        let words = words.prefix(Self.mostWords).map { WordText($0) }
        var index = 0
        var end = End.none
        /// The next word may be the value of the option before it.
        var mayBeValue = false
        if known?.style.contains(.bundle) == true, let first = words.first, case .one(let letter) = first.symbols.first,
            letter != 0x2D
        {
            options.append(Option(kind: .cluster, text: WordText(symbols: [.one(0x2D)] + first.symbols, unknown: first.unknown)))
            index = 1
        }
        while index < words.count {
            let word = words[index]
            index += 1
            let next = index < words.count ? words[index] : nil
            if end != .certain, word.symbols == [.one(0x2D), .one(0x2D)] {
                end = mayBeValue || end == .perhaps ? .perhaps : .certain
                mayBeValue = false
                continue
            }
            let kind = end == .certain ? nil : Self.kind(of: word, known)
            if word.splits {
                open = open ?? word.unknown
                mostOperands = nil
            }
            guard let kind else {
                note(word.splits ? .anything(word) : .other(word))
                operand(word, isCertain: !mayBeValue || end == .certain)
                mayBeValue = false
                continue
            }
            options.append(Option(kind: kind, text: word, next: next, isBehindEnd: end == .perhaps))
            switch kind {
            case .unknown, .pattern:
                note(kind == .unknown ? .anything(word) : .other(word))
                operand(word, isCertain: kind == .pattern && !mayBeValue)
            case .cluster, .long:
                attachedValue(of: word, kind)
                let taking = takesNext(word, kind)
                note(.option(takesNext: taking))
                switch taking {
                case .yes:
                    guard let next else { break }
                    note(next.splits ? .anything(next) : .other(next))
                    arguments.append(Argument(next, isWhole: true))
                    // The table may be wrong about a version of the program: what looks like an option is taken for one too.
                    if let kind = Self.kind(of: next, known) { options.append(Option(kind: kind, text: next)) }
                    if next.splits { open = open ?? next.unknown }
                    index += 1
                    mayBeValue = false
                    continue
                case .perhaps:
                    mayBeValue = true
                    continue
                case .no: break
                }
            }
            mayBeValue = false
        }
    }

    private enum End { case none, perhaps, certain }
    /// Whether an option takes the next word.
    enum Taking { case no, perhaps, yes }

    private static func kind(of word: WordText, _ known: KnownOptions?) -> Option.Kind? {
        switch word.symbols.first {
        case .unknown: return .unknown
        case .any, .set, .many: return .pattern
        case .one(0x2D) where word.symbols.count > 1:
            if word.symbols[1] == .one(0x2D) { return .long }
            return known?.style.contains(.oneDash) == true ? .long : .cluster
        case .one, .below, nil: return nil
        }
    }

    private mutating func note(_ word: SubcommandWord) {
        if words.count < Self.farthestSubcommand { words.append(word) }
    }

    private mutating func operand(_ word: WordText, isCertain: Bool) {
        hasOperand = true
        arguments.append(Argument(word, isWhole: true))
        if isCertain, !word.splits { fewestOperands += 1 }
        mostOperands = word.hasPattern ? nil : mostOperands.map { $0 + 1 }
    }

    private func takesNext(_ word: WordText, _ kind: Option.Kind) -> Taking {
        // Behind the subcommand an incomplete entry knows only the long names, which mean the same everywhere.
        let isKnownPlace = known.map { $0.isComplete || !hasOperand } ?? false
        if kind == .long {
            let name = word.symbols.drop { $0 == .one(0x2D) }
            if name.contains(.one(0x3D)) { return .no }
            guard let name = WordText(symbols: Array(name)).known else { return .perhaps }
            if known?.valued.contains(name) == true { return .yes }
            return isKnownPlace ? .no : .perhaps
        }
        for (index, symbol) in word.symbols.enumerated().dropFirst() {
            guard case .one(let value) = symbol, let letter = Unicode.Scalar(value) else { return .perhaps }
            if value == 0x3D { return .no }
            guard isKnownPlace, known?.valued.contains(String(letter)) == true else { continue }
            return index == word.symbols.count - 1 ? .yes : .no
        }
        return isKnownPlace ? .no : .perhaps
    }

    /// A value in the option's own word: `--file=x`, `-fx`.
    private mutating func attachedValue(of word: WordText, _ kind: Option.Kind) {
        if let equals = word.symbols.firstIndex(of: .one(0x3D)) {
            arguments.append(Argument(word.dropping(equals + 1), isWhole: true))
        } else if kind == .cluster, let start = valueStart(in: word) {
            arguments.append(Argument(word.dropping(start), isWhole: false))
        }
    }

    /// Where the value in `-fx` begins: behind the letter that takes one, or else where a path or something unknown does.
    private func valueStart(in word: WordText) -> Int? {
        if let known, known.isComplete || !hasOperand {
            for (index, symbol) in word.symbols.enumerated().dropFirst() {
                guard case .one(let value) = symbol, let letter = Unicode.Scalar(value), known.valued.contains(String(letter))
                else {
                    continue
                }
                return index + 1 < word.symbols.count ? index + 1 : nil
            }
        }
        return word.symbols.firstIndex { $0 == .slash || $0 == .home || $0 == .unknown || $0 == .one(0x2E) || $0.isPattern }
            .flatMap { $0 > 1 ? $0 : nil }
    }
}

extension WordText {
    /// Paths inside an argument: `of=/dev/sda`, `@/etc/passwd`, `file:///etc/passwd`, and the parts of `/etc:/mnt`.
    var innerPaths: [WordText] {
        var found: [WordText] = []
        if let equals = symbols.firstIndex(of: .one(0x3D)), equals + 1 < symbols.count {
            let value = dropping(equals + 1)
            found.append(value)
            // `curl -F name=@FILE`, `name=<FILE`.
            if value.symbols.count > 1, [.one(0x40), .one(0x3C)].contains(value.symbols[0]) { found.append(value.dropping(1)) }
        }
        if symbols.first == .one(0x40), symbols.count > 1 { found.append(dropping(1)) }
        if starts(with: "file://") { found.append(dropping(7)) }
        if let first = symbols.first, first == .slash || first == .home || first == .one(0x2E) {
            let parts = symbols.split(separator: .one(0x3A), maxSplits: Self.mostParts)
            if parts.count > 1 { found += parts.map { WordText(symbols: Array($0), unknown: unknown) } }
        }
        return found
    }

    /// `docker -v /a:/b:ro` has three.
    private static let mostParts = 4
}
