/// How much of a text is looked at. Beyond, the reading says `too-large`, which is *uncertain*.
///
/// The shells have hardly any limits, so these are chosen for us: time and memory stay small whatever a hostile client sends, and no
/// line that a person types comes near them.
enum GrammarLimits {
    /// Bytes of a text. `ssh` itself sends what fits in an argument (128 KiB on Linux); scripts that people paste are far shorter.
    static let text = 64 << 10
    /// Constructs in each other: `$(`, `"`, `{`, `if`, `${`. Parser and walk recurse for each, on a stack of 512 KiB.
    static let depth = 48
    /// Words that come out of the braces of one word.
    static let bracedWords = 1024
    /// Commands of one reading.
    static let commands = 4096
    /// Words of all commands of one reading.
    static let words = 32 << 10
    /// Bytes that expansions of all kinds may produce beyond the text itself: values of variables, braces, output of `echo`.
    static let producedBytes = 1 << 20
    /// Bytes of a value that a variable is remembered with.
    static let valueBytes = 4 << 10
    /// Values that are remembered of one variable.
    static let candidates = 8
    /// Places where it stands open in which directory a command runs.
    static let places = 4
    /// Mistakes that are told; the text is read on behind each.
    static let complaints = 8
    /// How often the text is read anew behind a quote or bracket that is never closed.
    static let restarts = 4
    /// Doubts of one reading.
    static let doubts = 64
    /// Characters of a `CommandWord.source`, and of an `Unknown.source`.
    static let wordSource = 200
    static let unknownSource = 80
}
