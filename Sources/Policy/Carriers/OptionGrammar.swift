/// The options of a program as far as they matter for finding what it starts: which ones take a value, and which ones mean that
/// it starts nothing.
///
/// Written as one line that can be compared with a manual: `-bkn u: user: preserve-env? h~ help!` has the flags `-b`, `-k` and
/// `-n`, the options `-u VALUE`, `--user VALUE`, `--preserve-env[=VALUE]`, an `-h` of which it is not certain whether it takes a
/// value, and `--help` after which nothing is run. A name of one letter is a short option, others are long; `bind::` takes two
/// values.
struct OptionGrammar: Sendable {
    enum Value: Hashable, Sendable {
        case none
        /// So many words, of which the first may be in the same word: `-uroot`, `--user=root`.
        case required(Int)
        /// Only in the same word: `-i.bak`, `--color=always`.
        case attached
        /// Versions of the program differ. Both readings are followed.
        case uncertain
    }

    struct Option: Hashable, Sendable {
        var value: Value
        /// `--help` and what else makes the program start nothing.
        var ends: Bool
    }

    struct Style: OptionSet, Sendable {
        let rawValue: Int
        /// Options may follow operands, as GNU getopt permits without `+`.
        static let permutes = Style(rawValue: 1)
        /// `-5` and `+5` are options: `nice -5`.
        static let numbers = Style(rawValue: 2)
        /// `NAME=value` in front of the first operand is for the environment: `sudo`, `env`.
        static let assignments = Style(rawValue: 4)
        /// Long names with one dash, as getopt_long_only reads them: `gdb -args`.
        static let oneDash = Style(rawValue: 8)
        /// `+x` is an option like `-x`: shells.
        static let plus = Style(rawValue: 16)
        /// `-` is an option without meaning here: `env -`, `sh -`.
        static let dash = Style(rawValue: 32)
    }

    private var short: [UInt8: Option] = [:]
    private var long: [String: Option] = [:]
    let style: Style

    init(_ text: String, _ style: Style = []) {
        self.style = style
        for word in text.split(separator: " ") {
            if word.first == "-" {
                for letter in word.utf8.dropFirst() { short[letter] = Option(value: .none, ends: false) }
                continue
            }
            let name = word.prefix { !":?~!".contains($0) || word.utf8.count == 1 }
            let marks = word.dropFirst(name.count)
            let value: Value =
                switch marks.first {
                case ":": .required(marks.count { $0 == ":" })
                case "?": .attached
                case "~": .uncertain
                default: .none
                }
            let option = Option(value: value, ends: marks.last == "!")
            if let letter = name.utf8.first, name.utf8.count == 1 { short[letter] = option } else { long[String(name)] = option }
        }
    }

    func option(short letter: UInt8) -> Option? { short[letter] }

    /// Whether a word with one dash is a long option: it has the whole name of one, or its first letter is no short option.
    func prefersLong(_ name: String) -> Bool {
        if long[name] != nil { return true }
        guard let letter = name.utf8.first, short[letter] == nil else { return false }
        return option(long: name) != nil
    }

    /// The option with this long name, or the one of which it is an abbreviation, as getopt_long takes it. Nil if there is none,
    /// or if the abbreviation can be of options that differ in their values.
    func option(long name: String) -> (name: String, option: Option)? {
        if let option = long[name] { return (name, option) }
        guard !name.isEmpty else { return nil }
        let possible = long.filter { $0.key.utf8.starts(with: name.utf8) }
        guard let first = possible.min(by: { $0.key < $1.key }) else { return nil }
        return possible.values.allSatisfy { $0 == first.value } ? (first.key, first.value) : nil
    }
}
