/// What the shell integration tells, an OSC sequence each (`README.md` here).
enum Mark: Equatable {
    /// At the first prompt of a shell whose keys and hooks are in place. The log-in shell is at level 0, one that it started at 1.
    case hello(LineLanguage, level: Int)
    /// The terminal does not echo, and what starts the shell waits for ``ShellIntegration/keysLine``. Under the tag, before there is a nonce.
    case waiting
    /// The shell is started as it is.
    case noIntegration
    /// The prompt begins here; a continuation's goes on with the command before it. Comes again when the prompt is redrawn.
    case promptStart(isContinuation: Bool)
    /// The prompt ends here: what follows is typed. Comes again when the prompt is redrawn.
    case editStart
    /// An accept key arrived.
    case report(EditorReport)
    /// An accept key arrived and there is nothing to judge: the editor goes on, or the line is for `read` or `vared`.
    case nothingToJudge
    /// An accept key arrived, and the line changes behind this mark (an abbreviation of fish): it wants the report keys.
    case askAgain
    /// Keys that had arrived behind an accept key, taken back when it was answered (fish), to be sent again.
    case pending([UInt8])
    /// A command begins to run, which this token released; empty when none did.
    case commandStart(token: [UInt8])
    /// The shell is about to show a new prompt; the status of what ran last, again if nothing ran.
    case commandEnd(status: UInt8, level: Int)
    /// It has the nonce, and no integration sends it.
    case malformed

    /// The last that bash tells before it shows a new prompt.
    var precedesPrompt: Bool {
        switch self {
        case .hello, .commandEnd: true
        case .waiting, .noIntegration, .promptStart, .editStart, .report, .nothingToJudge, .askAgain, .pending, .commandStart,
            .malformed:
            false
        }
    }
}

/// The whole buffer of the shell's editor, at the moment in which the user would have run it.
struct EditorReport: Equatable {
    /// Releases exactly this buffer, and once. 16 hexadecimal digits.
    var token: [UInt8]
    /// After history expansion. At most 70000 characters: a longer line is cut, and is too long for a question anyhow.
    var text: [UInt8]
    /// What history expansion made `text` of, where it changed something.
    var typed: [UInt8]?
    /// What had arrived behind the key and was taken back, to be sent again.
    var pending: [UInt8]
    /// What words of `text` stand for, and words of that in turn.
    var definitions: [LineDefinition]
    var definitionsAreCut: Bool
    /// Where the cursor is, in characters.
    var cursor = 0
    /// In a further line of an unfinished command (bash, zsh): `text` is that line alone.
    var isContinuation = false
    /// In vi's command mode.
    var isViCommand = false
    /// fish says that it is no command, and will refuse it.
    var isInvalid = false
}
