/// Reads a pattern. Time is linear in its length, and so is the depth of recursion up to `deepest`.
struct MaskPatternParser {
    private let text: [UInt8]
    private let ignoresCase: Bool
    private var index = 0
    private var depth = 0

    static let longestPattern = 4096
    static let deepest = 32
    /// The largest number in `{m,n}`.
    static let mostRepetitions = 4096

    private init(_ text: String, ignoresCase: Bool) {
        self.text = Array(text.utf8)
        self.ignoresCase = ignoresCase
    }

    /// - Throws: `MaskPatternError` with the column.
    static func parse(_ text: String, ignoresCase: Bool = false) throws(MaskPatternError) -> MaskPattern {
        var parser = MaskPatternParser(text, ignoresCase: ignoresCase)
        guard parser.text.count <= longestPattern else {
            throw parser.error("the pattern is longer than \(longestPattern) bytes")
        }
        let pattern = try parser.alternatives()
        if parser.peek != nil { throw parser.error("`)` closes nothing") }
        return pattern
    }

    /// Reads the inside of a class, as a rule's boundaries are written: `A-Za-z0-9_`, `^\r\n`.
    static func parseClass(_ text: String) throws(MaskPatternError) -> ByteSet {
        var parser = MaskPatternParser(text, ignoresCase: false)
        let isInverted = parser.skip(UInt8(ascii: "^"))
        var set = ByteSet()
        while parser.peek != nil { set.formUnion(try parser.classItem()) }
        return parser.finished(isInverted ? set.inverted : set)
    }

    private var peek: UInt8? { index < text.count ? text[index] : nil }

    private func error(_ reason: String, at position: Int? = nil) -> MaskPatternError {
        MaskPatternError(reason: reason, column: (position ?? index) + 1)
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        index += 1
        return true
    }

    private mutating func alternatives() throws(MaskPatternError) -> MaskPattern {
        var choices = [try sequence()]
        while skip(UInt8(ascii: "|")) { choices.append(try sequence()) }
        return choices.count == 1 ? choices[0] : .alternatives(choices)
    }

    private mutating func sequence() throws(MaskPatternError) -> MaskPattern {
        var parts: [MaskPattern] = []
        while let byte = peek, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            let atom = try atom()
            parts.append(try repeated(atom))
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func atom() throws(MaskPatternError) -> MaskPattern {
        let start = index
        let byte = text[index]
        switch byte {
        case UInt8(ascii: "("): return try group()
        case UInt8(ascii: "["): return .bytes(try bracketed())
        case UInt8(ascii: "\\"): return .bytes(finished(try escape()))
        case UInt8(ascii: "."):
            index += 1
            return .bytes(finished(ByteSet([0x0A, 0x0D]).inverted))
        case UInt8(ascii: "^"), UInt8(ascii: "$"):
            throw error("anchors are not supported; a rule has boundaries")
        case UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "{"):
            throw error("nothing stands before this to repeat; write `\\` before it to mean the character")
        default:
            index += 1
            if byte == 0x1B { throw error("an escape character is never text", at: start) }
            return .bytes(finished(ByteSet([byte])))
        }
    }

    private mutating func group() throws(MaskPatternError) -> MaskPattern {
        let start = index
        index += 1
        if skip(UInt8(ascii: "?")) {
            guard skip(UInt8(ascii: ":")) else {
                throw error("only plain groups `(…)` and `(?:…)`: no look-around, no flags, no names", at: start)
            }
        }
        depth += 1
        guard depth <= Self.deepest else { throw error("groups are nested more than \(Self.deepest) deep", at: start) }
        let inner = try alternatives()
        depth -= 1
        guard skip(UInt8(ascii: ")")) else { throw error("the group is not closed", at: start) }
        return inner
    }

    private mutating func repeated(_ atom: MaskPattern) throws(MaskPatternError) -> MaskPattern {
        var result = atom
        var isRepeated = false
        while let byte = peek {
            let start = index
            let (minimum, maximum): (Int, Int?)
            switch byte {
            case UInt8(ascii: "?"): (minimum, maximum) = (0, 1)
            case UInt8(ascii: "*"): (minimum, maximum) = (0, nil)
            case UInt8(ascii: "+"): (minimum, maximum) = (1, nil)
            case UInt8(ascii: "{"): (minimum, maximum) = try counts()
            default: return result
            }
            if byte != UInt8(ascii: "{") { index += 1 }
            if isRepeated {
                throw error("lazy, possessive and doubled repetitions are not supported: the longest match counts", at: start)
            }
            isRepeated = true
            result = .repeated(result, minimum: minimum, maximum: maximum)
        }
        return result
    }

    private mutating func counts() throws(MaskPatternError) -> (Int, Int?) {
        let start = index
        index += 1
        guard let minimum = try number() else {
            throw error("`{` needs a number behind it; write `\\{` to mean the character", at: start)
        }
        var maximum: Int? = minimum
        if skip(UInt8(ascii: ",")) { maximum = try number() }
        guard skip(UInt8(ascii: "}")) else { throw error("`{` is not closed", at: start) }
        if let maximum, maximum < minimum || maximum == 0 {
            throw error("the second number has to be at least the first, and not 0", at: start)
        }
        return (minimum, maximum)
    }

    private mutating func number() throws(MaskPatternError) -> Int? {
        let start = index
        var value = 0
        while let byte = peek, (0x30...0x39).contains(byte) {
            value = value * 10 + Int(byte - 0x30)
            index += 1
            guard value <= Self.mostRepetitions else { throw error("more than \(Self.mostRepetitions) repetitions", at: start) }
        }
        return index > start ? value : nil
    }

    private mutating func bracketed() throws(MaskPatternError) -> ByteSet {
        let start = index
        index += 1
        let isInverted = skip(UInt8(ascii: "^"))
        var set = ByteSet()
        while let byte = peek, byte != UInt8(ascii: "]") { set.formUnion(try classItem()) }
        guard skip(UInt8(ascii: "]")) else { throw error("the class is not closed", at: start) }
        guard !set.isEmpty else { throw error("the class is empty; a `]` in a class is written `\\]`", at: start) }
        if ignoresCase { set = set.ignoringCase }
        let result = finished(isInverted ? set.inverted : set)
        guard !result.isEmpty else { throw error("the class leaves nothing that can match", at: start) }
        return result
    }

    /// One byte, escape or range of a class.
    private mutating func classItem() throws(MaskPatternError) -> ByteSet {
        let start = index
        if text[start...].starts(with: "[:".utf8) { throw error("named classes like [:alpha:] are not supported") }
        let low = try classByte()
        guard let first = low.single, peek == UInt8(ascii: "-"), index + 1 < text.count, text[index + 1] != UInt8(ascii: "]")
        else {
            return low.set
        }
        index += 1
        guard let last = try classByte().single, first <= last else { throw error("not a range", at: start) }
        guard last < 0x80 || first >= 0x80 else { throw error("a range may not go from ASCII to bytes above it", at: start) }
        return ByteSet(first...last)
    }

    private mutating func classByte() throws(MaskPatternError) -> (set: ByteSet, single: UInt8?) {
        let byte = text[index]
        guard byte == UInt8(ascii: "\\") else {
            index += 1
            if byte >= 0x80 {
                throw error("a class is of bytes: write a character beyond ASCII as an alternative", at: index - 1)
            }
            if byte == 0x1B { throw error("an escape character is never text", at: index - 1) }
            return (ByteSet([byte]), byte)
        }
        let set = try escape()
        let members = (UInt8.min...UInt8.max).filter(set.contains)
        return (set, members.count == 1 ? members[0] : nil)
    }

    private mutating func escape() throws(MaskPatternError) -> ByteSet {
        let start = index
        index += 1
        guard let byte = peek else { throw error("nothing follows `\\`", at: start) }
        index += 1
        switch byte {
        case UInt8(ascii: "d"): return Self.digits
        case UInt8(ascii: "D"): return Self.digits.inverted
        case UInt8(ascii: "w"): return Self.word
        case UInt8(ascii: "W"): return Self.word.inverted
        case UInt8(ascii: "s"): return Self.space
        case UInt8(ascii: "S"): return Self.space.inverted
        case UInt8(ascii: "t"): return ByteSet([0x09])
        case UInt8(ascii: "n"): return ByteSet([0x0A])
        case UInt8(ascii: "r"): return ByteSet([0x0D])
        case UInt8(ascii: "f"): return ByteSet([0x0C])
        case UInt8(ascii: "v"): return ByteSet([0x0B])
        case UInt8(ascii: "x"): return ByteSet([try hexadecimal(from: start)])
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E, 0x20: return ByteSet([byte])
        default: throw error("`\\\(Character(Unicode.Scalar(byte)))` is not supported", at: start)
        }
    }

    private mutating func hexadecimal(from start: Int) throws(MaskPatternError) -> UInt8 {
        guard index + 2 <= text.count, let value = UInt8(String(decoding: text[index..<index + 2], as: UTF8.self), radix: 16)
        else {
            throw error("`\\x` needs two hexadecimal digits", at: start)
        }
        index += 2
        if value == 0x1B { throw error("an escape character is never text", at: start) }
        return value
    }

    private func finished(_ set: ByteSet) -> ByteSet {
        var set = ignoresCase ? set.ignoringCase : set
        set.remove(0x1B)
        return set
    }

    private static let digits = ByteSet(0x30...0x39)
    private static let space = ByteSet([0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20])
    private static let word: ByteSet = {
        var set = digits
        set.formUnion(ByteSet(0x41...0x5A))
        set.formUnion(ByteSet(0x61...0x7A))
        set.insert(0x5F)
        return set
    }()
}
