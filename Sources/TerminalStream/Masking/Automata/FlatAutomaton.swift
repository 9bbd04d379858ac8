/// A deterministic automaton in an image. All of it was checked when the image was opened.
///
/// A state is a word of its table: the place of its row, and below that its flags. So what is known of a state comes with it, and the next one is one access
/// to memory away.
struct FlatAutomaton: @unchecked Sendable {
    fileprivate let classes: UnsafePointer<UInt8>
    fileprivate let next: UnsafePointer<UInt32>
    fileprivate let stride: UInt32

    /// State 0 is dead.
    static let dead: UInt32 = 0
    /// Bits of the flags.
    static let flagBits: UInt32 = 4

    /// State 1.
    var start: UInt32 { stride << Self.flagBits }

    @inline(__always) func step(_ state: UInt32, _ byte: UInt8) -> UInt32 {
        next[Int(state >> Self.flagBits &+ UInt32(classes[Int(byte)]))]
    }

    /// Of `StateFlags`.
    @inline(__always) static func flags(_ state: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: state) & StateFlags.all }

    /// Counted from 0.
    func number(of state: UInt32) -> Int { Int(state >> Self.flagBits / stride) }
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
    @inline(__always) func nextHit(in text: UnsafeBufferPointer<UInt8>, from index: Int, _ state: inout UInt32) -> Int? {
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

    private static let lanes = 8

    /// Reads all of `text` from `index` on. Eight places are read at a time, because one alone waits for memory at every byte: a state depends on no more
    /// than the last 63 bytes, so all but the first of the places begin that much earlier.
    func hits(in text: UnsafeBufferPointer<UInt8>, from index: Int, _ state: inout UInt32) -> [Hit] {
        let part = (text.count - index) / Self.lanes
        guard let bytes = text.baseAddress, part > 2 * CompiledRule.mostTriggerBytes else {
            return rest(of: text, from: index, &state)
        }
        let first = bytes + index
        var (a, b, c, d) = (state, Self.start, Self.start, Self.start)
        var (e, f, g, h) = (Self.start, Self.start, Self.start, Self.start)
        for offset in -CompiledRule.mostTriggerBytes..<0 {
            b = step(b, first[part &+ offset])
            c = step(c, first[2 &* part &+ offset])
            d = step(d, first[3 &* part &+ offset])
            e = step(e, first[4 &* part &+ offset])
            f = step(f, first[5 &* part &+ offset])
            g = step(g, first[6 &* part &+ offset])
            h = step(h, first[7 &* part &+ offset])
        }
        var found = [[Hit]](repeating: [], count: Self.lanes)
        func take(_ state: UInt32, _ lane: Int, _ offset: Int) {
            if state >= firstAccepting { found[lane].append(Hit(end: index + lane * part + offset + 1, state: state)) }
        }
        for offset in 0..<part {
            let here = first + offset
            a = step(a, here[0])
            b = step(b, here[part])
            c = step(c, here[2 &* part])
            d = step(d, here[3 &* part])
            e = step(e, here[4 &* part])
            f = step(f, here[5 &* part])
            g = step(g, here[6 &* part])
            h = step(h, here[7 &* part])
            if max(max(max(a, b), max(c, d)), max(max(e, f), max(g, h))) >= firstAccepting {
                take(a, 0, offset)
                take(b, 1, offset)
                take(c, 2, offset)
                take(d, 3, offset)
                take(e, 4, offset)
                take(f, 5, offset)
                take(g, 6, offset)
                take(h, 7, offset)
            }
        }
        state = h
        return found.flatMap { $0 } + rest(of: text, from: index + Self.lanes * part, &state)
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
    /// - Parameter layout: four words: classes, stride, states, table.
    func automaton(_ layout: (Int) throws(MaskSetError) -> Int) throws(MaskSetError) -> FlatAutomaton {
        let stride = try layout(1)
        let states = try layout(2)
        guard (1...256).contains(stride), (2...65536).contains(states) else { throw damaged("sizes of an automaton") }
        let classes = try classes(at: try layout(0), below: stride)
        let table: UnsafePointer<UInt32> = try array(at: try layout(3), count: stride * states)
        // One that is no multiple of the stride would be wrong, and still inside the table.
        guard maximum(table, stride * states) >> Int(FlatAutomaton.flagBits) <= stride * (states - 1) else {
            throw damaged("a state")
        }
        // Dead is dead: no search goes on for ever in state 0.
        guard maximum(table, stride) == 0 else { throw damaged("the dead state") }
        return FlatAutomaton(classes: classes, next: table, stride: UInt32(stride))
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
