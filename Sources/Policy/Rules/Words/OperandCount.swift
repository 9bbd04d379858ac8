/// `operands` of a rule: `0`, `1`, `2+`, `1-3`.
package struct OperandCount: Hashable, Sendable {
    private let fewest: Int
    /// Nil for no end.
    private let most: Int?

    package init?(_ source: String) {
        func number(_ text: Substring) -> Int? {
            DecimalText.number(Array(text.utf8)[...]).flatMap { $0 <= Self.greatest ? $0 : nil }
        }
        if source.hasSuffix("+") {
            guard let fewest = number(source.dropLast()) else { return nil }
            (self.fewest, most) = (fewest, nil)
            return
        }
        let ends = source.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = ends.first.flatMap(number), let last = ends.last.flatMap(number), first <= last else { return nil }
        (fewest, most) = (first, last)
    }

    private static let greatest = 1000

    func match(_ facts: CommandFacts) -> Match {
        let parts = facts.parts
        let least = parts.fewestOperands
        let canFit = least <= most ?? .max && (parts.mostOperands ?? .max) >= fewest
        guard canFit else { return .no }
        if least >= fewest, (parts.mostOperands ?? .max) <= most ?? .max { return .yes }
        return facts.maybe("how many operands \(facts.called) gets is known only when it runs, and a rule asks about it")
    }
}
