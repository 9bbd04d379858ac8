/// A line that somebody wants to run, and what is known of it. The guard holds it until it is answered by a `LineAnswer`.
package struct LineQuestion: Equatable, Sendable {
    /// Counts the questions of one channel, from 1.
    package var number: UInt32
    /// The whole command as the shell would read it, with the earlier lines of a command over several lines, joined by `\n`. At most
    /// `longestText` bytes; what is longer is refused without a question.
    package var text: [UInt8]
    package var language: LineLanguage
    package var witnesses: LineWitnesses
    /// Why the line is not known for certain; empty when it is. At most `mostDoubts`.
    package var doubts: [LineDoubt]
    /// What words of the line mean in this shell, as it told. At most `mostDefinitions`, at most `longestDefinitions` bytes in all.
    package var definitions: [LineDefinition]
    /// What else the whole command may be, where it is not known for certain: what other witnesses make of it. The strictest verdict holds. At most
    /// `mostOtherReadings`, at most `longestOtherReadings` bytes in all. They are judged and not kept, because they may hold what was typed where nothing echoed.
    package var otherReadings: [[UInt8]]
    /// The question that this one takes the place of: the same command, one line shorter.
    package var replaces: UInt32?

    package static let longestText = 64 * 1024
    package static let mostDoubts = 8
    package static let mostOtherReadings = 4
    package static let longestOtherReadings = 24 * 1024
    package static let mostDefinitions = 64
    package static let longestDefinitions = 32 * 1024

    package init(
        number: UInt32, text: [UInt8], language: LineLanguage, witnesses: LineWitnesses, doubts: [LineDoubt] = [],
        definitions: [LineDefinition] = [], otherReadings: [[UInt8]] = [], replaces: UInt32? = nil
    ) {
        self.number = number
        self.text = text
        self.language = language
        self.witnesses = witnesses
        self.doubts = doubts
        self.definitions = definitions
        self.otherReadings = otherReadings
        self.replaces = replaces
    }
}

/// Who reads the line. The raw value is the wire's.
package enum LineLanguage: UInt8, CaseIterable, Sendable {
    case bash = 1
    case zsh = 2
    case fish = 3
    /// A shell that did not tell its name: dash, busybox ash, ksh, or one that is not known at all.
    case shell = 4
    /// Statements and backslash commands of these clients.
    case psql = 16
    case mysql = 17
    case sqlite3 = 18

    /// For people and for the ledger.
    package var name: String { "\(self)" }
}

/// Who says that this is the line.
package struct LineWitnesses: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The shell's own line editor.
    package static let editor = LineWitnesses(rawValue: 1)
    /// What stands on the screen between the prompt and the end of the line.
    package static let screen = LineWitnesses(rawValue: 2)
    /// The keys since the prompt, edited as a plain terminal would.
    package static let keys = LineWitnesses(rawValue: 4)

    /// For people and for the ledger, in a fixed order.
    package var names: [String] {
        [(LineWitnesses.editor, "editor"), (.screen, "screen"), (.keys, "keys")].filter { contains($0.0) }.map(\.1)
    }
}

/// Why a line is not known for certain. The raw value is the wire's, `kind` a contract for the ledger.
package enum LineDoubt: UInt8, CaseIterable, Sendable {
    /// Two witnesses tell different lines.
    case witnessesDiffer = 1
    /// Only one witness tells anything, and it is not enough.
    case oneWitness = 2
    /// No witness could read it.
    case unread = 3
    /// Nothing echoes what is typed, and nothing asked for a secret.
    case noEcho = 4
    /// The screen is in a state in which it cannot be read: alternate screen, insert mode, hidden text.
    case oddScreen = 5
    /// The shell told more definitions than are looked at.
    case definitionsCut = 6
    /// The terminal's settings may have been changed since the keys were last seen to mean what they usually do.
    case terminalChanged = 7
    /// A shell whose kind is not known may put a line of its history in the place of `!…` or `^…`.
    case historyExpansion = 8
    /// It ran before it was judged: a key that is not known to end a line did.
    case alreadyRan = 9

    package var kind: String {
        switch self {
        case .witnessesDiffer: "witnesses-differ"
        case .oneWitness: "one-witness"
        case .unread: "unread"
        case .noEcho: "no-echo"
        case .oddScreen: "odd-screen"
        case .definitionsCut: "definitions-cut"
        case .terminalChanged: "terminal-changed"
        case .historyExpansion: "history-expansion"
        case .alreadyRan: "already-ran"
        }
    }

    /// One sentence for a person, without the final full stop.
    package var text: String {
        switch self {
        case .witnessesDiffer: "the screen and the keys do not agree on what the line is"
        case .oneWitness: "nothing confirms what the line seems to be"
        case .unread: "the line could not be read"
        case .noEcho: "nothing shows what is typed"
        case .oddScreen: "the screen is in a state in which a line cannot be read off it"
        case .definitionsCut: "the shell has longer definitions for these words than are looked at"
        case .historyExpansion: "the shell may put a line of its history in the place of what is typed"
        case .alreadyRan: "the line ran before it was judged"
        case .terminalChanged: "the terminal's keys may mean something else since its settings were changed"
        }
    }
}

/// What a word means in the shell that will read the line.
package struct LineDefinition: Equatable, Sendable {
    package enum Kind: UInt8, CaseIterable, Sendable {
        case alias = 1
        case function = 2
        /// zsh's `alias -g`: takes the place of the word wherever it stands.
        case globalAlias = 3
        /// zsh's `alias -s`: goes in front of a command whose name ends in `.` and this name.
        case suffixAlias = 4
    }
    package var kind: Kind
    package var name: [UInt8]
    /// Of an alias the text that takes its place; of a function its body, or its whole definition, as the shell prints it.
    package var text: [UInt8]

    package init(_ kind: Kind, name: [UInt8], text: [UInt8]) {
        self.kind = kind
        self.name = name
        self.text = text
    }
}
