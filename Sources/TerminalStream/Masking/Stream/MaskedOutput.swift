/// Bytes on their way from a stream to where they go: what is held, what of it is masked, what may go out.
///
/// Positions are raw ones.
struct MaskedOutput: Sendable {
    /// A place that is masked.
    struct Mark: Sendable {
        var rule: Int
        var range: Range<Int>
        var isProgressive: Bool
        var style: MaskStyle
        /// Goes out instead, whatever the style.
        var replacement: [UInt8]?

        /// Whether it is decided before the other what is seen of bytes that belong to both.
        func precedes(_ other: Mark) -> Bool {
            let a = (range.lowerBound, isProgressive ? 0 : 1, -range.upperBound, rule)
            return a < (other.range.lowerBound, other.isProgressive ? 0 : 1, -other.range.upperBound, other.rule)
        }
    }

    private(set) var raw: [UInt8] = []
    private(set) var base = 0
    /// All before it has gone out.
    private(set) var position = 0
    /// From here on bytes were not read, and stay although they may have gone out.
    var unread = 0
    private var out: [UInt8] = []
    /// What stands in `out` was taken: its memory is for what comes next.
    private var isTaken = false
    /// Goes out before `out`, as it came in: nothing of it was copied.
    private var passed: ArraySlice<UInt8> = []
    /// There is no escape in what was taken last.
    private(set) var isPlain = false
    private var isPassedPlain = false
    /// Sequences in `raw` that move nothing. They stay where they are, in a masked value too.
    private var gaps: [Range<Int>] = []
    private var marks: [Mark] = []
    /// Characters that were printed over themselves, where first and where again.
    private var copies: [(first: Int, range: Range<Int>)] = []
    /// In the payload of strings, which are gaps themselves.
    private var stringMarks: [Mark] = []
    /// What was masked last.
    private var lastMasked = 0..<0
    let labels: [[UInt8]]

    init(labels: [[UInt8]]) { self.labels = labels }

    var end: Int { base + raw.count }

    mutating func append(_ bytes: ArraySlice<UInt8>) { bytes.withUnsafeBufferPointer { raw.append(contentsOf: $0) } }

    /// Lets bytes go out that nothing has to wait for and of which nothing is masked.
    ///
    /// - Parameters:
    ///   - bytes: directly behind `end`; nothing is held.
    ///   - isPlain: printable ASCII, CR, LF and TAB only.
    ///   - whole: what `bytes` are a part of, if what was passed before and not settled is one too.
    mutating func pass(_ bytes: ArraySlice<UInt8>, isPlain: Bool, of whole: ArraySlice<UInt8>?) {
        position += bytes.count
        base = position
        if isTaken || out.isEmpty {
            if passed.isEmpty {
                passed = bytes
                isPassedPlain = isPlain
            } else if let whole {
                passed = whole[passed.startIndex..<bytes.endIndex]
                isPassedPlain = isPassedPlain && isPlain
            } else {
                settle()
                out += bytes
            }
        } else {
            settle()
            out += bytes
        }
        if !raw.isEmpty { raw.removeAll(keepingCapacity: true) }
        if !gaps.isEmpty || !copies.isEmpty { forget() }
    }

    /// What was passed is copied: more comes behind it.
    mutating func settle() {
        if isTaken {
            out.removeAll(keepingCapacity: out.capacity <= Self.mostKept)
            isTaken = false
        }
        guard !passed.isEmpty else { return }
        out += passed
        passed = []
    }

    /// So much memory is kept for what goes out.
    private static let mostKept = 1 << 14

    func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> { raw[range.lowerBound - base..<range.upperBound - base] }

    func lexeme(at position: Int) -> Lexeme { Lexer.next(in: raw.span, from: position - base) }

    func byte(at position: Int) -> UInt8? { base <= position && position < end ? raw[position - base] : nil }

    mutating func takeOutput() -> ArraySlice<UInt8> {
        if !passed.isEmpty {
            isPlain = isPassedPlain
            defer { passed = [] }
            return passed
        }
        isPlain = false
        guard !isTaken, !out.isEmpty else { return [] }
        isTaken = true
        return out[...]
    }

    mutating func addGap(_ range: Range<Int>) { gaps.append(range) }

    /// Adds a mark, or lets one grow that began there for the same rule.
    mutating func add(_ mark: Mark) {
        var mark = mark
        mark.range = characterStart(at: mark.range.lowerBound)..<characterEnd(at: mark.range.upperBound)
        if mark.isProgressive,
            let index = marks.firstIndex(where: {
                $0.isProgressive && $0.rule == mark.rule && $0.range.lowerBound == mark.range.lowerBound
            })
        {
            let old = marks[index].range
            marks[index].range = old.lowerBound..<max(old.upperBound, mark.range.upperBound)
            for copy in copies where copy.first >= old.upperBound && mark.range.contains(copy.first) { addCopy(copy.range) }
            return
        }
        Self.insert(mark, into: &marks)
        for copy in copies where mark.range.contains(copy.first) && copy.range.lowerBound >= mark.range.upperBound {
            addCopy(copy.range)
        }
    }

    mutating func addToString(_ mark: Mark) { Self.insert(mark, into: &stringMarks) }

    private static func insert(_ mark: Mark, into marks: inout [Mark]) {
        var index = marks.count
        while index > 0, mark.precedes(marks[index - 1]) { index -= 1 }
        marks.insert(mark, at: index)
    }

    /// The character that begins at `first` is printed once more: it shares the fate of the first time.
    mutating func overstrike(_ range: Range<Int>, of first: Int) {
        copies.append((first, range))
        if lastMasked.contains(first) || marks.contains(where: { $0.range.contains(first) }) { addCopy(range) }
    }

    private mutating func addCopy(_ range: Range<Int>) {
        Self.insert(Mark(rule: 0, range: range, isProgressive: false, style: .cells), into: &marks)
    }

    /// Moves a position that is inside a well-formed character to where that begins.
    func characterStart(at position: Int) -> Int {
        guard let byte = byte(at: position), byte & 0xC0 == 0x80 else { return position }
        for start in stride(from: position - 1, through: max(position - 3, base), by: -1) where raw[start - base] & 0xC0 != 0x80 {
            return character(at: start).1 > position - start ? start : position
        }
        return position
    }

    private func characterEnd(at position: Int) -> Int {
        let start = characterStart(at: position)
        return start < position ? start + character(at: start).1 : position
    }

    // MARK: Out

    /// Lets everything before `limit` go out, masked; a value that is masked as a whole only when all of it may.
    mutating func flush(to limit: Int) {
        // A hold may be wider than need be, and reach back over what has gone out.
        guard limit > position else { return }
        settle()
        while let mark = marks.first, mark.range.lowerBound < limit {
            if mark.range.upperBound <= position {
                marks.removeFirst()
                continue
            }
            emit(position..<max(mark.range.lowerBound, position))
            let isWhole = mark.range.lowerBound >= position && (mark.style != .cells || mark.replacement != nil)
            if isWhole, mark.range.upperBound > limit { return forget() }
            let range = position..<min(mark.range.upperBound, limit)
            if isWhole { emitWhole(mark) } else { emitCells(range) }
            lastMasked = (lastMasked.upperBound == range.lowerBound ? lastMasked.lowerBound : range.lowerBound)..<range.upperBound
            position = range.upperBound
            if mark.range.upperBound > limit { return forget() }
            marks.removeFirst()
        }
        emit(position..<max(limit, position))
        forget()
    }

    private mutating func forget() {
        if !copies.isEmpty { copies.removeAll { $0.range.upperBound <= position } }
        if !gaps.isEmpty, position >= gaps[gaps.count - 1].upperBound {
            gaps.removeAll(keepingCapacity: true)
        } else if gaps.count > 64, gaps[gaps.count / 2].upperBound <= position {
            gaps.removeFirst(gaps.count / 2)
        }
        let done = min(position, unread)
        if done == end {
            raw.removeAll(keepingCapacity: raw.capacity <= 1 << 16)
            base = done
        } else if done - base >= 4096, done - base >= end - done {
            raw.removeFirst(done - base)
            base = done
        }
    }

    /// As it is, but for what is masked in strings.
    private mutating func emit(_ range: Range<Int>) {
        while let mark = stringMarks.first, mark.range.lowerBound < range.upperBound {
            if position < mark.range.lowerBound { out += bytes(position..<mark.range.lowerBound) }
            position = max(position, mark.range.lowerBound)
            if let replacement = mark.replacement, position == mark.range.lowerBound {
                out += replacement
            } else if mark.replacement == nil {
                addStars(max(0, min(mark.range.upperBound, range.upperBound) - position))
            }
            position = max(position, min(mark.range.upperBound, range.upperBound))
            guard mark.range.upperBound <= range.upperBound else { return }
            stringMarks.removeFirst()
        }
        if position < range.upperBound {
            Self.copy(raw, position - base..<range.upperBound - base, to: &out)
            position = range.upperBound
        }
    }

    private mutating func addStars(_ count: Int) { for _ in 0..<count { out.append(Self.star) } }

    /// Without a slice, which would be one more owner to count.
    private static func copy(_ bytes: borrowing [UInt8], _ range: Range<Int>, to out: inout [UInt8]) {
        bytes.withUnsafeBufferPointer { out.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
    }

    private static let star = UInt8(ascii: "*")

    private mutating func emitWhole(_ mark: Mark) {
        if let replacement = mark.replacement {
            out += replacement
        } else if mark.style == .cardEnds {
            return emitCardEnds(mark.range)
        } else if mark.style == .label {
            out += [UInt8(ascii: "<")] + labels[mark.rule] + [UInt8(ascii: ">")]
        } else {
            addStars(8)
        }
        for gap in gaps where mark.range.contains(gap.lowerBound) && !isStroke(gap) {
            position = gap.lowerBound
            emit(gap.clamped(to: mark.range))
        }
    }

    /// What prints one character over another: it goes with them.
    private func isStroke(_ gap: Range<Int>) -> Bool {
        byte(at: gap.lowerBound) == 0x08 || byte(at: gap.lowerBound) == UInt8(ascii: "_")
    }

    private mutating func emitCells(_ range: Range<Int>) {
        forEachCharacter(in: range) { output, scalar, place in
            if scalar.value < 0x20 {
                output.out += output.bytes(place)
            } else {
                output.addStars(scalar.value < 0x7F ? 1 : CharacterWidths.width(of: scalar))
            }
        }
    }

    private mutating func emitCardEnds(_ range: Range<Int>) {
        func isDigit(_ scalar: Unicode.Scalar) -> Bool {
            (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
        }
        var counter = self
        var digits = 0
        counter.forEachCharacter(in: range) { _, scalar, _ in digits += isDigit(scalar) ? 1 : 0 }
        guard digits >= 13 else { return emitCells(range) }
        var number = 0
        forEachCharacter(in: range) { output, scalar, place in
            number += isDigit(scalar) ? 1 : 0
            if isDigit(scalar), number > 6, number <= digits - 4 {
                output.addStars(CharacterWidths.width(of: scalar))
            } else {
                output.out += output.bytes(place)
            }
        }
    }

    /// Visits the characters between the gaps, and lets the gaps out.
    private mutating func forEachCharacter(
        in range: Range<Int>, _ visit: (inout MaskedOutput, Unicode.Scalar, Range<Int>) -> Void
    ) {
        var index = range.lowerBound
        var gap = gaps.partition(before: index)
        while index < range.upperBound {
            if gap < gaps.count, gaps[gap].lowerBound <= index {
                position = index
                emit(index..<min(gaps[gap].upperBound, range.upperBound))
                index = min(gaps[gap].upperBound, range.upperBound)
                gap += 1
                continue
            }
            let (scalar, length) = character(at: index)
            visit(&self, scalar, index..<min(index + length, range.upperBound))
            index += length
        }
    }

    private func character(at position: Int) -> (Unicode.Scalar, Int) {
        let lead = raw[position - base]
        if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
        guard var carried = CarriedCharacter(leadByte: lead) else { return ("\u{FFFD}", 1) }
        for next in position + 1..<position + 4 {
            guard let byte = byte(at: next) else { break }
            switch carried.take(byte) {
            case .unfinished: continue
            case .complete(let scalar): return (scalar, next + 1 - position)
            case .illFormed: return ("\u{FFFD}", 1)
            }
        }
        return ("\u{FFFD}", 1)
    }
}

extension [Range<Int>] {
    /// The index of the first range that ends behind `position`; they are in order.
    fileprivate func partition(before position: Int) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].upperBound <= position { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
