internal import CLibSSH

/// The C side of `ServerSessionDelegate`: turns libssh's arguments into Swift values, asks the delegate, returns.
///
/// libssh keeps the pointer to the callback struct, and its init macro cannot be imported: the struct is on the heap, `size` is set here.
/// It is freed after `ssh_free`: `Session.callbackTable` holds this object.
final class ServerCallbacks {
    private let table = UnsafeMutablePointer<ssh_server_callbacks_struct>.allocate(capacity: 1)

    init(for session: ServerSession) {
        let owner = Unmanaged.passUnretained(session).toOpaque()
        table.initialize(to: ssh_server_callbacks_struct())
        table.pointee.size = MemoryLayout<ssh_server_callbacks_struct>.size
        table.pointee.userdata = owner
        table.pointee.auth_pubkey_function = { _, user, key, state, owner in
            guard let session = ServerCallbacks.session(owner), let offered = OfferedKey(key) else { return Verdict.denied }
            session.hasSeenAuthentication = true
            // Only these two states may be accepted; the others are libssh's for "wrong signature" and "error".
            let isProven = state == CChar(SSH_PUBLICKEY_STATE_VALID.rawValue)
            guard isProven || state == CChar(SSH_PUBLICKEY_STATE_NONE.rawValue) else { return Verdict.denied }
            let accepted = session.delegate?.serverSession(
                session, offers: offered, userName: string(of: user), isProven: isProven)
            return accepted == true ? Verdict.accepted : Verdict.denied
        }
        table.pointee.channel_open_request_session_function = { _, owner in
            guard let session = ServerCallbacks.session(owner), let delegate = session.delegate,
                delegate.serverSessionPermitsSessionChannel(session), let channel = Channel(in: session)
            else { return nil }
            delegate.serverSession(session, opened: channel)
            return channel.handle
        }
        ssh_set_server_callbacks(session.handle, table)
        ssh_set_message_callback(session.handle, answerMessage, owner)
    }

    deinit {
        table.deinitialize(count: 1)
        table.deallocate()
    }

    private enum Verdict {
        static let accepted = Int32(SSH_AUTH_SUCCESS.rawValue)
        static let denied = Int32(SSH_AUTH_DENIED.rawValue)
    }

    fileprivate static func session(_ owner: UnsafeMutableRawPointer?) -> ServerSession? {
        owner.map { Unmanaged<ServerSession>.fromOpaque($0).takeUnretainedValue() }
    }
}

/// Answers the messages that no callback takes: 0 means answered here, 1 asks libssh for its refusal.
private func answerMessage(_: ssh_session?, _ message: ssh_message?, _ owner: UnsafeMutableRawPointer?) -> Int32 {
    guard let session = ServerCallbacks.session(owner), let delegate = session.delegate, let message else { return 1 }
    let subtype = ssh_message_subtype(message)
    switch ssh_requests_e(rawValue: UInt32(bitPattern: ssh_message_type(message))) {
    case SSH_REQUEST_AUTH:
        session.hasSeenAuthentication = true
        let method: RefusedMethod =
            switch UInt32(bitPattern: subtype) {
            case UInt32(SSH_AUTH_METHOD_NONE): .none
            case UInt32(SSH_AUTH_METHOD_PASSWORD): .password
            case UInt32(SSH_AUTH_METHOD_INTERACTIVE): .keyboardInteractive
            default: .other
            }
        delegate.serverSession(session, refuses: method, userName: string(of: ssh_message_auth_user(message)))
        return 1
    case SSH_REQUEST_CHANNEL_OPEN where subtype == Int32(SSH_CHANNEL_DIRECT_TCPIP.rawValue):
        let host = string(of: ssh_message_channel_request_open_destination(message))
        let port = UInt32(truncatingIfNeeded: ssh_message_channel_request_open_destination_port(message))
        guard delegate.serverSession(session, permitsTunnelTo: host, port: port) else { return 1 }
        guard let accepted = ssh_message_channel_request_open_reply_accept(message),
            let channel = Channel(adopting: accepted, in: session)
        else { return 0 }
        delegate.serverSession(session, openedTunnel: channel)
        return 0
    case SSH_REQUEST_CHANNEL_OPEN:
        delegate.serverSession(session, refused: .channelType)
        return 1
    case SSH_REQUEST_CHANNEL where subtype == Int32(SSH_CHANNEL_REQUEST_X11.rawValue):
        delegate.serverSession(session, refused: .x11)
        return 1
    case SSH_REQUEST_CHANNEL where subtype == Int32(SSH_CHANNEL_REQUEST_UNKNOWN.rawValue) && session.namesBreak:
        session.namesBreak = false
        guard let channel = session.channel(with: ssh_message_channel_request_channel(message)),
            channel.delegate?.channel(channel, receives: .break) == true
        else { return 1 }
        ssh_message_channel_request_reply_success(message)
        return 0
    case SSH_REQUEST_GLOBAL where subtype == Int32(SSH_GLOBAL_REQUEST_TCPIP_FORWARD.rawValue):
        delegate.serverSession(session, refused: .remoteForward)
        return 1
    default:
        return 1
    }
}

extension OfferedKey {
    fileprivate init?(_ key: ssh_key?) {
        var text: UnsafeMutablePointer<CChar>?
        guard let key, ssh_pki_export_pubkey_base64(key, &text) == SSH_OK, let text else { return nil }
        defer { ssh_string_free_char(text) }
        let type = ssh_key_type(key)
        base64 = string(of: text)
        isCertificate = string(of: ssh_key_type_to_char(type)).hasSuffix("-cert-v01@openssh.com")
    }
}
