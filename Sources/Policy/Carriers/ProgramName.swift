/// The name of a program as a word gives it: what stands behind the last `/` of it.
struct ProgramName {
    private let pieces: [CommandWord.Piece]

    init(_ word: CommandWord) {
        var pieces: [CommandWord.Piece] = []
        for piece in word.pieces.reversed() {
            guard case .text(let text) = piece, let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else {
                pieces.append(piece)
                continue
            }
            let rest = text[text.utf8.index(after: slash)...]
            if !rest.isEmpty { pieces.append(.text(String(rest))) }
            break
        }
        self.pieces = pieces.reversed()
    }

    /// The name if it is certain: `rm` of `/bin/rm`, and of `"$ROOT"/bin/rm`.
    var known: String? {
        switch pieces.count {
        case 0: ""
        case 1: if case .text(let text) = pieces[0] { text } else { nil }
        default: nil
        }
    }

    var isKnown: Bool { known != nil }

    /// The pattern that the name is, if nothing else is unknown: `r?` of `/bin/r?`.
    var pattern: NamePattern? {
        guard !isKnown else { return nil }
        return NamePattern(pieces)
    }
}

/// A pattern of file names (POSIX.1-2024 XCU 2.14): `*`, `?`, `[a-z]`. The forms of ksh, `@(a|b)`, and what else a bracket may
/// hold match anything.
struct NamePattern {
    private enum Element {
        case byte(UInt8)
        case any
        case star
        case set([ClosedRange<UInt8>], negated: Bool)
    }

    /// Longer patterns match no name of a program that is known here, unless they are mostly stars.
    private static let mostElements = 64

    private var elements: [Element] = []

    fileprivate init?(_ pieces: [CommandWord.Piece]) {
        for piece in pieces {
            switch piece {
            case .text(let text): elements += text.utf8.map { .byte($0) }
            case .pattern(let pattern): append(Array(pattern.utf8))
            case .home, .unknown: return nil
            }
            guard elements.count <= Self.mostElements else { return nil }
        }
    }

    private mutating func append(_ pattern: [UInt8]) {
        switch pattern.first {
        case UInt8(ascii: "*") where pattern.count == 1: elements.append(.star)
        case UInt8(ascii: "?") where pattern.count == 1: elements.append(.any)
        case UInt8(ascii: "[") where pattern.count > 2: elements.append(Self.set(pattern.dropFirst().dropLast()))
        default: elements.append(.star)
        }
    }

    private static func set(_ inside: ArraySlice<UInt8>) -> Element {
        var inside = inside
        let isNegated = inside.first == UInt8(ascii: "!") || inside.first == UInt8(ascii: "^")
        if isNegated { inside.removeFirst() }
        // `[[:alpha:]]` and quoting inside: rather too much than too little.
        guard !inside.contains(UInt8(ascii: "[")), !inside.contains(UInt8(ascii: "\\")), !inside.isEmpty else { return .any }
        var ranges: [ClosedRange<UInt8>] = []
        while let first = inside.popFirst() {
            if inside.first == UInt8(ascii: "-"), let last = inside.dropFirst().first {
                inside = inside.dropFirst(2)
                // In some locales a range holds letters of both cases.
                if first <= last { ranges.append(first...last) }
            } else {
                ranges.append(first...first)
            }
        }
        return .set(ranges, negated: isNegated)
    }

    /// Time grows with the product of both lengths: at most 64 times the length of a program's name.
    func matches(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        var (at, element) = (0, 0)
        var back: (element: Int, at: Int)?
        while at < bytes.count {
            if element < elements.count, case .star = elements[element] {
                back = (element, at)
                element += 1
            } else if element < elements.count, Self.matches(elements[element], bytes[at]) {
                at += 1
                element += 1
            } else if let star = back {
                back = (star.element, star.at + 1)
                (element, at) = (star.element + 1, star.at + 1)
            } else {
                return false
            }
        }
        return elements[element...].allSatisfy { if case .star = $0 { true } else { false } }
    }

    private static func matches(_ element: Element, _ byte: UInt8) -> Bool {
        switch element {
        case .byte(let own): own == byte
        case .any, .star: true
        case .set(let ranges, let negated): ranges.contains { $0.contains(byte) } != negated
        }
    }
}
