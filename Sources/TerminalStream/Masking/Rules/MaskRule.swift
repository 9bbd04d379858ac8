/// One kind of value that nobody should see.
///
/// A match is `prefix` `value` `suffix`, one directly behind the other, in the logical text of the output; only `value` is masked. All patterns are of
/// the linear subset that `MaskPattern` documents. Among the matches of one rule the leftmost and longest valid ones count, without overlap; among rules all do.
package struct MaskRule: Equatable, Sendable {
    package enum Category: String, CaseIterable, Sendable {
        /// Of persons: cards, national numbers, accounts, addresses.
        case personal
        /// Of services, known by their shape.
        case token
        /// Over several lines: private keys.
        case block
        /// A value behind a word that says what it is.
        case keyed
        /// A password's hash.
        case hash
        /// Written by the administrator in policy.yaml.
        case own
        /// Looks random, and nothing else is known of it. Only ever reported.
        case entropy
    }

    /// Whether it is looked for where nobody says anything.
    package enum Use: Sendable {
        case always
        /// Only where a target's or a policy's configuration names it.
        case optIn
    }

    /// In kebab-case, unique in a set: `github-token`.
    package var name: String
    package var category: Category
    package var use: Use
    /// What stands before the value, and may be seen: `ghp_`. Empty if the value begins at once.
    package var prefix: String
    package var value: String
    /// What has to follow the value, and may be seen. Usually empty.
    package var suffix: String
    /// ASCII letters of the patterns stand for both cases.
    package var ignoresCase: Bool
    /// Bytes that must not stand directly before and behind the match, as the inside of a character class: `A-Za-z0-9_`. Empty: any may.
    package var notBefore: String
    package var notAfter: String
    /// A short piece, at most 63 bytes wide, that every match contains: what is looked for in every byte. Empty: the prefix,
    /// or if that is shorter than three bytes, or long, about the first six bytes of prefix and value.
    package var trigger: String
    /// Asked about the longest match that may end where it does; in the category `personal`, of numbers with check digits, about shorter ones too.
    package var validator: MaskValidator?
    /// The widest match in bytes of logical text, up to `mostWide`.
    package var widest: Int
    /// Once prefix and the shortest value are there the match is certain: what follows is masked as it comes, without limit up to `widest`.
    package var isCommitted: Bool
    package var style: MaskStyle
    /// Where the shape was read.
    package var source: String
    /// A text with a match, and one that nearly is one. Made up.
    package var example: String
    package var nearMiss: String
    /// The values in `example`, where the rule says them.
    package var exampleValues: [String] = []

    package static let mostWide = 16 * 1024

    package init(
        _ name: String, _ category: Category, use: Use = .always, prefix: String = "", value: String, suffix: String = "",
        ignoresCase: Bool = false, notBefore: String = "", notAfter: String = "", trigger: String = "",
        validator: MaskValidator? = nil, widest: Int, isCommitted: Bool = false, style: MaskStyle = .cells, source: String,
        example: String, nearMiss: String
    ) {
        self.name = name
        self.category = category
        self.use = use
        self.prefix = prefix
        self.value = value
        self.suffix = suffix
        self.ignoresCase = ignoresCase
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.trigger = trigger
        self.validator = validator
        self.widest = widest
        self.isCommitted = isCommitted
        self.style = style
        self.source = source
        self.example = example
        self.nearMiss = nearMiss
    }
}

/// How a value looks when it is masked. The raw value is the wire's.
package enum MaskStyle: UInt8, CaseIterable, Sendable {
    /// One `*` for each cell.
    case cells = 1
    /// The first six and the last four digits stay (PCI DSS 3.4.1), the others are `*`; separators stay.
    case cardEnds = 2
    /// Eight `*`, whatever the length; in the alternate screen and in tables as `cells`.
    case fixed = 3
    /// `<name-of-the-rule>`; in the alternate screen and in tables as `cells`.
    case label = 4
}

/// What happens when a value is found. The raw value is the wire's. Later cases are stricter.
package enum MaskAction: UInt8, CaseIterable, Comparable, Sendable {
    case off = 0
    /// It is told, and seen.
    case report = 1
    case mask = 2
    /// Masked, and told at once as a security event.
    case alert = 3
    /// Masked, and the session ends.
    case endSession = 4

    package static func < (a: MaskAction, b: MaskAction) -> Bool { a.rawValue < b.rawValue }
}
