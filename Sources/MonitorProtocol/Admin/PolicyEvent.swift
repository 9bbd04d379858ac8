internal import OpenSSHKeys

/// One decision of the policy, or what a session told of one, as the ledger keeps it and the tool shows it.
package struct PolicyEvent: Codable, Equatable, Sendable {
    package enum Outcome: String, Codable, Sendable {
        /// It was passed on to the target.
        case passed
        /// The user was told that it is refused.
        case refused
        /// Nothing was decided: a session told it.
        case told
    }

    package enum Action: Codable, Equatable, Sendable {
        case command(CommandAction)
        case file(FileAction)
        case line(LineAction)
        case lineReport(LineReportAction)
        case masked(MaskedValue)
        case desk(DeskAction)
    }

    /// The row's number, counting up; 0 until it is in the ledger.
    package var number: Int64
    package var at: Timestamp
    package var connectionID: String
    /// Nil for a channel that was refused before it was a session.
    package var session: SessionID?
    package var user: String
    package var target: String
    package var login: String
    package var channel: ChannelKind
    /// `allow`, `mask`, `approve` or `block`: what the policy decided, whatever was done about it. `allow` where nothing was decided.
    package var verdict: String
    package var outcome: Outcome
    /// The rule that decided; nil for the policy's `default` and `uncertain`.
    package var rule: String?
    /// Why it could not be known what would happen; empty when it was known.
    package var uncertain: [Reason]
    /// Rules with `enforce: false` that would have decided something stricter.
    package var shadows: [Shadow]
    package var action: Action
    /// The request by which people allowed it.
    package var approval: Int64?

    package struct Reason: Codable, Equatable, Sendable {
        /// For machines, as `Doubt.Kind` spells it.
        package var kind: String
        package var text: String
        package init(kind: String, text: String) {
            self.kind = kind
            self.text = text
        }
    }

    package struct Shadow: Codable, Equatable, Sendable {
        package var rule: String
        package var verdict: String
        package init(rule: String, verdict: String) {
            self.rule = rule
            self.verdict = verdict
        }
    }

    package init(
        number: Int64 = 0, at: Timestamp, connectionID: String, session: SessionID?, user: String, target: String, login: String,
        channel: ChannelKind, verdict: String, outcome: Outcome, rule: String?, uncertain: [Reason], shadows: [Shadow],
        action: Action, approval: Int64? = nil
    ) {
        self.number = number
        self.at = at
        self.connectionID = connectionID
        self.session = session
        self.user = user
        self.target = target
        self.login = login
        self.channel = channel
        self.verdict = verdict
        self.outcome = outcome
        self.rule = rule
        self.uncertain = uncertain
        self.shadows = shadows
        self.action = action
        self.approval = approval
    }
}

/// What somebody did at the desk with another's session.
package struct DeskAction: Codable, Equatable, Sendable {
    /// The word: `watch`, `play`, `kill`, `commands`.
    package var word: String
    /// Their reason.
    package var text: String?
    package init(word: String, text: String? = nil) {
        self.word = word
        self.text = text
    }
}

/// What a user wanted to run.
package struct CommandAction: Codable, Equatable, Sendable {
    /// The exact bytes, but for secrets, which are masked, in base64 (RFC 4648 §4): a command need not be text.
    package var base64: String
    /// What was understood of it, in the order of the text. At most `most`.
    package var commands: [UnderstoodCommand]
    /// How many more there were.
    package var omitted: Int

    /// More than anybody reads; keeps a row small whatever a client sends.
    package static let most = 64

    package init(bytes: [UInt8], commands: [UnderstoodCommand]) {
        base64 = Base64.encode(bytes)
        self.commands = Array(commands.prefix(Self.most))
        omitted = max(0, commands.count - Self.most)
    }

    package var bytes: [UInt8] { Base64.decode(base64) ?? [] }
    /// For people: invalid UTF-8 as U+FFFD, not escaped.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// One program that the command line can start.
package struct UnderstoodCommand: Codable, Equatable, Sendable {
    /// As the program gets them; what is only known when it runs as it was typed.
    package var words: [String]
    /// Through which programs, outermost first.
    package var via: [String]
    package var verdict: String
    /// The rules that surely match, strictest first.
    package var rules: [String]
    package init(words: [String], via: [String], verdict: String, rules: [String]) {
        self.words = words
        self.via = via
        self.verdict = verdict
        self.rules = rules
    }
}

/// One operation on a file of the target.
package struct FileAction: Codable, Equatable, Sendable {
    /// `read`, `write`, `remove`, `rename`, `mkdir`, `setstat`, `symlink`, `list`.
    package var operation: String
    /// Absolute, without `.` and `..`; of what the client asked for.
    package var path: String
    /// Where symbolic links lead, if the target was asked and it is another path.
    package var resolvedPath: String?
    /// Of rename and symlink.
    package var secondPath: String?
    /// How it ended: `ok`, `status N` as the target said (draft-ietf-secsh-filexfer-02 §7), `refused: …`, or `unfinished` where nobody told.
    package var result: String
    package var bytesRead: UInt64
    package var bytesWritten: UInt64
    /// Of a file that was read or written whole, in lower-case hexadecimal.
    package var sha256: String?

    package init(
        operation: String, path: String, resolvedPath: String? = nil, secondPath: String?, result: String, bytesRead: UInt64 = 0,
        bytesWritten: UInt64 = 0,
        sha256: String? = nil
    ) {
        self.operation = operation
        self.path = path
        self.resolvedPath = resolvedPath
        self.secondPath = secondPath
        self.result = result
        self.bytesRead = bytesRead
        self.bytesWritten = bytesWritten
        self.sha256 = sha256
    }
}
