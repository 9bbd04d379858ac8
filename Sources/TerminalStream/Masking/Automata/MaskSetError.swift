/// Why rules are not compiled, or an image is not opened.
package struct MaskSetError: Error, Equatable, CustomStringConvertible {
    /// The part of a rule that is to blame.
    package enum Part: String, Sendable {
        case prefix, value, suffix, trigger, notBefore, notAfter
    }

    /// The rule's name; empty if it is about the whole set.
    package var rule: String
    package var part: Part?
    /// In the part, from 1.
    package var column: Int?
    /// Begins in lower case, without a full stop.
    package var reason: String

    init(_ rule: MaskRule, _ part: Part?, _ reason: String, column: Int? = nil) {
        self.rule = rule.name
        self.part = part
        self.column = column
        self.reason = reason
    }

    init(_ reason: String) {
        rule = ""
        self.reason = reason
    }

    package var description: String {
        let place = [rule, part?.rawValue ?? "", column.map { "column \($0)" } ?? ""].filter { !$0.isEmpty }
        return (place.isEmpty ? "" : place.joined(separator: ", ") + ": ") + reason
    }
}
