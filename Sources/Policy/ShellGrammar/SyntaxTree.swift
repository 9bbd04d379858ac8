/// POSIX.1-2024 XCU 2.9.3: and-or lists one after another.
struct CommandList {
    var items: [AndOrList] = []
}

/// Pipelines joined by `&&` and `||`.
struct AndOrList {
    enum Connective { case and, or }
    var first: Pipeline
    var rest: [(connective: Connective, pipeline: Pipeline)] = []
    /// Ended by `&`: runs in a subshell.
    var isBackground = false
}

struct Pipeline {
    var elements: [CommandNode] = []
}

indirect enum CommandNode {
    case simple(SimpleCommand)
    case compound(CompoundCommand, [RedirectionNode])
}

/// POSIX.1-2024 XCU 2.9.1.
struct SimpleCommand {
    /// Words of the form `NAME=value` in front of the others.
    var assignments: [WordNode] = []
    var words: [WordNode] = []
    var redirections: [RedirectionNode] = []
    /// Commands in parentheses where the grammar has no place for them.
    var strays: [CommandList] = []
    /// Read as a command where other shells have `((`.
    var isInDoubleParentheses = false
}

/// POSIX.1-2024 XCU 2.9.4, with those of bash, zsh and ksh.
enum CompoundCommand {
    case group(CommandList)
    case subshell(CommandList)
    /// Conditions and what follows each; `else` has no condition.
    case conditional([(condition: CommandList?, body: CommandList)])
    /// `while`, `until`; without a condition `repeat`, whose count and other words are in `words`.
    case loop(condition: CommandList?, words: [WordNode], body: CommandList, changesDirectory: Bool)
    /// `for`, `select`, `foreach`. Without `words`, over the positional parameters.
    case iteration(names: [String], words: [WordNode]?, body: CommandList, changesDirectory: Bool)
    case selection(subject: WordNode, clauses: [(patterns: [WordNode], body: CommandList)])
    /// `[[ … ]]`, and `((…))`: words of which only the substitutions run.
    case test([WordNode])
    case arithmetic([WordPart])
    /// `{ … } always { … }`
    case always(CommandList, CommandList)
    /// Its parameters are those of the call. zsh's anonymous functions are called at once, with `arguments`.
    case function(names: [WordNode], body: [CommandNode], arguments: [WordNode])
    case coprocess([CommandNode])
}

struct RedirectionNode {
    enum Kind {
        case read, write, append, readWrite
        /// `<&3`, `<&-`; and `>&2`, `2>&1`, which is a file in `>&log`.
        case duplicate(reads: Bool)
        case hereDocument(HereDocument)
        case hereString
    }
    var kind: Kind
    /// Nil for the default of the operator, and for descriptors that the shell chooses: `{fd}>`.
    var descriptor: Int?
    var isNamedDescriptor = false
    /// The file, the descriptor, the here-string's text; the delimiter of a here-document.
    var target: WordNode
}

/// The body is read at the next newline, when the redirection stands in the tree already.
final class HereDocument {
    var body: [WordPart] = []
}

struct WordNode {
    var parts: [WordPart]
    /// As typed, at most `GrammarLimits.wordSource` characters.
    var source: String

    /// The text of a word that has no quotes and no expansions, for reserved words and names.
    var plainText: [UInt8]? {
        if parts.count == 1, case .plain(let bytes) = parts[0] { bytes } else { nil }
    }
}

/// Neighbouring parts of one kind are joined by the parser.
enum WordPart {
    /// Unquoted and unescaped: braces, tildes and pattern characters in it count.
    case plain([UInt8])
    /// Literal. Empty for `''`, which makes a word where nothing else does.
    case quoted([UInt8])
    /// `@(a|b)`, an array's subscript: as typed, and the expansions in it.
    case group([UInt8], [WordPart])
    case expansion(Expansion, isQuoted: Bool)
    /// The words of `a=(…)`, behind `a=` in an assignment.
    case array([WordNode])
}

struct Expansion {
    indirect enum Kind {
        case parameter(ParameterNode)
        case command(CommandList)
        case arithmetic([WordPart])
        /// `<(…)` and zsh's `=(…)`, or `>(…)`.
        case process(reads: Bool, CommandList)
    }
    var kind: Kind
    /// At most `GrammarLimits.unknownSource` characters.
    var source: String
}

/// POSIX.1-2024 XCU 2.6.2.
struct ParameterNode {
    enum Operation {
        case none
        /// `${x-word}` and `${x:-word}`
        case orElse
        case assign
        case alternative
        /// `${!x}`
        case indirect
        /// Its value is evaluated once more: `${x@P}`, `${(e)x}`.
        case evaluated
        /// Anything else: cut, replaced, counted.
        case other
    }
    /// Empty for zsh's `${$(…)}`.
    var name: String
    var operation: Operation
    /// Of an array's element: `@`, `1`. Longer ones are part of `operand`.
    var `subscript`: [UInt8] = []
    /// `word` of POSIX, or whatever else stands there and is expanded.
    var operand: [WordPart] = []
}
