/// A word of a command as the shell will hand it to the program, as far as that can be told before it runs.
package struct CommandWord: Hashable, Sendable {
    package enum Piece: Hashable, Sendable {
        /// Exactly these characters: quoted, escaped or plain. Bytes that are not UTF-8 are U+FFFD.
        case text(String)
        /// Unquoted pattern characters as typed: `*`, `?`, `[a-z]`, and the ksh forms `@(a|b)`, `+(…)`, `!(…)`. The shell replaces the word by the
        /// names that match, or leaves it as it is when none does.
        case pattern(String)
        /// `~` or `$HOME` or `${HOME}`: the login's home directory.
        case home
        case unknown(Unknown)
    }

    /// Text that is known only when the command runs.
    package struct Unknown: Hashable, Sendable {
        /// What stands there, as typed: `$x`, `$(date)`, `~bob`. For people; at most 80 characters.
        package var source: String
        /// Values that the line itself gives it in plain view (`x=rm; $x`), most recent last, at most 8. It may be one of them or anything else.
        package var candidates: [String]
        /// Not quoted: the shell splits it, so it can be no word at all, or many.
        package var splits: Bool
        /// It is a path below the directory that stands before it, without `..` in it: what `find` puts in the place of `{}`.
        package var staysBelow: Bool

        package init(source: String, candidates: [String] = [], splits: Bool, staysBelow: Bool = false) {
            self.source = source
            self.candidates = candidates
            self.splits = splits
            self.staysBelow = staysBelow
        }
    }

    /// In order; neighbouring texts are one piece; empty for the empty word `''`.
    package var pieces: [Piece]
    /// As it was typed, for people; at most 200 characters.
    package var source: String

    package init(pieces: [Piece], source: String) {
        self.pieces = pieces
        self.source = source
    }

    /// A word that is wholly known.
    package init(_ text: String) { self.init(pieces: text.isEmpty ? [] : [.text(text)], source: String(text.prefix(200))) }

    /// The whole word if it is certain; nil if a pattern, the home directory or anything unknown is in it.
    package var known: String? {
        switch pieces.count {
        case 0: ""
        case 1: if case .text(let text) = pieces[0] { text } else { nil }
        default: nil
        }
    }

    /// Whether the shell can make no word or several of it.
    package var splits: Bool {
        pieces.contains {
            switch $0 {
            case .unknown(let unknown): unknown.splits
            case .pattern: true
            case .text, .home: false
            }
        }
    }
}
