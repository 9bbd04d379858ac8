/// An item of `flags`: alternatives joined by `|`, one of which has to be there.
package struct FlagPattern: Hashable, Sendable {
    private enum Name: Hashable {
        /// `-r`, also in `-rf`.
        case short(UInt32)
        /// `--recursive`, also as `--rec`.
        case long([UInt32])
        /// `-delete`
        case word([UInt32])
    }
    private struct Alternative: Hashable {
        var name: Name
        /// `--output=GLOB`
        var value: ArgumentPattern?
    }
    private let alternatives: [Alternative]
    /// As written.
    package let source: String

    /// Nil unless each alternative is `-x`, `--name` or `-name`, with `=GLOB` or ` GLOB` or nothing behind it.
    package init?(_ source: String) {
        self.source = source
        var alternatives: [Alternative] = []
        for text in source.split(separator: "|", omittingEmptySubsequences: false) {
            guard let alternative = Self.alternative(text) else { return nil }
            alternatives.append(alternative)
        }
        self.alternatives = alternatives
    }

    /// Alternatives such as `-rf`, which a reader may have meant as two flags.
    package var clusters: [String] {
        alternatives.compactMap { alternative in
            guard case .word(let scalars) = alternative.name, scalars.first == 0x2D, alternative.value == nil else { return nil }
            return String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
        }
    }

    /// Whether it is known of the program that its options of one letter can stand together, and that it has none of several letters behind one
    /// dash.
    package static func hasClusters(_ program: String) -> Bool {
        KnownOptions.of(program).map { $0.isComplete && !$0.style.contains(.oneDash) } ?? false
    }

    private static func alternative(_ text: Substring) -> Alternative? {
        let end = text.firstIndex { $0 == "=" || $0 == " " } ?? text.endIndex
        var value: ArgumentPattern?
        if end < text.endIndex {
            guard let pattern = ArgumentPattern(value: String(text[text.index(after: end)...])) else { return nil }
            value = pattern
        }
        let scalars = text[..<end].unicodeScalars.map(\.value)
        guard scalars.first == 0x2D || scalars.first == 0x2B, scalars.count > 1 else { return nil }
        if scalars.first == 0x2B { return Alternative(name: .word(scalars), value: value) }
        if scalars[1] == 0x2D {
            guard scalars.count > 2 else { return nil }
            return Alternative(name: .long(Array(scalars[2...])), value: value)
        }
        return Alternative(name: scalars.count == 2 ? .short(scalars[1]) : .word(scalars), value: value)
    }

    /// - Parameter expands: a pattern that can become a name with a dash in front counts.
    func match(_ facts: CommandFacts, expands: Bool) -> Match {
        var match = Match.no
        for option in facts.parts.options {
            guard facts.effort.spend(option.text.symbols.count) else { return .maybe(CommandFacts.tooLarge) }
            var one: Match
            switch option.kind {
            case .unknown: one = facts.doubt(option.text.unknown, "a flag of \(facts.called)")
            case .pattern: one = expands ? Self.expanded(facts) : .no
            case .cluster, .long:
                one = .no
                for alternative in alternatives { one = one.or(Self.match(alternative, option, facts)) }
            }
            if one == .yes, option.isBehindEnd {
                one = facts.doubt("--", "the value of the flag before it instead of the end of flags")
            }
            match = match.or(one)
            if match == .yes { return .yes }
        }
        if match == .no, let open = facts.parts.open { return facts.doubt(open, "a flag of \(facts.called)") }
        return match
    }

    private static func expanded(_ facts: CommandFacts) -> Match {
        facts.maybe("a pattern of \(facts.called) can become a name that starts with a dash, which is a flag")
    }

    private static func match(_ alternative: Alternative, _ option: CommandParts.Option, _ facts: CommandFacts) -> Match {
        let symbols = option.text.symbols
        switch (alternative.name, option.kind) {
        case (.short(let letter), .cluster):
            for (index, symbol) in symbols.enumerated().dropFirst() {
                guard case .one(let value) = symbol else { return facts.doubt(option.text.unknown, "a flag of \(facts.called)") }
                if value == letter { return match(value: alternative.value, from: index + 1, option, facts) }
                // The rest is that option's value.
                if value == 0x3D { return .no }
                if let known = facts.known, known.isComplete,
                    Unicode.Scalar(value).map({ known.valued.contains(String($0)) }) == true
                {
                    return .no
                }
            }
            return .no
        case (.short(let letter), .long):
            // `find -r`: one dash and one letter, from a program that has no clusters.
            guard symbols.first == .one(0x2D), symbols.dropFirst().first != .one(0x2D) else {
                return unknownName(option, dashes: 2, facts)
            }
            return match(name: [letter], abbreviated: false, dashes: 1, alternative, option, facts)
        case (.long(let name), .long):
            let dashes = symbols.dropFirst().first == .one(0x2D) ? 2 : 1
            return match(name: name, abbreviated: dashes == 2, dashes: dashes, alternative, option, facts)
        case (.long, .cluster): return unknownName(option, dashes: 1, facts)
        case (.word(let word), _):
            let dashes = symbols.dropFirst().first == .one(0x2D) ? 2 : 1
            return match(name: Array(word.dropFirst()), abbreviated: false, dashes: dashes, alternative, option, facts)
        case (_, .unknown), (_, .pattern): return .no
        }
    }

    /// A name behind its dashes, up to `=`.
    private static func match(
        name: [UInt32], abbreviated: Bool, dashes: Int, _ alternative: Alternative, _ option: CommandParts.Option,
        _ facts: CommandFacts
    ) -> Match {
        let typed = option.text.symbols[dashes...].prefix { $0 != .one(0x3D) }
        var count = 0
        for symbol in typed {
            guard case .one(let value) = symbol else { return facts.doubt(option.text.unknown, "a flag of \(facts.called)") }
            guard count < name.count, value == name[count] else { return .no }
            count += 1
        }
        guard count == name.count || abbreviated && count > 0 else { return .no }
        return match(value: alternative.value, from: dashes + count, option, facts)
    }

    /// `-$x` and `--$x` can be any option.
    private static func unknownName(_ option: CommandParts.Option, dashes: Int, _ facts: CommandFacts) -> Match {
        guard option.text.symbols.dropFirst(dashes).first == .unknown else { return .no }
        return facts.doubt(option.text.unknown, "a flag of \(facts.called)")
    }

    /// The value that begins at `start` of the word, or is the next one.
    private static func match(value: ArgumentPattern?, from start: Int, _ option: CommandParts.Option, _ facts: CommandFacts)
        -> Match
    {
        guard let value else { return .yes }
        if start < option.text.symbols.count {
            let skipped = option.text.symbols[start] == .one(0x3D) ? start + 1 : start
            return value.match(.init(option.text.dropping(skipped), isWhole: true), facts, "a flag's value")
        }
        guard let next = option.next else { return .no }
        return value.match(.init(next, isWhole: true), facts, "a flag's value")
    }
}
