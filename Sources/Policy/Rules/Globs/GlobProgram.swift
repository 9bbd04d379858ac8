/// A glob of `policy.yaml`, compiled to the steps of a small automaton: `*`, `?`, `[…]`, `**`, and `\` before a character that means itself.
package struct GlobProgram: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case one(UInt32)
        case set(ScalarSet)
        /// `?`. `slash`: also a `/`.
        case any(slash: Bool)
        /// `*`, `**`
        case many(slash: Bool)
        /// Goes on here or so many steps further on.
        case skip(Int)
    }

    private(set) var steps: [Step]
    /// How many steps at the start are one character each.
    let literalCount: Int
    var isLiteral: Bool { literalCount == steps.count }

    init(steps: [Step]) {
        self.steps = steps
        literalCount = steps.prefix { if case .one = $0 { true } else { false } }.count
    }

    /// A glob over text that is no path: `*` and `?` take every character. Nil if a `[` is not closed.
    package init?(text: String) {
        guard let steps = Self.steps(Array(text.unicodeScalars.map(\.value))[...], slash: true) else { return nil }
        self.init(steps: steps)
    }

    /// - Parameter slash: whether `*` and `?` match `/`.
    static func steps(_ text: ArraySlice<UInt32>, slash: Bool) -> [Step]? {
        var steps: [Step] = []
        var index = text.startIndex
        while index < text.endIndex {
            switch text[index] {
            case 0x2A:
                let isDouble = index + 1 < text.endIndex && text[index + 1] == 0x2A
                let step = Step.many(slash: slash || isDouble)
                if steps.last != step { steps.append(step) }
                index += isDouble ? 2 : 1
            case 0x3F:
                steps.append(.any(slash: slash))
                index += 1
            case 0x5B:
                guard let (set, end) = BracketText.read(text, from: index) else { return nil }
                steps.append(.set(set))
                index = end
            case 0x5C where index + 1 < text.endIndex:
                steps.append(.one(text[index + 1]))
                index += 2
            case let value:
                steps.append(.one(value))
                index += 1
            }
        }
        return steps
    }
}
