package import Guard
internal import OpenSSHKeys
package import SFTP

/// What a session process may say to the monitor. Each is answered by exactly one `MonitorReply` with the same request number.
///
/// PROTOCOL.monitor describes the bytes; `PermittedRequests` in MonitorProcess says which is permitted when.
package enum SessionRequest: Equatable, Sendable {
    /// The process has confined itself and waits for a connection. Answered by `.connection` with the client's socket, maybe much later.
    case ready
    /// A client offers a user certificate. Answered by `.identity` or `.refused`.
    case offeredCertificate(OfferedCertificate)
    /// The client asks for `direct-tcpip` (RFC 4254 §7.2). Answered by `.accepted` or `.refused`.
    case openTunnel(OpenTunnel)
    /// Connect to a target for an authenticated leg. Answered by `.route` or `.refused`.
    case route(RouteRequest)
    /// How the connection to the target went, after `.route`. Answered by `.accepted`.
    case upstreamResult(UpstreamResult)
    /// A session channel is about to start. Answered by `.channel` with the recording's descriptor, or `.refused`.
    case beginChannel(BeginChannel)
    /// A session channel that had begun is over. Answered by `.accepted`.
    case endChannel(EndChannel)
    /// The words of a person at the desk (`ssh bastion …`), empty for none. Answered by `.desk` or `.refused`.
    case desk(command: [UInt8])
    /// Whether an sftp request that names a file may go on. Answered by `.fileJudgement` or `.refused`.
    case judgeFile(JudgeFile)
    /// What came of sftp requests that are over. Answered by `.accepted`.
    case fileEvents(FileEvents)
    /// Whether a line that was typed at a terminal may run. Answered by `.lineJudgement`, or by `.refused` where the connection is being ended.
    case judgeLine(JudgeLine)
    /// What came of lines, or what else is to be known about a guarded channel. Answered by `.accepted`.
    case lineReports(LineReports)
    /// Values that were found in the output of a channel. Answered by `.accepted`.
    case maskReports(MaskReports)
    /// The request of that number is not wanted any more, if it waits for an approval (`.held`). Answered by `.accepted`; the request itself gets the answer
    /// that is due to it, before or after.
    ///
    /// It is void where something else took its place: another line was typed.
    case withdraw(request: UInt32, isVoid: Bool = false)
    /// What the desk's screens show. Answered by `.deskPage` or `.refused`.
    case deskView(DeskView)
    /// A decision at the desk's screens. Answered by `.desk`, one line, or `.refused`.
    case decide(Decide)
    /// The user has chosen a target at the desk: a leg without an SSH connection of its own, for a `route`. Answered by `.accepted` or `.refused`.
    case openDeskLeg(Leg)
    /// A leg has ended: its route, its agent socket and its channels are no longer needed. Answered by `.accepted`.
    case closeLeg(Leg)
}

/// A user certificate as the client offered it on one leg.
package struct OfferedCertificate: Equatable, Sendable {
    package var leg: Leg
    /// The user name of SSH_MSG_USERAUTH_REQUEST (RFC 4252 §5): `root`, or `root@web1` on the outer leg. At most 512 bytes.
    package var userName: String
    /// The whole certificate blob (PROTOCOL.certkeys). At most 16 KiB.
    package var certificate: [UInt8]
    /// False for the "may I?" query, true when libssh has verified the signature of the key inside the certificate.
    package var isProven: Bool

    package init(leg: Leg, userName: String, certificate: [UInt8], isProven: Bool) {
        self.leg = leg
        self.userName = userName
        self.certificate = certificate
        self.isProven = isProven
    }
}

/// `direct-tcpip` as asked: the new leg's number, and host and port in the client's words.
package struct OpenTunnel: Equatable, Sendable {
    package var leg: Leg
    package var host: String
    package var port: UInt32
    package init(leg: Leg, host: String, port: UInt32) {
        self.leg = leg
        self.host = host
        self.port = port
    }
}

/// Which target and login a leg wants. On an inner leg the target must be that of its `OpenTunnel`.
package struct RouteRequest: Equatable, Sendable {
    package var leg: Leg
    package var target: String
    package var login: String
    package init(leg: Leg, target: String, login: String) {
        self.leg = leg
        self.target = target
        self.login = login
    }
}

/// How logging in to the target ended.
package struct UpstreamResult: Equatable, Sendable {
    package enum Outcome: UInt8, Sendable {
        case loggedIn = 1
        /// The key exchange failed: no common algorithm, a broken peer, a closed socket.
        case handshakeFailed = 2
        /// The target showed a host key that is not pinned: a security event.
        case hostKeyMismatch = 3
        /// The target took none of the credentials.
        case authenticationFailed = 4
    }
    package var leg: Leg
    package var outcome: Outcome
    /// For the log: libssh's error text, or the fingerprint of the wrong host key. At most 1 KiB.
    package var detail: String
    package init(leg: Leg, outcome: Outcome, detail: String) {
        self.leg = leg
        self.outcome = outcome
        self.detail = detail
    }
}

/// A session channel that is about to start on a routed leg.
package struct BeginChannel: Equatable, Sendable {
    package var leg: Leg
    package var channel: ChannelNumber
    package var kind: ChannelKind
    /// The exec command's bytes; empty for a shell; the subsystem's name for sftp. At most 64 KiB.
    package var command: [UInt8]
    /// `TERM` and size if a pseudo-terminal was granted.
    package var terminal: TerminalRequest?
    package init(leg: Leg, channel: ChannelNumber, kind: ChannelKind, command: [UInt8], terminal: TerminalRequest?) {
        self.leg = leg
        self.channel = channel
        self.kind = kind
        self.command = command
        self.terminal = terminal
    }
}

/// RFC 4254 §6.2 `pty-req`. Sizes are character cells, 1…65535.
package struct TerminalRequest: Equatable, Sendable {
    package var term: String
    package var columns: UInt32
    package var rows: UInt32
    package init(term: String, columns: UInt32, rows: UInt32) {
        self.term = term
        self.columns = columns
        self.rows = rows
    }
}

/// The end of a session channel, for the ledger.
package struct EndChannel: Equatable, Sendable {
    package enum Exit: Equatable, Sendable {
        case status(UInt32)
        /// RFC 4254 §6.10 signal name without `SIG`.
        case signal(String)
        /// The connection, the target or the recording was lost first. The text says which; at most 1 KiB.
        case lost(String)
    }
    package var channel: ChannelNumber
    package var exit: Exit
    /// Bytes of channel data from the client to the target.
    package var bytesIn: UInt64
    /// Bytes of channel data from the target to the client, both streams.
    package var bytesOut: UInt64
    package init(channel: ChannelNumber, exit: Exit, bytesIn: UInt64, bytesOut: UInt64) {
        self.channel = channel
        self.exit = exit
        self.bytesIn = bytesIn
        self.bytesOut = bytesOut
    }
}

/// What an sftp request on an open channel wants to do with a file.
package struct JudgeFile: Equatable, Sendable {
    package var channel: ChannelNumber
    /// Never `.unknown`. Absolute and resolved paths begin with a slash; no path has a NUL.
    package var access: FileAccess
    package init(channel: ChannelNumber, access: FileAccess) {
        self.channel = channel
        self.access = access
    }
}

/// Events of one sftp channel, in the order in which the operations ended. Between 1 and 64.
package struct FileEvents: Equatable, Sendable {
    package var channel: ChannelNumber
    package var events: [FileEvent]
    package init(channel: ChannelNumber, events: [FileEvent]) {
        self.channel = channel
        self.events = events
    }
}

/// A line of a guarded channel that somebody wants to run.
package struct JudgeLine: Equatable, Sendable {
    package var channel: ChannelNumber
    /// Within the bounds that `LineQuestion` names; `replaces` is an earlier question.
    package var question: LineQuestion
    package init(channel: ChannelNumber, question: LineQuestion) {
        self.channel = channel
        self.question = question
    }
}

/// Reports about one guarded channel, in the order in which things happened. Between 1 and 64.
package struct LineReports: Equatable, Sendable {
    package var channel: ChannelNumber
    package var reports: [LineReport]
    package init(channel: ChannelNumber, reports: [LineReport]) {
        self.channel = channel
        self.reports = reports
    }
}
