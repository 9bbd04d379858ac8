package import Guard
package import SFTP

/// What the monitor says to a session process: one answer for each request, `held` before it where people have to decide, and `terminate` at any time.
package enum MonitorReply: Equatable, Sendable {
    /// Answer to `ready`. Descriptor: the client's socket.
    case connection(ConnectionBriefing)
    case identity(GrantedIdentity)
    case refused(Refusal)
    /// Beside the answer to `openTunnel` come two descriptors: the ends of a non-blocking socket pair, for the inner session and for the bridge to it.
    case accepted
    /// Descriptors: the connected socket to the target, then (for `.agent`) a socket that speaks the agent protocol (RFC 9987).
    case route(GrantedRoute)
    /// Descriptors: the recording, opened for appending only; the compiled mask rules, in memory that nobody can change any more.
    case channel(GrantedChannel)
    /// The desk's answer, ready to be shown on a terminal: no control characters but `\n` and the desk's own. Beside one with a recording is its descriptor,
    /// opened for reading.
    case desk(DeskReply)
    /// The request may go on, or where its path leads has to be found out first.
    case fileJudgement(FileJudgement)
    /// What is to happen to a line. A policy that says no is an answer, too, and not `.refused`.
    case lineJudgement(LineAnswer)
    /// What was asked waits for an approval; the answer comes later.
    case held(HeldNotice)
    /// What the desk's screens show. Beside one request alone is the descriptor of its session's recording, opened for reading, if there is one.
    case deskPage(DeskPage)
    /// Unasked (request number 0): end the connection and tell the user this. Killed by an administrator, revoked, or out of time.
    case terminate(Refusal)
}

/// A refusal in the user's words.
package struct Refusal: Equatable, Sendable {
    /// One sentence for the user's terminal, no control characters. At most 1 KiB.
    package var message: String
    /// What `ssh` should exit with: 126 refused by policy, 124 approval timed out, 125 the bastion itself failed.
    package var exitStatus: UInt32
    /// What the policy decided, if it was the policy: for scripts that ask for JSON.
    package var facts: PolicyFacts?
    package init(message: String, exitStatus: UInt32, facts: PolicyFacts? = nil) {
        self.message = message
        self.exitStatus = exitStatus
        self.facts = facts
    }

    package static let refusedStatus: UInt32 = 126
    package static let failedStatus: UInt32 = 125
    /// Nobody decided in time.
    package static let timedOutStatus: UInt32 = 124
    /// Taken back by ^C, as shells say of it (128 and SIGINT).
    package static let withdrawnStatus: UInt32 = 130
}

/// The policy's decision in words for machines.
package struct PolicyFacts: Equatable, Sendable {
    /// `mask`, `approve` or `block`.
    package var verdict: String
    /// The rule that decided; nil for the policy's `default` and `uncertain`.
    package var rule: String?
    /// Why it cannot be known what would run, a sentence each. At most `MessageLimit.reasons` arrive.
    package var uncertain: [String]
    package init(verdict: String, rule: String?, uncertain: [String]) {
        self.verdict = verdict
        self.rule = rule
        self.uncertain = uncertain
    }
}

/// All that a session process is told before the first byte of the client is read.
package struct ConnectionBriefing: Equatable, Sendable {
    /// Names the connection in logs: 12 characters of `[0-9a-z]`.
    package var connectionID: String
    /// The client's address for humans: `192.0.2.7:51234`, `[2001:db8::1]:22`.
    package var clientAddress: String
    /// The host's private keys as OpenSSH files (`-----BEGIN OPENSSH PRIVATE KEY-----…`), one per algorithm.
    package var hostKeys: [[UInt8]]
    /// Shown by SSH_MSG_USERAUTH_BANNER when a client offers no certificate: that one is needed and how to get it.
    package var certificateHelp: String
    package var limits: SessionLimits
    /// Names of environment variables that may be passed on (RFC 4254 §6.4); a trailing `*` matches the rest.
    package var environment: [String]

    package init(
        connectionID: String, clientAddress: String, hostKeys: [[UInt8]], certificateHelp: String, limits: SessionLimits,
        environment: [String]
    ) {
        self.connectionID = connectionID
        self.clientAddress = clientAddress
        self.hostKeys = hostKeys
        self.certificateHelp = certificateHelp
        self.limits = limits
        self.environment = environment
    }
}

/// The limits that the session process keeps itself. 0 means none where it says so.
package struct SessionLimits: Equatable, Sendable {
    /// Seconds from accept to a successful log-in, also for each inner leg.
    package var loginGraceSeconds: UInt32
    /// Failed authentication requests on one leg before it is closed.
    package var authenticationTries: UInt32
    /// Session channels open at once, over all legs, and tunnels open at once.
    package var channels: UInt32
    /// Seconds without a byte on any channel before the connection is closed; 0 for none.
    package var idleSeconds: UInt32
    /// Seconds of silence before a keepalive is sent, to the client and to each target; 0 for none.
    package var keepaliveSeconds: UInt32
    /// Keepalives without an answer before the peer is taken for dead.
    package var keepaliveCount: UInt32

    package init(
        loginGraceSeconds: UInt32, authenticationTries: UInt32, channels: UInt32, idleSeconds: UInt32, keepaliveSeconds: UInt32,
        keepaliveCount: UInt32
    ) {
        self.loginGraceSeconds = loginGraceSeconds
        self.authenticationTries = authenticationTries
        self.channels = channels
        self.idleSeconds = idleSeconds
        self.keepaliveSeconds = keepaliveSeconds
        self.keepaliveCount = keepaliveCount
    }
}

/// Who the certificate says the client is, and what its extensions and options allow.
package struct GrantedIdentity: Equatable, Sendable {
    package var name: String
    /// The certificate has `permit-pty`.
    package var permitsTerminal: Bool
    /// The certificate has `permit-port-forwarding`; `ssh -J` needs it.
    package var permitsForwarding: Bool
    /// Critical option `force-command`: replaces whatever the user asked for.
    package var forcedCommand: [UInt8]?

    package init(name: String, permitsTerminal: Bool, permitsForwarding: Bool, forcedCommand: [UInt8]?) {
        self.name = name
        self.permitsTerminal = permitsTerminal
        self.permitsForwarding = permitsForwarding
        self.forcedCommand = forcedCommand
    }
}

/// The way to a target that access rules allow.
package struct GrantedRoute: Equatable, Sendable {
    package enum Authentication: Equatable, Sendable {
        /// Keys or a certificate through the agent socket, the second descriptor.
        case agent
        /// The one password of the one granted login; wiped after use.
        case password([UInt8])
    }
    /// The target's own name, whatever alias the user wrote.
    package var target: String
    package var login: String
    /// The public key blobs (RFC 4253 §6.6) one of which the target must show. Never empty.
    package var pinnedHostKeys: [[UInt8]]
    package var authentication: Authentication

    package init(target: String, login: String, pinnedHostKeys: [[UInt8]], authentication: Authentication) {
        self.target = target
        self.login = login
        self.pinnedHostKeys = pinnedHostKeys
        self.authentication = authentication
    }
}

/// A session channel that may start.
package struct GrantedChannel: Equatable, Sendable {
    package var session: String
    /// Seconds since 1970, for the recording's header.
    package var startedAt: UInt64
    /// For the recording's header: who on what, `alice as root on web1`.
    package var title: String
    /// The program speaks sftp: each of its requests that names a file is asked about (`judgeFile`) before the target gets it.
    package var speaksSFTP: Bool
    /// How lines that are typed on it are judged (`judgeLine`); nil where nobody reads them.
    package var guardTerms: GuardTerms?
    /// What is masked in its output.
    package var maskTerms: MaskTerms

    package init(
        session: String, startedAt: UInt64, title: String, speaksSFTP: Bool, guardTerms: GuardTerms? = nil, maskTerms: MaskTerms
    ) {
        self.session = session
        self.startedAt = startedAt
        self.title = title
        self.speaksSFTP = speaksSFTP
        self.guardTerms = guardTerms
        self.maskTerms = maskTerms
    }
}

/// What may come of `judgeFile`, apart from a refusal.
package enum FileJudgement: Equatable, Sendable {
    /// Of files that are opened or resized, up to so many bytes.
    case allowed(limit: SizeLimit?)
    /// Ask the target where the path leads, and ask again.
    case resolve
}

/// What the desk shows, and what `ssh` exits with.
package struct DeskReply: Equatable, Sendable {
    package var text: String
    package var exitStatus: UInt32
    /// What is to be done with the recording beside it; nil where there is none.
    package var recording: DeskRecording?
    package init(text: String, exitStatus: UInt32, recording: DeskRecording? = nil) {
        self.text = text
        self.exitStatus = exitStatus
        self.recording = recording
    }
}
