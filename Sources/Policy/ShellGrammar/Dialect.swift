/// Whose grammar a text is read by.
///
/// The login's shell is not known to the bastion, and the same text can be harmless in one shell and `rm -rf /` in another. `common` takes
/// all that bash, zsh and ksh take and reads as bash where these differ. Where it met something that another family reads
/// differently, it says so (`Divergences`), and `ShellReader` reads the whole text once more in that family's way.
enum Dialect {
    case common
    /// dash and other small shells of POSIX.1-2024 without `[[`, `((`, `$'…'`, arrays and process substitution.
    case posix
    /// zsh where it differs from bash: `}` ends a group anywhere, `(` groups patterns.
    case zsh
    /// zsh at a prompt: `#` starts no comment.
    case zshAtPrompt
    /// `\'` inside of `'…'`, `\x72` outside of quotes, `(…)` as command substitution, a carriage return as newline.
    case fish

    /// Whether a text with a mistake is of any interest: the other readings only add what would surely run.
    var isStrict: Bool { self != .common }
    var isZsh: Bool { self == .zsh || self == .zshAtPrompt }
}

/// In which other families the text means something else.
struct Divergences: OptionSet {
    let rawValue: UInt8
    static let posix = Divergences(rawValue: 1)
    static let zsh = Divergences(rawValue: 2)
    static let zshAtPrompt = Divergences(rawValue: 4)
    static let fish = Divergences(rawValue: 8)

    var dialects: [Dialect] {
        var dialects: [Dialect] = []
        if contains(.posix) { dialects.append(.posix) }
        if contains(.zsh) { dialects.append(.zsh) }
        if contains(.zshAtPrompt) { dialects.append(.zshAtPrompt) }
        if contains(.fish) { dialects.append(.fish) }
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
}
