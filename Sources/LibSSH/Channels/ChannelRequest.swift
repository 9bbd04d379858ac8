/// What a client asks of a session channel (RFC 4254 §6). Strings are the client's bytes up to the first NUL.
package enum ChannelRequest: Sendable, Equatable {
    /// `pty-req`, §6.2. libssh keeps the terminal modes to itself.
    case terminal(term: String, columns: UInt32, rows: UInt32)
    /// `env`, §6.4.
    case environment(name: String, value: [UInt8])
    /// `shell`, §6.5.
    case shell
    /// `exec`, §6.5.
    case exec([UInt8])
    /// `subsystem`, §6.5.
    case subsystem(String)
    /// `window-change`, §6.7. Has no answer.
    case windowChange(columns: UInt32, rows: UInt32)
    /// `break` (RFC 4335 §3). Its length is not known: libssh does not show it.
    case `break`
    /// `auth-agent-req@openssh.com` (PROTOCOL.agent). libssh answers it with success if anybody listens; no agent channel is ever opened.
    case agentForwarding
    /// `signal`, §6.9, without `SIG`. Has no answer.
    case signal(String)
}

/// How a program ended (RFC 4254 §6.10).
package enum ChannelExit: Sendable, Equatable {
    case status(UInt32)
    /// The name without `SIG`, and whether the peer says that a core was dumped.
    case signal(String, coreDumped: Bool, message: String)
}

/// The two streams of a session channel (RFC 4254 §5.2).
package enum ChannelStream: Sendable, Equatable {
    case output
    /// `SSH_EXTENDED_DATA_STDERR`.
    case errors
}

/// Hears what happens on a channel, from inside libssh's packet handling: note it and return.
package protocol ChannelDelegate: AnyObject {
    /// - Returns: whether the request is granted; asked once for each request.
    func channel(_ channel: Channel, receives request: ChannelRequest) -> Bool
}
