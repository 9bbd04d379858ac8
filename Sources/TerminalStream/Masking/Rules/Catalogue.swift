extension MaskRule {
    /// All rules that come with Sallyport, by category; `docs/masking-rules.md` is made from it.
    ///
    /// The order is part of a compiled set: new rules go to the end of their group.
    package static let catalogue: [MaskRule] =
        cards + persons + nationalNumbers + contacts + amazon + clouds + infrastructure + codeHosts + registries + developers
        + messages + payments
        + models + monitoring + signedTokens + keyBlocks + keyFiles + headers + passwords + secrets + commands + files
        + systemHashes
        + databaseHashes + randomLooking

    /// What is looked for where nobody says anything.
    package static var standard: [MaskRule] { catalogue.filter { $0.use == .always } }

    /// The inside of a word: where it goes on, a match is a piece of something else.
    static let word = "A-Za-z0-9_"

    /// A rule whose example says which part is the value.
    init(
        _ name: String, _ category: Category, use: Use = .always, prefix: String = "", value: String, suffix: String = "",
        ignoresCase: Bool = false, notBefore: String = "", notAfter: String = "", trigger: String = "",
        validator: MaskValidator? = nil, widest: Int, isCommitted: Bool = false, style: MaskStyle = .cells, source: String,
        matches example: Marked, misses nearMiss: String
    ) {
        self.init(
            name, category, use: use, prefix: prefix, value: value, suffix: suffix, ignoresCase: ignoresCase,
            notBefore: notBefore,
            notAfter: notAfter, trigger: trigger, validator: validator, widest: widest, isCommitted: isCommitted, style: style,
            source: source,
            example: example.text, nearMiss: nearMiss)
        exampleValues = example.values
    }

    /// A token that begins with what its service is known by. It stands alone, unless `notBefore` is empty: for prefixes that nothing else ends with, since
    /// `\nghp_…` in JSON and `%3Dghp_…` in an address are tokens too.
    static func token(
        _ name: String, _ prefix: String, _ value: String, notBefore: String = word, notAfter: String = word,
        trigger: String? = nil,
        validator: MaskValidator? = nil, widest: Int, isCommitted: Bool = false, source: String, matches example: Marked,
        misses nearMiss: String
    ) -> MaskRule {
        MaskRule(
            name, .token, prefix: prefix, value: value, notBefore: notBefore, notAfter: notAfter, trigger: trigger ?? prefix,
            validator: validator,
            widest: widest, isCommitted: isCommitted, source: source, matches: example, misses: nearMiss)
    }
}
