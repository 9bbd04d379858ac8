extension CommandWalk {
    /// Where a tilde stands for a home directory: POSIX.1-2024 XCU 2.6.1.
    enum Tildes {
        /// In front, and behind `NAME=`, where bash expands it too.
        case first
        /// Behind colons as well: the value of an assignment.
        case everywhere
        case none
    }

    /// What a word is made of once its braces are gone.
    ///
    /// - Parameter made: what `pieces(of:)` made of the word's parts: once, however many words the braces make.
    mutating func pieces(_ atoms: [WordAtom], made: [CommandWord.Piece?], tildes: Tildes) -> [CommandWord.Piece] {
        var pieces = WordPieces()
        var brackets = BracketFinder()
        var position = 0
        while position < atoms.count {
            switch atoms[position] {
            case .quoted(let byte): pieces.text(byte)
            case .emptyQuotes: break
            case .part(let index): if let piece = made[index] { pieces.append(piece) }
            case .plain(UInt8(ascii: "~")) where isTildePlace(position, atoms, tildes):
                position = appendTilde(at: position, atoms, tildes, to: &pieces)
                continue
            case .plain(let byte) where byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?"):
                pieces.append(.pattern(String(Unicode.Scalar(byte))))
            case .plain(UInt8(ascii: "[")) where dialect != .fish:
                if let end = brackets.end(from: position, count: atoms.count, byte: { Self.character(atoms[$0]) }) {
                    pieces.append(.pattern(String(decoding: atoms[position..<end].compactMap(Self.character), as: UTF8.self)))
                    position = end
                    continue
                }
                pieces.text(UInt8(ascii: "["))
            case .plain(let byte): pieces.text(byte)
            }
            position += 1
        }
        return pieces.finish()
    }

    private static func character(_ atom: WordAtom) -> UInt8? {
        switch atom {
        case .plain(let byte): byte
        // Quoted, these would not mean in a bracket what they say.
        case .quoted(let byte):
            [UInt8(ascii: "]"), UInt8(ascii: "-"), UInt8(ascii: "!"), UInt8(ascii: "^")].contains(byte) ? nil : byte
        case .emptyQuotes, .part: nil
        }
    }

    private func isTildePlace(_ position: Int, _ atoms: [WordAtom], _ tildes: Tildes) -> Bool {
        // zsh also takes it so behind empty quotes. Elsewhere `''~` is a file of that name, which nobody has.
        guard position > 0, !atoms[..<position].allSatisfy(\.isEmptyQuotes) else { return tildes != .none }
        guard case .plain(let before) = atoms[position - 1] else { return false }
        switch tildes {
        case .none: return false
        case .everywhere: return before == UInt8(ascii: ":")
        case .first:
            guard before == UInt8(ascii: "="), case .plain(let first) = atoms[0], first.startsName else { return false }
            return atoms[..<(position - 1)].allSatisfy { if case .plain(let byte) = $0 { byte.isInName } else { false } }
        }
    }

    /// `~`, `~bob`, `~+`; a tilde that is one where something quoted or expanded follows. The position behind it.
    private func appendTilde(at start: Int, _ atoms: [WordAtom], _ tildes: Tildes, to pieces: inout WordPieces) -> Int {
        var name: [UInt8] = []
        var position = start + 1
        while position < atoms.count {
            if atoms[position].isEmptyQuotes {
                position += 1
                continue
            }
            guard case .plain(let byte) = atoms[position] else {
                pieces.text(UInt8(ascii: "~"))
                return start + 1
            }
            if byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":") { break }
            name.append(byte)
            position += 1
        }
        let text = String(decoding: name, as: UTF8.self)
        switch text {
        case "": pieces.append(home)
        case "+": pieces.append(.unknown(CommandWord.Unknown(source: "~+", candidates: knownPlaces, splits: false)))
        default:
            let isName = name.allSatisfy { $0.isInName || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
            guard isName || text == "-" else {
                pieces.text(UInt8(ascii: "~"))
                return start + 1
            }
            let candidates = text == "-" ? [] : [text == "root" ? "/root" : "/home/" + text]
            let source = String(("~" + text).prefix(GrammarLimits.unknownSource))
            pieces.append(.unknown(CommandWord.Unknown(source: source, candidates: candidates, splits: false)))
        }
        return position
    }

    /// Unless the line itself puts it elsewhere.
    private var home: CommandWord.Piece {
        guard variables.isAssigned("HOME") else { return .home }
        return .unknown(CommandWord.Unknown(source: "~", candidates: variables.candidates("HOME"), splits: false))
    }

    private var knownPlaces: [String] { places.compactMap { $0?.known } }

    /// What a group, an expansion or an array stands for; nil for text.
    mutating func piece(of part: WordPart) -> CommandWord.Piece? {
        switch part {
        case .plain, .quoted: return nil
        case .array: return .unknown(CommandWord.Unknown(source: "(…)", splits: false))
        case .group(let bytes, _):
            let text = String(decoding: bytes, as: UTF8.self)
            if Self.runsCode(bytes) {
                doubt(.evaluated, "zsh runs what stands in a pattern: \(text.escapedForPeople(limit: 200))")
            }
            return .pattern(text)
        case .expansion(let expansion, let isQuoted): return piece(of: expansion, isQuoted: isQuoted)
        }
    }

    /// `*(e:'code':)` and `*(+name)`: glob qualifiers of zsh.
    private static func runsCode(_ group: [UInt8]) -> Bool {
        guard group.contains(UInt8(ascii: "(")) else { return false }
        return zip(group, group.dropFirst()).contains { letter, next in
            letter == UInt8(ascii: "e") && !next.isInName && next != UInt8(ascii: "|") && next != UInt8(ascii: ")")
                && next != UInt8(ascii: ".") && next != UInt8(ascii: "*") && next != UInt8(ascii: "-")
                || letter == UInt8(ascii: "+") && next.startsName
        }
    }

    private mutating func piece(of expansion: Expansion, isQuoted: Bool) -> CommandWord.Piece {
        var unknown = CommandWord.Unknown(source: expansion.source, splits: !isQuoted)
        switch expansion.kind {
        case .parameter(let parameter):
            if parameter.operation == .evaluated {
                doubt(.evaluated, "the value of a variable is evaluated: \(expansion.source.escapedForPeople(limit: 200))")
            }
            if parameter.name == "HOME", [.none, .orElse, .assign].contains(parameter.operation), !variables.isAssigned("HOME") {
                return .home
            }
            if parameter.isList { unknown.splits = true }
            unknown.candidates = candidates(of: parameter)
        case .command(let list):
            let text = output(of: list).map { CommandWord(pieces: $0, source: "") }
            unknown.candidates = text.map { values(of: $0).map(\.withoutFinalNewlines) } ?? []
        case .arithmetic(let parts):
            unknown.splits = false
            doubtEvaluation(in: [parts])
        case .process: unknown.splits = false
        }
        return .unknown(unknown)
    }

    private mutating func candidates(of parameter: ParameterNode) -> [String] {
        var known = variables.candidates(parameter.name)
        if parameter.name == "PWD" { known += knownPlaces }
        switch parameter.operation {
        case .none: break
        case .indirect: known = known.flatMap(variables.candidates)
        case .orElse, .assign, .alternative:
            let operand = values(of: expandWhole(parameter.operand, source: ""))
            if parameter.operation == .assign { variables.assign(parameter.name, operand) }
            known = parameter.operation == .alternative ? operand : known + operand
        case .evaluated, .other: known = []
        }
        var unique: [String] = []
        for value in known where !unique.contains(value) { unique.append(value) }
        let kept = Array(unique.suffix(GrammarLimits.candidates))
        return spend(kept.reduce(0) { $0 + $1.utf8.count }) ? kept : []
    }
}

extension ParameterNode {
    /// `"$@"` and `"${a[@]}"`: no word or many, quoted or not.
    fileprivate var isList: Bool {
        name == "@" || self.subscript == [UInt8(ascii: "@")]
    }
}
