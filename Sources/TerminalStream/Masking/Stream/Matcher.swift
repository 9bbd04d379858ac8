/// Finds the values in one run of logical text, however it arrives in pieces.
///
/// For each rule the leftmost match counts, and of those that begin there the longest that may end where it does and that the validator accepts; they do
/// not overlap. (Which ends are tried: `MaskRule.validator`, the last 16 at most.) Time is linear: each byte is read once for the triggers, and each start of a match is tried once, for at most `widest` bytes.
struct Matcher: Sendable {
    let rules: Rules
    var text: LogicalText
    private var triggerState = FlatTrigger.start
    private var knownState = KnownValues.start
    private var scanned = 0
    /// For each rule, the first position where a match may still begin.
    private var free: [Int]
    private var isBusy: [Bool]
    /// For each rule, bytes that must not stand behind a match, one beside the other.
    private var unended: [Range<Int>]
    /// For each rule, bytes that are no digits.
    private var undigited: [Range<Int>]
    private var candidates: [Candidate] = []
    /// Triggers of rules that have an undecided candidate, in order.
    private var queue: [(rule: Int, end: Int)] = []
    private var lastKnownEnd = 0
    /// Places that count as joined here and as line ends elsewhere: only values across one of them are told.
    var joints: [Int]?

    private var found: [FoundValue] = []
    private var findings: [MaskFinding] = []

    static let mostStarts = 16
    static let mostValueBytes = 1024

    init(_ rules: Rules, rawStart: Int) {
        self.rules = rules
        text = LogicalText(rawStart: rawStart)
        free = [Int](repeating: 0, count: rules.tables.ruleCount)
        isBusy = [Bool](repeating: false, count: rules.tables.ruleCount)
        unended = [Range<Int>](repeating: 0..<0, count: rules.tables.ruleCount)
        undigited = unended
    }

    /// Reads what was added to `text`.
    mutating func process() {
        if !candidates.isEmpty { resume(isEnd: false) }
        scan()
        forget()
    }

    /// The text ends here.
    mutating func finish() {
        process()
        while !candidates.isEmpty { resume(isEnd: true) }
        queue.removeAll()
    }

    /// True while something was found that was not taken.
    var hasFound: Bool { !found.isEmpty || !findings.isEmpty }

    mutating func takeFound() -> [FoundValue] {
        guard !found.isEmpty else { return [] }
        defer { found = [] }
        return found
    }

    mutating func takeFindings() -> [MaskFinding] {
        guard !findings.isEmpty else { return [] }
        defer { findings = [] }
        return findings
    }

    /// The logical position from which on bytes have to wait.
    ///
    /// - Parameter isFirm: without what the timer may release.
    func hold(isFirm: Bool) -> Int {
        var hold = text.end
        // Field by field: a copy of a candidate would count its owners.
        for index in candidates.indices where rules.actions[candidates[index].rule] >= .mask {
            if let end = candidates[index].commitment?.end {
                hold = min(hold, end)
                continue
            }
            if isFirm, rules.isShape[candidates[index].rule] { continue }
            if !queue.isEmpty, queue.contains(where: { $0.rule == candidates[index].rule }) {
                hold = min(hold, candidates[index].start)
            } else {
                hold = min(
                    hold, candidates[index].valueStart ?? hold, candidates[index].best?.value.lowerBound ?? hold,
                    candidates[index].shorter?.first?.value.lowerBound ?? hold)
            }
        }
        if let known = rules.known { hold = min(hold, text.end - known.hold(knownState)) }
        if !isFirm, let early = rules.tables.early { hold = min(hold, earlyHold(early)) }
        return max(hold, text.base)
    }

    /// True while something that began before `position` is undecided or goes on.
    func isOpen(before position: Int) -> Bool { candidates.contains { $0.start < position } }

    private func earlyHold(_ automaton: FlatAutomaton) -> Int {
        let count = text.bytes.count
        let tables = rules.tables
        let found = text.bytes.withUnsafeBufferPointer { bytes in
            var state = automaton.start
            var hold = count
            let oldest = max(0, count - tables.earlyWidest)
            var index = count
            while index > oldest {
                index -= 1
                state = automaton.step(state, bytes[index])
                if state == FlatAutomaton.dead { break }
                if FlatAutomaton.flags(state) & StateFlags.accepts != 0,
                    index == 0 || tables.mayBegin(early: automaton.number(of: state), behind: bytes[index - 1])
                {
                    hold = index
                }
            }
            return hold
        }
        return text.base + found
    }

    private mutating func forget() {
        var needed = text.end - rules.tables.context
        for index in candidates.indices {
            needed = min(needed, candidates[index].commitment?.end ?? candidates[index].start)
        }
        text.forget(before: max(text.base, needed - 1))
    }

    // MARK: Triggers

    /// Below so many bytes one place is read at a time.
    private static let fewBytes = 1024

    private mutating func scan() {
        let from = scanned
        scanned = text.end
        let trigger = rules.tables.trigger
        if text.end - from < Self.fewBytes {
            var index = from
            while let end = nextTrigger(trigger, from: index) {
                index = end
                meet(triggerState, end: end)
            }
        } else {
            for hit in triggers(trigger, from: from) { meet(hit.state, end: hit.end + text.base) }
        }
        guard let known = rules.known else { return }
        var index = from
        while let end = nextKnown(known, from: index) {
            index = end
            report(known: max(end - known.length(knownState), text.base)..<end)
        }
    }

    private mutating func nextTrigger(_ trigger: FlatTrigger, from index: Int) -> Int? {
        let base = text.base
        var state = triggerState
        defer { triggerState = state }
        return text.bytes.withUnsafeBufferPointer { trigger.nextHit(in: $0, from: index - base, &state) }.map { $0 + base }
    }

    private mutating func triggers(_ trigger: FlatTrigger, from index: Int) -> [FlatTrigger.Hit] {
        let base = text.base
        var state = triggerState
        defer { triggerState = state }
        return text.bytes.withUnsafeBufferPointer { trigger.hits(in: $0, from: index - base, &state) }
    }

    private mutating func nextKnown(_ known: KnownValues, from index: Int) -> Int? {
        let base = text.base
        var state = knownState
        defer { knownState = state }
        return text.bytes.withUnsafeBufferPointer { known.nextHit(in: $0, from: index - base, &state) }.map { $0 + base }
    }

    private mutating func meet(_ state: UInt32, end: Int) {
        for number in rules.tables.trigger.rules(state) { meet(rule: Int(number), end: end) }
    }

    private mutating func meet(rule: Int, end: Int) {
        guard rules.actions[rule] != .off, free[rule] < end else { return }
        if isBusy[rule] {
            if start(of: rule, before: end) != nil { queue.append((rule, end)) }
        } else {
            tryStarts(rule: rule, hit: end, isEnd: false)
        }
    }

    /// The first free place from which a match may have begun whose first trigger ends at `end`.
    private func start(of rule: Int, before end: Int) -> Int? {
        let tables = rules.tables[rule]
        let base = text.base
        let lowest = max(free[rule], base)
        let notBefore = tables.notBefore
        return text.bytes.withUnsafeBufferPointer { bytes -> Int? in
            func mayBegin(at start: Int) -> Bool { start == base || !notBefore.contains(bytes[start - base - 1]) }
            if tables.beginsWithTrigger, tables.triggerWidth > 0 {
                let start = end - tables.triggerWidth
                return start >= lowest && mayBegin(at: start) ? start : nil
            }
            let automaton = tables.start
            let oldest = max(lowest, end - min(tables.widest, rules.tables.context))
            var result: Int?
            var state = automaton.start
            var index = end
            while index > oldest {
                index -= 1
                state = automaton.step(state, bytes[index - base])
                if state == FlatAutomaton.dead { break }
                if FlatAutomaton.flags(state) & StateFlags.accepts != 0, mayBegin(at: index) { result = index }
            }
            return result
        }
    }

    // MARK: Candidates

    private mutating func tryStarts(rule: Int, hit: Int, isEnd: Bool) {
        for _ in 0..<Self.mostStarts {
            guard let start = start(of: rule, before: hit) else { return }
            if cannotMatch(rule, from: start) {
                free[rule] = start + 1
                continue
            }
            var candidate = Candidate(rule: rule, hit: hit, start: start, state: rules.tables[rule].match.start)
            guard conclude(&candidate, isEnd: isEnd) else {
                candidates.append(candidate)
                isBusy[rule] = true
                return
            }
        }
    }

    /// Whether no match from `start` counts, because all bytes up to the widest one are such as must not stand behind a match, or none of them is a digit and
    /// the validator wants some. Where one fails for such a reason the next ones do too, as in `password=password=…`; so it is remembered how far that goes.
    private mutating func cannotMatch(_ rule: Int, from start: Int) -> Bool {
        let tables = rules.tables[rule]
        let last = start + tables.widest
        guard last < text.end, !tables.isCommitted, !rules.isProgressive[rule] else { return false }
        if tables.hasBoundaryBehind {
            let notAfter = tables.notAfter
            if Self.extend(&unended[rule], from: start + 1, through: last, text, while: notAfter.contains) { return true }
        }
        guard tables.validator?.needsDigits ?? false else { return false }
        return Self.extend(&undigited[rule], from: start, through: last, text) { !$0.isDigit }
    }

    /// Whether all bytes of `text` from `first` through `last` are such as `known` is known to be of.
    @inline(__always) private static func extend(
        _ known: inout Range<Int>, from first: Int, through last: Int, _ text: borrowing LogicalText,
        while isSuch: (UInt8) -> Bool
    ) -> Bool {
        if known.lowerBound > first || known.upperBound < first { known = first..<first }
        let base = text.base
        var end = known.upperBound
        text.bytes.withUnsafeBufferPointer { bytes in
            while end <= last, isSuch(bytes[end - base]) { end += 1 }
        }
        known = known.lowerBound..<end
        return end > last
    }

    /// Reads on with all candidates; those that are decided give way to the next of their rule.
    private mutating func resume(isEnd: Bool) {
        var index = 0
        while index < candidates.count {
            var candidate = candidates[index]
            guard conclude(&candidate, isEnd: isEnd) else {
                candidates[index] = candidate
                index += 1
                continue
            }
            candidates.remove(at: index)
            isBusy[candidate.rule] = false
            tryStarts(rule: candidate.rule, hit: candidate.hit, isEnd: isEnd)
            replay(rule: candidate.rule, isEnd: isEnd)
        }
    }

    private mutating func replay(rule: Int, isEnd: Bool) {
        guard queue.contains(where: { $0.rule == rule }) else { return }
        var waiting: [(rule: Int, end: Int)] = []
        let hits = queue
        for hit in hits {
            if hit.rule != rule || isBusy[rule] {
                if hit.rule != rule || free[rule] < hit.end { waiting.append(hit) }
            } else if free[rule] < hit.end {
                tryStarts(rule: rule, hit: hit.end, isEnd: isEnd)
            }
        }
        queue = waiting
    }

    /// Reads on with one candidate; false if the text ends before it is decided.
    private mutating func conclude(_ candidate: inout Candidate, isEnd: Bool) -> Bool {
        let rule = candidate.rule
        var outcome = read(&candidate)
        if outcome == .undecided, isEnd { outcome = endOfText(&candidate) }
        if candidate.commitment != nil { reportProgress(&candidate, isOver: outcome != .undecided) }
        switch outcome {
        case .undecided: return false
        case .failed: free[rule] = candidate.start + 1
        case .matched:
            if let commitment = candidate.commitment {
                free[rule] = max(candidate.start + 1, commitment.end - overlap(of: rule))
            } else if let best = valid(candidate) {
                free[rule] = best.end
                report(rule: rule, start: candidate.start, best)
            } else {
                free[rule] = candidate.start + 1
            }
        }
        return true
    }

    /// How much of the next value's prefix may have been taken for the end of this one, where two stand back to back.
    private func overlap(of rule: Int) -> Int {
        let tables = rules.tables[rule]
        return rules.isProgressive[rule] && tables.beginsWithTrigger ? max(0, tables.triggerWidth - 1) : 0
    }

    // MARK: Telling

    private func isTold(_ range: Range<Int>) -> Bool {
        joints.map { $0.contains { range.lowerBound < $0 && $0 < range.upperBound } } ?? true
    }

    private mutating func report(rule: Int, start: Int, _ best: Candidate.Best) {
        guard isTold(start..<best.end) else { return }
        let raw = text.rawStart(of: best.value.lowerBound)..<text.rawEnd(of: best.value.upperBound - 1)
        if rules.actions[rule] >= .mask {
            found.append(FoundValue(rule: rule, range: raw, isProgressive: false))
        }
        let value = text.bytes[best.value.lowerBound - text.base..<best.value.upperBound - text.base]
        addFinding(rule: rule, offset: raw.lowerBound, cells: CellWidth.of(value), value: value)
    }

    private mutating func report(known range: Range<Int>) {
        let isInside = range.upperBound <= lastKnownEnd
        lastKnownEnd = max(lastKnownEnd, range.upperBound)
        guard !isInside, isTold(range) else { return }
        let raw = text.rawStart(of: range.lowerBound)..<text.rawEnd(of: range.upperBound - 1)
        let rule = rules.tables.ruleCount
        found.append(FoundValue(rule: rule, range: raw, isProgressive: false))
        let value = text.bytes[range.lowerBound - text.base..<range.upperBound - text.base]
        addFinding(rule: rule, offset: raw.lowerBound, cells: CellWidth.of(value), value: value)
    }

    private mutating func reportProgress(_ candidate: inout Candidate, isOver: Bool) {
        guard var commitment = candidate.commitment else { return }
        if commitment.end > commitment.taken {
            let part = text.bytes[commitment.taken - text.base..<commitment.end - text.base]
            commitment.cells += CellWidth.of(part)
            commitment.value += part.prefix(Self.mostValueBytes - commitment.value.count)
            commitment.taken = commitment.end
        }
        candidate.commitment = commitment
        guard isTold(candidate.start..<commitment.end) else { return }
        if rules.actions[candidate.rule] >= .mask {
            found.append(
                FoundValue(
                    rule: candidate.rule, range: commitment.rawStart..<text.rawEnd(of: commitment.end - 1), isProgressive: true))
        }
        if isOver {
            addFinding(rule: candidate.rule, offset: commitment.rawStart, cells: commitment.cells, value: commitment.value[...])
        }
    }

    private mutating func addFinding(rule: Int, offset: Int, cells: Int, value: ArraySlice<UInt8>) {
        let isNumber = rule < rules.tables.ruleCount && rules.tables[rule].category == .personal
        let normalised = isNumber ? value.filter { !" -./()".utf8.contains($0) } : Array(value.prefix(Self.mostValueBytes))
        findings.append(MaskFinding(rule: rule, offset: UInt64(offset), cells: cells, value: normalised, isPartlyReleased: false))
    }
}
