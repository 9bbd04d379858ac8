/// A pattern of a mask rule, over bytes. What can be written is what can be looked for in one pass, in time linear in the text:
///
/// - bytes stand for themselves, a UTF-8 character for its bytes one after the other;
/// - `\d` `\w` `\s` and the opposite `\D` `\W` `\S`, as in the "C" locale; `\t` `\n` `\r` `\f` `\v` `\xHH`; `\` before punctuation: that character;
/// - `.`: anything but a line end;
/// - `[a-z_]` and `[^a-z_]`: classes of bytes with ranges and the escapes above; a `]` in a class is written `\]`;
/// - `(…)` and `(?:…)` groups, `|` alternatives;
/// - `?` `*` `+` `{m}` `{m,}` `{m,n}` how often.
///
/// Nothing else: no `^` `$` `\b` (a rule has boundaries), no look-around, no back references, no `*?` (the longest match counts). ESC never matches, not in
/// `[^…]` either: it stands where the cursor was moved.
indirect enum MaskPattern: Equatable, Sendable {
    case bytes(ByteSet)
    /// Nothing, if there are no parts.
    case sequence([MaskPattern])
    case alternatives([MaskPattern])
    /// `maximum` nil: any number.
    case repeated(MaskPattern, minimum: Int, maximum: Int?)

    static let empty = MaskPattern.sequence([])

    /// The fewest bytes that match.
    var shortest: Int {
        switch self {
        case .bytes: 1
        case .sequence(let parts): parts.reduce(0) { Self.sum($0, $1.shortest) }
        case .alternatives(let choices): choices.lazy.map(\.shortest).min() ?? 0
        case .repeated(let part, let minimum, _): Self.product(part.shortest, minimum)
        }
    }

    /// The most bytes that match; nil if there is no limit.
    var longest: Int? {
        switch self {
        case .bytes: return 1
        case .sequence(let parts):
            return parts.reduce(0 as Int?) { sum, part in
                guard let sum, let longest = part.longest else { return nil }
                return Self.sum(sum, longest)
            }
        case .alternatives(let choices):
            return choices.reduce(0 as Int?) { most, choice in
                guard let most, let longest = choice.longest else { return nil }
                return max(most, longest)
            }
        case .repeated(let part, _, let maximum):
            guard let maximum, let longest = part.longest else { return nil }
            return Self.product(longest, maximum)
        }
    }

    /// How many places it has when each repetition is written out.
    var positions: Int {
        switch self {
        case .bytes: 1
        case .sequence(let parts), .alternatives(let parts): parts.reduce(0) { Self.sum($0, $1.positions) }
        case .repeated(let part, let minimum, let maximum): Self.product(part.positions, max(maximum ?? minimum, 1))
        }
    }

    /// Matches all that this one does and more, with few positions: numbers of repetitions are forgotten.
    var relaxed: MaskPattern {
        switch self {
        case .bytes: self
        case .sequence(let parts): .sequence(parts.map(\.relaxed))
        case .alternatives(let choices): .alternatives(choices.map(\.relaxed))
        case .repeated(let part, let minimum, let maximum):
            .repeated(part.relaxed, minimum: min(minimum, 1), maximum: maximum.map { $0 <= 1 } ?? false ? maximum : nil)
        }
    }

    /// Matches the beginning of all that this one matches, `width` bytes or little more.
    func beginning(_ width: Int) -> MaskPattern { cut(to: width).pattern }

    /// - Returns: whether what follows the pattern is cut off too.
    private func cut(to width: Int) -> (pattern: MaskPattern, isCut: Bool) {
        switch self {
        case .bytes: return (self, width <= 1)
        case .sequence(let parts):
            var taken: [MaskPattern] = []
            var left = width
            for part in parts {
                let (beginning, isCut) = part.cut(to: left)
                taken.append(beginning)
                left -= beginning.shortest
                if isCut || left <= 0 { return (.sequence(taken), true) }
            }
            return (.sequence(taken), false)
        case .alternatives(let choices):
            let cuts = choices.map { $0.cut(to: width) }
            return (.alternatives(cuts.map(\.pattern)), cuts.contains { $0.isCut })
        case .repeated(let part, let minimum, let maximum):
            if part.shortest > 0, part.longest == part.shortest, minimum * part.shortest >= width {
                let count = (width + part.shortest - 1) / part.shortest
                return (.repeated(part, minimum: count, maximum: count), true)
            }
            if let maximum, maximum * max(part.longest ?? 64, 1) <= 16 { return (self, false) }
            // What may be long ends the beginning at its fewest; an empty one only ends it.
            return (minimum == 0 ? .empty : .repeated(part, minimum: minimum, maximum: minimum), true)
        }
    }

    // Numbers are only compared with budgets, so an overflow may be any large number.
    private static let large = 1 << 40

    private static func sum(_ a: Int, _ b: Int) -> Int { min(a + b, large) }

    private static func product(_ a: Int, _ b: Int) -> Int {
        let (value, overflow) = a.multipliedReportingOverflow(by: b)
        return overflow ? large : min(value, large)
    }
}
