/// Whose grammar a text is read by.
///
/// The login's shell is not known to the bastion, and the same text can be harmless in one shell and `rm -rf /` in another. `common` takes
/// all that bash, zsh and ksh take and reads as bash where these differ. Where it met something that another family reads
/// differently, it says so (`Divergences`), and `ShellReader` reads the whole text once more in that family's way.
enum Dialect {
    case common
    /// dash and other small shells of POSIX.1-2024 without `[[`, `((`, `$'…'`, arrays and process substitution.
    case posix
    /// ksh93 and mksh in `$'…'`, where a backslash before anything else is dropped.
    case ksh
    /// zsh where it differs from bash: `}` ends a group anywhere, `(` groups patterns.
    case zsh
    /// zsh at a prompt: `#` starts no comment.
    case zshAtPrompt
    /// `\'` inside of `'…'`, `\x72` outside of quotes, `(…)` as command substitution, a carriage return as blank.
    case fish

    /// Whether a text with a mistake is of any interest: the other readings only add what would surely run.
    var isStrict: Bool { self != .common }
    var isZsh: Bool { self == .zsh || self == .zshAtPrompt }
    var hasArrays: Bool { self != .posix && self != .fish }
    /// Whether `1=x` is an assignment.
    var namesParameters: Bool { isZsh || self == .fish }
}

/// In which other families the text means something else.
struct Divergences: OptionSet {
    let rawValue: UInt8
    static let posix = Divergences(rawValue: 1)
    static let zsh = Divergences(rawValue: 2)
    static let zshAtPrompt = Divergences(rawValue: 4)
    static let fish = Divergences(rawValue: 8)
    static let ksh = Divergences(rawValue: 16)

    var dialects: [Dialect] {
        var dialects: [Dialect] = []
        if contains(.posix) { dialects.append(.posix) }
        if contains(.zsh) { dialects.append(.zsh) }
        if contains(.zshAtPrompt) { dialects.append(.zshAtPrompt) }
        if contains(.fish) { dialects.append(.fish) }
        if contains(.ksh) { dialects.append(.ksh) }
        return dialects
    }
}

/// What the shells read differently and no other reading shows.
struct Peculiarities: OptionSet {
    let rawValue: UInt8
    /// `\x72` outside of quotes.
    static let foreignEscape = Peculiarities(rawValue: 1)
    /// `$'rm\0'`
    static let nulInQuotes = Peculiarities(rawValue: 2)
    /// `$((echo a) # ); rm x`
    static let countedParentheses = Peculiarities(rawValue: 4)
    /// `<<'E⏎F'`, which only dash and ksh ever find.
    static let newlineInDelimiter = Peculiarities(rawValue: 8)

    /// `!!`, `!rm`
    static let history = Peculiarities(rawValue: 16)

    /// For people.
    var reasons: [String] {
        var reasons: [String] = []
        if contains(.foreignEscape) {
            reasons.append("fish takes a backslash in it for the code of a character, the other shells do not")
        }
        if contains(.nulInQuotes) { reasons.append("it quotes a NUL, which ends a word in some shells and is nothing in others") }
        if contains(.countedParentheses) { reasons.append("bash and the other shells find different ends of a `$((`") }
        if contains(.newlineInDelimiter) { reasons.append("the shells find different ends of a here-document") }
        if contains(.history) { reasons.append("bash and zsh put an older command in for a `!` or `^` in it") }
        return reasons
    }
}
