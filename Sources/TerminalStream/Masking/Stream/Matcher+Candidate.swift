/// Reads one candidate as far as the text goes: whether it is a value, and which.
extension Matcher {
    func valid(_ candidate: Candidate) -> Candidate.Best? {
        guard let best = candidate.best else { return nil }
        if accepts(candidate.rule, best.value) { return best }
        return candidate.shorter?.last { accepts(candidate.rule, $0.value) }
    }

    func accepts(_ rule: Int, _ value: Range<Int>) -> Bool {
        guard let validator = rules.tables[rule].validator else { return true }
        return validator.accepts(text.bytes[value.lowerBound - text.base..<value.upperBound - text.base])
    }

    func read(_ candidate: inout Candidate) -> Candidate.Outcome {
        let tables = rules.tables[candidate.rule]
        let commits = tables.isCommitted
        let isProgressive = rules.isProgressive[candidate.rule]
        guard commits || isProgressive else { return readWhole(&candidate, tables) }
        let base = text.base
        let end = text.end
        while candidate.index < end {
            let byte = text.bytes[candidate.index - base]
            let wasAccepting = FlatAutomaton.flags(candidate.state) & StateFlags.accepts != 0
            if wasAccepting, candidate.commitment == nil, !tables.notAfter.contains(byte), let start = candidate.valueStart {
                candidate.add(
                    Candidate.Best(end: candidate.index, value: start..<candidate.valueEnd), triesShorter: tables.triesShorter)
            }
            guard candidate.index - candidate.start < tables.widest else { return decided(candidate) }
            let next = tables.match.step(candidate.state, byte)
            if next == FlatAutomaton.dead { return decided(candidate) }
            candidate.state = next
            let flags = FlatAutomaton.flags(next)
            if flags & StateFlags.begunValue == 0 {
                candidate.valueStart = nil
            } else {
                if candidate.valueStart == nil {
                    candidate.valueStart = candidate.index
                    candidate.valueEnd = candidate.index + 1  // in a damaged image nothing else may say so
                }
                if flags & StateFlags.inValue != 0 { candidate.valueEnd = candidate.index + 1 }
            }
            candidate.index += 1
            if candidate.commitment == nil, let start = candidate.valueStart,
                commits ? flags & StateFlags.accepts != 0 : isProgressive && wasAccepting
            {
                guard accepts(candidate.rule, start..<candidate.valueEnd) else { return .failed }
                candidate.commitment = Candidate.Commitment(
                    rawStart: text.rawStart(of: start), end: candidate.index - 1, taken: start)
            }
            if flags & StateFlags.accepts != 0 { candidate.commitment?.end = candidate.index }
        }
        return isFinal(candidate, tables) ? endOfText(&candidate) : .undecided
    }

    /// The same for what counts only as a whole: all is kept in registers, as hostile texts have each byte read by many candidates.
    private func readWhole(_ candidate: inout Candidate, _ tables: MaskImage.Rule) -> Candidate.Outcome {
        let (match, notAfter, triesShorter) = (tables.match, tables.notAfter, tables.triesShorter)
        let base = text.base
        let limit = min(text.end, candidate.start + tables.widest)
        var index = candidate.index
        var state = candidate.state
        var flags = FlatAutomaton.flags(state)
        var start = candidate.valueStart ?? -1
        var end = candidate.valueEnd
        var best = candidate.best
        var isDead = false
        text.bytes.withUnsafeBufferPointer { bytes in
            func noteEnd(before byte: UInt8) {
                guard flags & StateFlags.accepts != 0, start >= 0, !notAfter.contains(byte) else { return }
                if triesShorter {
                    candidate.best = best
                    candidate.add(Candidate.Best(end: index, value: start..<end), triesShorter: true)
                }
                best = Candidate.Best(end: index, value: start..<end)
            }
            while index < limit {
                let byte = bytes[index - base]
                noteEnd(before: byte)
                state = match.step(state, byte)
                if state == FlatAutomaton.dead {
                    isDead = true
                    break
                }
                flags = FlatAutomaton.flags(state)
                if flags & StateFlags.begunValue == 0 {
                    start = -1
                } else {
                    if start < 0 {
                        start = index
                        end = index + 1  // in a damaged image nothing else may say so
                    }
                    if flags & StateFlags.inValue != 0 { end = index + 1 }
                }
                index += 1
            }
            if !isDead, index - base < bytes.count {  // it is as wide as may be
                noteEnd(before: bytes[index - base])
                isDead = true
            }
        }
        candidate.index = index
        candidate.best = best
        guard !isDead else { return decided(candidate) }
        candidate.state = state
        candidate.valueStart = start < 0 ? nil : start
        candidate.valueEnd = end
        return isFinal(candidate, tables) ? endOfText(&candidate) : .undecided
    }

    /// Nothing can follow, and it does not matter what does.
    private func isFinal(_ candidate: Candidate, _ tables: MaskImage.Rule) -> Bool {
        let flags = FlatAutomaton.flags(candidate.state)
        let isFull = flags & StateFlags.goesOn == 0 || candidate.index - candidate.start >= tables.widest
        return isFull && flags & StateFlags.accepts != 0 && (!tables.hasBoundaryBehind || candidate.commitment != nil)
    }

    func endOfText(_ candidate: inout Candidate) -> Candidate.Outcome {
        let tables = rules.tables[candidate.rule]
        if FlatAutomaton.flags(candidate.state) & StateFlags.accepts != 0, let start = candidate.valueStart {
            candidate.add(
                Candidate.Best(end: candidate.index, value: start..<candidate.valueEnd), triesShorter: tables.triesShorter)
        }
        return decided(candidate)
    }

    private func decided(_ candidate: Candidate) -> Candidate.Outcome {
        candidate.best == nil && candidate.commitment == nil ? .failed : .matched
    }
}
