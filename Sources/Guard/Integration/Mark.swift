/// What the integrated shell tells the guard. `README.md` in this folder has the bytes.
package enum Mark: Equatable, Sendable {
    /// The integration is in place: sent before the first prompt.
    case ready(Shell, version: [UInt8], isLogin: Bool)
    /// The account's login shell runs without the integration; its name.
    case none(shell: [UInt8])
    /// A prompt begins; `isContinuation` for a further line of an unfinished command. Comes again when the prompt is redrawn.
    case promptStart(isContinuation: Bool)
    /// The prompt ends and the user's line begins. Comes again when the prompt is redrawn.
    case editingStart
    /// A key that accepts was pressed: this is the line. It waits for the accept or the reject keys.
    case report(Report)
    /// A key that accepts was pressed and there is nothing to judge: the editor stays, or the line is for `read` or `vared`.
    case nothingToJudge
    /// The line changes after this mark (an abbreviation of fish): the report keys are to be sent.
    case askAgain
    /// A command starts. `token` is the one whose report was accepted; nil or another one is an alarm.
    case commandStart(token: [UInt8]?)
    /// The prompt is back; the status of the last command, 0…255. Also comes where no command was run.
    case commandEnd(status: Int)
    /// It has our nonce and is not one of the above: cut by other output, too long, or of another version.
    case malformed
}

/// A line as the shell would run it.
package struct Report: Equatable, Sendable {
    /// 16 hexadecimal digits, new and random in each report.
    package var token: [UInt8]
    /// The whole buffer after history expansion, UTF-8 where the user typed UTF-8.
    package var line: [UInt8]
    /// The buffer before history expansion, where that changed it.
    package var beforeExpansion: [UInt8]?
    /// Where the cursor is, in characters from the beginning.
    package var cursor: Int
    /// In a further line of an unfinished command (bash, zsh): `line` is that line alone.
    package var isContinuation = false
    /// In vi's command mode.
    package var isViCommand = false
    /// `line` is cut after 100000 characters.
    package var isCut = false
    /// fish says that it is not a command: it will be refused with a message.
    package var isInvalid = false
    /// What the line's words stand for in this shell, and the words of that in turn.
    package var definitions: [Definition] = []
    /// There were more definitions than fit in 24 KB, or more words than are looked up.
    package var definitionsAreCut = false
}

/// Something that the user has defined in the shell.
package struct Definition: Equatable, Sendable {
    /// What it is.
    package enum Kind: String, Sendable {
        case alias
        /// zsh: replaced anywhere in a line.
        case globalAlias = "global-alias"
        /// zsh: for a word that ends in `.name`, the program put before it.
        case suffixAlias = "suffix-alias"
        case function
    }
    package var kind: Kind
    package var name: [UInt8]
    /// An alias's text, or a function as the shell prints it.
    package var body: [UInt8]
}
