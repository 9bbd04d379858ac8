/// The automata of one rule, before they are laid out.
struct CompiledRule: Sendable {
    let rule: MaskRule
    /// The whole match, read forwards from where it begins.
    let match: DeterministicAutomaton
    let matchFlags: [UInt8]
    /// What is looked for in every byte.
    let trigger: PositionAutomaton
    /// Read backwards from a trigger's end, accepts where a match may begin.
    let start: DeterministicAutomaton
    let startFlags: [UInt8]
    /// The trigger begins every match.
    let beginsWithTrigger: Bool
    /// The length of every trigger, if there is one length.
    let triggerWidth: Int?
    /// Read backwards, accepts where a value may have begun whose trigger has not come yet; nil if none can.
    let early: PositionAutomaton?
    /// The positions of `early` where the text may end then: the value has begun, and its trigger is not complete.
    let earlyEnds: [Int32]
    let notBefore: ByteSet
    let notAfter: ByteSet

    static let mostStates = 16384
    /// Up to this size numbers of repetitions are kept in `early`, and less is held.
    static let mostEarlyPositions = 80
    static let mostTriggerBytes = 63
    /// How much of a rule without a trigger is looked for. Longer ones of digits and letters make the automaton of all rules large.
    static let chosenTriggerBytes = 6
    /// A match that is not committed is held back whole; how wide it may be bounds what a stream holds.
    static let widestHeld = 4096

    init(_ rule: MaskRule) throws(MaskSetError) {
        let prefix = try Self.parse(rule, .prefix, rule.prefix)
        let value = try Self.parse(rule, .value, rule.value)
        let suffix = try Self.parse(rule, .suffix, rule.suffix)
        let needle = rule.trigger.isEmpty ? Self.chosenTrigger(prefix, value) : try Self.parse(rule, .trigger, rule.trigger)
        guard value.shortest > 0 else { throw MaskSetError(rule, .value, "the value may be empty") }
        guard needle.shortest > 0 else { throw MaskSetError(rule, .trigger, "the trigger may be empty") }
        guard let longest = needle.longest, longest <= Self.mostTriggerBytes else {
            throw MaskSetError(rule, .trigger, "the trigger may be wider than \(Self.mostTriggerBytes) bytes")
        }
        let shortest = prefix.shortest + value.shortest + suffix.shortest
        let mostWide = rule.isCommitted ? MaskRule.mostWide : Self.widestHeld
        guard shortest <= rule.widest, rule.widest <= mostWide else {
            throw MaskSetError(rule, nil, "`widest` is \(rule.widest), and has to be from \(shortest) to \(mostWide)")
        }
        if rule.isCommitted, !rule.suffix.isEmpty || rule.style != .cells {
            throw MaskSetError(rule, .suffix, "a rule that is committed has no suffix, and masks by cells")
        }
        self.rule = rule
        notBefore = try Self.parseClass(rule, .notBefore, rule.notBefore)
        notAfter = try Self.parseClass(rule, .notAfter, rule.notAfter)

        let automaton = try Self.automaton(rule, .value, [prefix, value, suffix])
        let match = try Self.determinise(rule, .value, automaton)
        self.match = match
        let ends = Set(automaton.last)
        matchFlags = match.positions.map { Self.flags(of: $0, in: automaton, ends: ends) }
        let trigger = try Self.automaton(rule, .trigger, [needle])
        self.trigger = trigger
        triggerWidth = needle.shortest == longest ? longest : nil

        let search = TriggerSearch(match: match, flags: matchFlags, trigger: trigger)
        let valueBeginsEarly = try search.valueBeginsBeforeTrigger(of: rule)
        beginsWithTrigger = try search.matchesBeginWithTrigger(of: rule)

        guard valueBeginsEarly || !beginsWithTrigger else {
            (early, earlyEnds) = (nil, [])
            start = try Self.determinise(rule, .trigger, trigger, backwardsFrom: trigger.last)
            startFlags = Self.startFlags(start, first: trigger.first)
            return
        }
        let closure = try Self.automaton(rule, .value, [prefix.relaxed, value.relaxed, suffix.relaxed])
        let closurePlaces = Self.places(rule, closure, trigger: trigger)
        let earlyAutomaton = automaton.sets.count <= Self.mostEarlyPositions ? automaton : closure
        early = valueBeginsEarly ? earlyAutomaton : nil
        if valueBeginsEarly {
            let isExact = automaton.sets.count <= Self.mostEarlyPositions
            let places = isExact ? try? search.places(of: rule) : closurePlaces
            let begun = earlyAutomaton.parts[1].lowerBound
            earlyEnds = earlyAutomaton.sets.indices.map { Int32($0) }.filter { position in
                position >= begun && places?.before.contains(position) ?? true
            }
        } else {
            earlyEnds = []
        }
        if beginsWithTrigger {
            start = try Self.determinise(rule, .trigger, trigger, backwardsFrom: trigger.last)
            startFlags = Self.startFlags(start, first: trigger.first)
        } else {
            let ends = closurePlaces.map { $0.behind.sorted() } ?? closure.sets.indices.map { Int32($0) }
            start = try Self.determinise(rule, .value, closure, backwardsFrom: ends)
            startFlags = Self.startFlags(start, first: closure.first)
        }
    }

    /// Nil if it is too much work to know: then it may be anywhere.
    private static func places(_ rule: MaskRule, _ automaton: PositionAutomaton, trigger: PositionAutomaton) -> TriggerSearch
        .Places?
    {
        guard let forwards = try? determinise(rule, .value, automaton, backwardsFrom: nil) else { return nil }
        return try? TriggerSearch(match: forwards, flags: [], trigger: trigger).places(of: rule)
    }

    /// A prefix that says enough, so that it may go out before the value is known; or else the first bytes.
    private static func chosenTrigger(_ prefix: MaskPattern, _ value: MaskPattern) -> MaskPattern {
        if prefix.shortest >= 3, let longest = prefix.longest, longest <= mostTriggerBytes { return prefix }
        return MaskPattern.sequence([prefix, value]).beginning(chosenTriggerBytes)
    }

    private static func parse(_ rule: MaskRule, _ part: MaskSetError.Part, _ text: String) throws(MaskSetError) -> MaskPattern {
        do throws(MaskPatternError) {
            return try MaskPatternParser.parse(text, ignoresCase: rule.ignoresCase)
        } catch {
            throw MaskSetError(rule, part, error.reason, column: error.column)
        }
    }

    private static func parseClass(_ rule: MaskRule, _ part: MaskSetError.Part, _ text: String) throws(MaskSetError) -> ByteSet {
        do throws(MaskPatternError) {
            return try MaskPatternParser.parseClass(text)
        } catch {
            throw MaskSetError(rule, part, error.reason, column: error.column)
        }
    }

    private static func automaton(
        _ rule: MaskRule, _ part: MaskSetError.Part, _ patterns: [MaskPattern]
    ) throws(MaskSetError) -> PositionAutomaton {
        do throws(AutomatonError) {
            return try PositionAutomaton(patterns)
        } catch {
            throw MaskSetError(rule, part, error.reason)
        }
    }

    private static func determinise(
        _ rule: MaskRule, _ part: MaskSetError.Part, _ automaton: PositionAutomaton, backwardsFrom ends: [Int32]? = nil
    ) throws(MaskSetError) -> DeterministicAutomaton {
        do throws(AutomatonError) {
            return try Determiniser(
                sets: automaton.sets, follow: ends == nil ? automaton.follow : automaton.predecessors,
                first: ends ?? automaton.first, isUnanchored: false, mostStates: mostStates
            ).run()
        } catch {
            throw MaskSetError(rule, part, error.reason)
        }
    }

    private static func flags(of positions: [Int32], in automaton: PositionAutomaton, ends: Set<Int32>) -> UInt8 {
        var flags: UInt8 = 0
        for position in positions {
            if ends.contains(position) { flags |= StateFlags.accepts }
            if automaton.parts[1].contains(Int(position)) { flags |= StateFlags.inValue | StateFlags.begunValue }
            if automaton.parts[2].contains(Int(position)) { flags |= StateFlags.begunValue }
            if !automaton.follow[Int(position)].isEmpty { flags |= StateFlags.goesOn }
        }
        return flags
    }

    private static func startFlags(_ automaton: DeterministicAutomaton, first: [Int32]) -> [UInt8] {
        let firsts = Set(first)
        return automaton.positions.map { $0.contains(where: firsts.contains) ? StateFlags.accepts : 0 }
    }
}

/// What is known of a state, in one byte.
enum StateFlags {
    /// A match may end here.
    static let accepts: UInt8 = 1
    /// The byte that led here may belong to the value.
    static let inValue: UInt8 = 2
    /// It may belong to the value or stand behind it.
    static let begunValue: UInt8 = 4
    /// Another byte may follow.
    static let goesOn: UInt8 = 8
    static let all: UInt8 = 15
}
