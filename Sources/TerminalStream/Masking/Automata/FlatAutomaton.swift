/// A deterministic automaton in an image. All of it was checked when the image was opened.
struct FlatAutomaton: @unchecked Sendable {
    fileprivate let classes: UnsafePointer<UInt8>
    fileprivate let next: UnsafePointer<UInt16>
    fileprivate let flagsOfState: UnsafePointer<UInt8>
    fileprivate let stride: Int

    /// State 0 is dead.
    static let dead = 0
    static let start = 1

    @inline(__always) func step(_ state: Int, _ byte: UInt8) -> Int { Int(next[state &* stride &+ Int(classes[Int(byte)])]) }

    /// Of `StateFlags`.
    @inline(__always) func flags(_ state: Int) -> UInt8 { flagsOfState[state] }
}

/// A set of bytes in an image, as `ByteSet.bitmap` lays it out.
struct FlatByteSet: @unchecked Sendable {
    private let bitmap: UnsafePointer<UInt8>

    /// - Parameter bitmap: 32 bytes.
    init(bitmap: UnsafePointer<UInt8>) { self.bitmap = bitmap }

    @inline(__always) func contains(_ byte: UInt8) -> Bool { bitmap[Int(byte >> 3)] >> (byte & 7) & 1 != 0 }
}

/// The automaton of all triggers in an image.
struct FlatTrigger: @unchecked Sendable {
    fileprivate let classes: UnsafePointer<UInt8>
    fileprivate let next: UnsafePointer<UInt32>
    fileprivate let hitIndex: UnsafePointer<UInt32>
    fileprivate let hitRules: UnsafePointer<UInt16>
    fileprivate let stride: UInt32
    fileprivate let firstAccepting: UInt32
    let stateCount: Int

    static let start: UInt32 = 0

    /// Reads on until a trigger ends.
    ///
    /// - Parameter state: where the last call left it, at first `start`.
    /// - Returns: the index behind the trigger's last byte, or nil at the end of `text`.
    @inline(__always) private func nextHit(in text: UnsafeBufferPointer<UInt8>, from index: Int, _ state: inout UInt32) -> Int? {
        var current = state
        defer { state = current }
        for index in index..<text.count {
            current = next[Int(current &+ UInt32(classes[Int(text[index])]))]
            if current >= firstAccepting { return index + 1 }
        }
        return nil
    }

    /// Where a trigger ended, and in which state.
    struct Hit {
        var end: Int
        var state: UInt32
    }

    /// Reads all of `text` from `index` on. Four places are read at a time, because one alone waits for memory at every byte: a state depends on no more
    /// than the last 63 bytes, so three of the places begin that much earlier.
    func hits(in text: UnsafeBufferPointer<UInt8>, from index: Int, _ state: inout UInt32) -> [Hit] {
        let quarter = (text.count - index) / 4
        guard let bytes = text.baseAddress, quarter > 4 * CompiledRule.mostTriggerBytes else {
            return rest(of: text, from: index, &state)
        }
        var (a, b, c, d) = (state, Self.start, Self.start, Self.start)
        let starts = (index, index + quarter, index + 2 * quarter, index + 3 * quarter)
        for back in (1...CompiledRule.mostTriggerBytes).reversed() {
            b = step(b, bytes[starts.1 - back])
            c = step(c, bytes[starts.2 - back])
            d = step(d, bytes[starts.3 - back])
        }
        var found: ([Hit], [Hit], [Hit], [Hit]) = ([], [], [], [])
        for offset in 0..<quarter {
            a = step(a, bytes[starts.0 &+ offset])
            b = step(b, bytes[starts.1 &+ offset])
            c = step(c, bytes[starts.2 &+ offset])
            d = step(d, bytes[starts.3 &+ offset])
            if max(max(a, b), max(c, d)) >= firstAccepting {
                if a >= firstAccepting { found.0.append(Hit(end: starts.0 + offset + 1, state: a)) }
                if b >= firstAccepting { found.1.append(Hit(end: starts.1 + offset + 1, state: b)) }
                if c >= firstAccepting { found.2.append(Hit(end: starts.2 + offset + 1, state: c)) }
                if d >= firstAccepting { found.3.append(Hit(end: starts.3 + offset + 1, state: d)) }
            }
        }
        state = d
        return found.0 + found.1 + found.2 + found.3 + rest(of: text, from: starts.3 + quarter, &state)
    }

    private func rest(of text: UnsafeBufferPointer<UInt8>, from index: Int, _ state: inout UInt32) -> [Hit] {
        var found: [Hit] = []
        var index = index
        while let end = nextHit(in: text, from: index, &state) {
            found.append(Hit(end: end, state: state))
            index = end
        }
        return found
    }

    @inline(__always) private func step(_ state: UInt32, _ byte: UInt8) -> UInt32 {
        next[Int(state &+ UInt32(classes[Int(byte)]))]
    }

    /// The rules whose trigger ends in this state.
    @inline(__always) func rules(_ state: UInt32) -> UnsafeBufferPointer<UInt16> {
        let index = Int((state - firstAccepting) / stride)
        let first = Int(hitIndex[index])
        return UnsafeBufferPointer(start: hitRules + first, count: Int(hitIndex[index + 1]) - first)
    }
}

extension ImageReader {
    /// - Parameter header: five words: classes, stride, states, table, flags.
    func automaton(_ layout: (Int) throws(MaskSetError) -> Int) throws(MaskSetError) -> FlatAutomaton {
        let stride = try layout(1)
        let states = try layout(2)
        guard (1...256).contains(stride), (2...65536).contains(states) else { throw damaged("sizes of an automaton") }
        let classes = try classes(at: try layout(0), below: stride)
        let table: UnsafePointer<UInt16> = try array(at: try layout(3), count: stride * states)
        guard maximum(table, stride * states) < states else { throw damaged("a state") }
        let flags: UnsafePointer<UInt8> = try array(at: try layout(4), count: states)
        guard maximum(flags, states) <= StateFlags.all else { throw damaged("a flag") }
        // Dead is dead: no search goes on for ever in state 0, and none begins as a match of nothing.
        guard maximum(table, stride) == 0, flags[0] == 0, flags[1] & StateFlags.accepts == 0 else {
            throw damaged("the dead state")
        }
        return FlatAutomaton(classes: classes, next: table, flagsOfState: flags, stride: stride)
    }

    func trigger() throws(MaskSetError) -> FlatTrigger {
        let stride = try header(.triggerStride)
        let states = try header(.triggerStates)
        guard (1...256).contains(stride), (1...TriggerAutomaton.mostStates).contains(states) else {
            throw damaged("sizes of the trigger")
        }
        let classes = try classes(at: try header(.triggerClasses), below: stride)
        let table: UnsafePointer<UInt32> = try array(at: try header(.triggerTable), count: stride * states)
        // One that is no multiple of the stride would be wrong, and still inside the table.
        guard maximum(table, stride * states) <= stride * (states - 1) else { throw damaged("a state of the trigger") }
        let firstAccepting = try header(.triggerFirstAccepting)
        guard firstAccepting % stride == 0, firstAccepting <= stride * states else { throw damaged("accepting states") }
        let accepting = states - firstAccepting / stride
        let index: UnsafePointer<UInt32> = try array(at: try header(.hitIndex), count: accepting + 1)
        let count = try header(.hitCount)
        guard index[0] == 0, Int(index[accepting]) == count else { throw damaged("the index of hits") }
        for state in 0..<accepting where index[state] > index[state + 1] { throw damaged("the index of hits") }
        let hits: UnsafePointer<UInt16> = try array(at: try header(.hits), count: count)
        guard count == 0 || maximum(hits, count) < ruleCount else { throw damaged("a hit") }
        return FlatTrigger(
            classes: classes, next: table, hitIndex: index, hitRules: hits, stride: UInt32(stride),
            firstAccepting: UInt32(firstAccepting), stateCount: states)
    }

    private func classes(at offset: Int, below stride: Int) throws(MaskSetError) -> UnsafePointer<UInt8> {
        let classes: UnsafePointer<UInt8> = try array(at: offset, count: 256)
        guard maximum(classes, 256) < stride else { throw damaged("a class of bytes") }
        return classes
    }

    private func maximum<Value: FixedWidthInteger>(_ values: UnsafePointer<Value>, _ count: Int) -> Int {
        var most: Value = 0
        for index in 0..<count { most = max(most, values[index]) }
        return Int(most)
    }
}
