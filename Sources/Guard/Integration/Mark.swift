/// What the shell integration tells, an OSC sequence each (`README.md` here).
enum Mark: Equatable {
    /// At the first prompt of a shell whose keys and hooks are in place.
    case hello(LineLanguage)
    /// The shell is started as it is.
    case noIntegration
    /// The prompt begins here; a continuation's goes on with the command before it.
    case promptStart(isContinuation: Bool)
    /// The prompt ends here: what follows is typed.
    case editStart
    /// An accept key arrived.
    case report(EditorReport)
    /// A command begins to run, which this token released.
    case commandStart(token: [UInt8])
    /// The shell is about to show a new prompt; the status of what ran last.
    case commandEnd(status: UInt8)
    /// It has the nonce, and no integration sends it.
    case malformed
}

/// The whole buffer of the shell's editor, at the moment in which the user would have run it.
struct EditorReport: Equatable {
    /// Releases exactly this buffer, and once.
    var token: [UInt8]
    /// After history expansion.
    var text: [UInt8]
    /// What history expansion made `text` of, where it changed something.
    var typed: [UInt8]?
    /// What had arrived behind the key and was taken back, to be sent again.
    var pending: [UInt8]
    var definitions: [LineDefinition]
    var definitionsAreCut: Bool
}
