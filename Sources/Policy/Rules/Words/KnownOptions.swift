/// What rules have to know of a program's options to tell values from operands: which ones take the next word.
///
/// One entry is one line that can be compared with a manual: the options that take a value in a word of its own. An entry that ends in `…` speaks
/// only of the options in front of the subcommand; behind it, and for programs that are not in the table, a word after an option can be
/// either, and is taken for both.
struct KnownOptions: Sendable {
    struct Style: OptionSet, Sendable {
        let rawValue: Int
        /// `-delete` is one option, no cluster: `find`, `terraform`.
        static let oneDash = Style(rawValue: 1)
        /// The first word holds options without a dash: `tar xf`.
        static let bundle = Style(rawValue: 2)
        /// Subcommands can be abbreviated: `ip l s`.
        static let abbreviates = Style(rawValue: 4)
    }

    /// `C`, `git-dir`, without dashes.
    let valued: Set<String>
    /// Nothing else takes a word; else that is known only in front of the first operand.
    let isComplete: Bool
    let style: Style

    init(_ text: String, _ style: Style = []) {
        var valued: Set<String> = []
        var isComplete = true
        for word in text.split(separator: " ") {
            if word == "…" { isComplete = false } else { valued.insert(String(word.drop { $0 == "-" })) }
        }
        self.valued = valued
        self.isComplete = isComplete
        self.style = style
    }

    /// For a program of the table: by its name, or by its name without a version.
    static func of(_ program: String) -> KnownOptions? {
        table[program] ?? table[ProgramCatalogue.withoutVersion(program)]
    }
}
