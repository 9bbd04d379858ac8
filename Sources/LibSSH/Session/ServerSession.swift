internal import CLibSSH

/// What a server session asks of its owner, from inside libssh's packet handling: decide and return, change no session, drop no channel.
package protocol ServerSessionDelegate: AnyObject {
    /// A public key or certificate is offered (RFC 4252 §7). Called twice: `isProven` false for the query, in which nothing may be
    /// decided for good; true when libssh has verified the signature of the key.
    /// - Returns: whether it is accepted.
    func serverSession(_ session: ServerSession, offers key: OfferedKey, userName: String, isProven: Bool) -> Bool
    /// The client tried a method that is never accepted; libssh refuses it after this returns.
    func serverSession(_ session: ServerSession, refuses method: RefusedMethod, userName: String)
    /// Whether another session channel may be opened (RFC 4254 §6.1).
    func serverSessionPermitsSessionChannel(_ session: ServerSession) -> Bool
    /// A session channel is open.
    func serverSession(_ session: ServerSession, opened channel: Channel)
    /// Whether a `direct-tcpip` channel to this host and port may be opened (RFC 4254 §7.2). The port is what libssh keeps of it: 16 bits.
    func serverSession(_ session: ServerSession, permitsTunnelTo host: String, port: UInt32) -> Bool
    /// The `direct-tcpip` channel that was just permitted is open.
    func serverSession(_ session: ServerSession, openedTunnel channel: Channel)
    /// Something that is never permitted was asked for and refused: a remote forward, X11 …
    func serverSession(_ session: ServerSession, refused what: RefusedRequest)
}

/// A key as libssh reads it from SSH_MSG_USERAUTH_REQUEST.
package struct OfferedKey: Sendable {
    /// Base64 of the whole public key or certificate blob.
    package let base64: String
    /// `ssh-ed25519-cert-v01@openssh.com`: it is a certificate.
    package let isCertificate: Bool
}

/// Authentication methods that are not `publickey` (RFC 4252 §5, §8; RFC 4256).
package enum RefusedMethod: Sendable, Equatable { case none, password, keyboardInteractive, other }

/// Requests that are refused whoever asks.
package enum RefusedRequest: Sendable, Equatable {
    /// `tcpip-forward` (RFC 4254 §7.1).
    case remoteForward
    /// `x11-req` (RFC 4254 §6.3.1).
    case x11
    /// A channel type other than `session` and `direct-tcpip`.
    case channelType
}

/// The server's side of an SSH connection.
package final class ServerSession: Session {
    /// Not retained.
    package weak var delegate: (any ServerSessionDelegate)?
    private let identity: HostIdentity
    private var isExchanging = true
    /// A terminal is open: `break` requests are looked for (see `BreakRequests`).
    package var listensForBreaks = false
    /// The request that libssh is about to hand over is a `break`.
    var namesBreak = false
    /// A message of the authentication protocol has arrived, so the key exchange is over.
    var hasSeenAuthentication = false

    /// - Parameter socket: a connected, non-blocking socket; owned from here on, closed with the session.
    package init(socket: Int32, identity: HostIdentity) throws(LibSSHError) {
        self.identity = identity
        try super.init()
        guard ssh_bind_accept_fd(identity.bind, handle, socket) == SSH_OK else { throw .failed("ssh_bind_accept_fd") }
        ssh_set_auth_methods(handle, Int32(SSH_AUTH_METHOD_PUBLICKEY))
        callbackTable = ServerCallbacks(for: self)
    }

    /// The first key exchange is done.
    package var hasExchangedKeys: Bool { !isExchanging }

    override package func process() {
        if isExchanging {
            switch ssh_handle_key_exchange(handle) {
            case SSH_OK: isExchanging = false
            case SSH_AGAIN:
                joinEvent()
                // A client that sends everything in one burst is past the state that libssh waits for.
                guard hasSeenAuthentication else { return }
                isExchanging = false
            default: return
            }
        }
        if listensForBreaks { BreakRequests.listening(in: self) { super.process() } } else { super.process() }
    }

    override package func disconnect() {
        // Letting go of channels may read packets; a channel opened by one of them would outlive the session.
        delegate = nil
        super.disconnect()
    }

    /// Shows text before authentication ends (SSH_MSG_USERAUTH_BANNER, RFC 4252 §5.4). `text` ends with a line feed.
    package func sendBanner(_ text: String) {
        guard let banner = ssh_string_from_char(text) else { return }
        ssh_send_issue_banner(handle, banner)
        ssh_string_free(banner)
    }
}
