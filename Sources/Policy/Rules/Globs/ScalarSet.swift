/// A set of characters, as `[a-z]` and `[!a-z]` write it. Values beyond Unicode stand for places (`Place`) and are in no set.
struct ScalarSet: Hashable, Sendable {
    var ranges: [ClosedRange<UInt32>]
    var isNegated = false

    func contains(_ value: UInt32) -> Bool {
        guard value <= 0x10FFFF else { return false }
        return ranges.contains { $0.contains(value) } != isNegated
    }

    /// Whether some character is in both; exact unless both are negated, where it is taken for granted.
    func intersects(_ other: ScalarSet) -> Bool {
        switch (isNegated, other.isNegated) {
        case (false, false): ranges.contains { range in other.ranges.contains { $0.overlaps(range) } }
        case (true, true): true
        case (false, true): !other.covers(ranges)
        case (true, false): !covers(other.ranges)
        }
    }

    /// Whether this negated set's ranges leave nothing of `others`. The ranges are few (`mostRanges`), so the walk is short.
    private func covers(_ others: [ClosedRange<UInt32>]) -> Bool {
        let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
        return others.allSatisfy { other in
            var next = other.lowerBound
            for range in sorted where range.contains(next) {
                if range.upperBound >= other.upperBound { return true }
                next = range.upperBound + 1
            }
            return false
        }
    }

    /// A class with more is cut, and taken for every character: see `BracketText`.
    static let mostRanges = 64
    static let everything = ScalarSet(ranges: [], isNegated: true)
}

/// Reads `[…]` of a glob.
enum BracketText {
    /// The set that starts at `start`, where `[` is, and the index after its `]`. Nil if there is no `]`.
    ///
    /// POSIX.1-2024 XBD 9.3.5: a `]` that comes first is one of the characters; `!` or `^` negates. Named classes (`[:alpha:]`) are read as ASCII;
    /// collating symbols and what else is not known here make the set everything, which is the strict side.
    static func read(_ text: ArraySlice<UInt32>, from start: Int) -> (set: ScalarSet, end: Int)? {
        var set = ScalarSet(ranges: [])
        var index = start + 1
        if index < text.endIndex, text[index] == 0x21 || text[index] == 0x5E {
            set.isNegated = true
            index += 1
        }
        let first = index
        var isExact = true
        while index < text.endIndex {
            let value = text[index]
            if value == 0x5D, index > first {
                return (isExact && set.ranges.count <= ScalarSet.mostRanges ? set : .everything, index + 1)
            }
            if value == 0x5B, index + 1 < text.endIndex, [0x3A, 0x2E, 0x3D].contains(text[index + 1]) {
                guard let (ranges, end) = named(text, from: index) else { return nil }
                if let ranges { set.ranges += ranges } else { isExact = false }
                index = end
            } else if value == 0x5C, index + 1 < text.endIndex {
                set.ranges.append(text[index + 1]...text[index + 1])
                index += 2
            } else if index + 2 < text.endIndex, text[index + 1] == 0x2D, text[index + 2] != 0x5D {
                if value <= text[index + 2] { set.ranges.append(value...text[index + 2]) }
                index += 3
            } else {
                set.ranges.append(value...value)
                index += 1
            }
        }
        return nil
    }

    /// `[:name:]`, and nil ranges for what is not one that is known.
    private static func named(_ text: ArraySlice<UInt32>, from start: Int) -> (ranges: [ClosedRange<UInt32>]?, end: Int)? {
        let mark = text[start + 1]
        var index = start + 2
        while index + 1 < text.endIndex {
            if text[index] == mark, text[index + 1] == 0x5D {
                let name = String(String.UnicodeScalarView(text[(start + 2)..<index].compactMap(Unicode.Scalar.init)))
                return (mark == 0x3A ? classes[name] : nil, index + 2)
            }
            index += 1
        }
        return nil
    }

    private static let classes: [String: [ClosedRange<UInt32>]] = [
        "alpha": [0x41...0x5A, 0x61...0x7A], "digit": [0x30...0x39], "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A],
        "upper": [0x41...0x5A], "lower": [0x61...0x7A], "space": [0x09...0x0D, 0x20...0x20], "blank": [0x09...0x09, 0x20...0x20],
        "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E], "print": [0x20...0x7E], "graph": [0x21...0x7E],
        "cntrl": [0x00...0x1F, 0x7F...0x7F], "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
    ]
}
