internal import CLibSSH
internal import Glibc

/// One SSH connection over a socket that is already connected, as server or as client (libssh: `ssh_session`).
///
/// It never blocks: the owner polls `descriptor` for `pollEvents` and calls `process()`. Every session has a poll context of its own, so that
/// a call on one session never runs the callbacks of another. Not safe to share between threads.
///
/// Owns the libssh session, the socket in it, and the heap memory of its callbacks until after `ssh_free`.
package class Session {
    let handle: ssh_session
    private let event: ssh_event
    private var isInEvent = false
    /// Memory that libssh points to. A property of this class, because those of a subclass are destroyed before the `deinit` here.
    var callbackTable: AnyObject?
    private let counter = UnsafeMutablePointer<ssh_counter_struct>.allocate(capacity: 1)

    /// How many reads of 4096 bytes (libssh's own buffer) one call of `process` makes at most: what is read at once
    /// delays the other sessions of this process and other processes on the same core.
    private static let readsInOneTurn = 8

    init() throws(LibSSHError) {
        guard let handle = ssh_new() else { throw .failed("ssh_new") }
        guard let event = ssh_event_new() else {
            ssh_free(handle)
            throw .failed("ssh_event_new")
        }
        self.handle = handle
        self.event = event
        counter.initialize(to: ssh_counter_struct())
        ssh_set_counters(handle, counter, nil)
        ssh_set_blocking(handle, 0)
    }

    deinit {
        if isInEvent { ssh_event_remove_session(event, handle) }
        ssh_event_free(event)
        ssh_free(handle)
        counter.deinitialize(count: 1)
        counter.deallocate()
    }

    /// The socket, or `nil` once libssh has closed it. Ask each time: libssh closes it by itself on an error.
    package var descriptor: Int32? {
        let number = ssh_get_fd(handle)
        return number < 0 ? nil : number
    }

    /// What to poll the socket for (`POLLIN`, `POLLOUT`).
    package var pollEvents: Int16 { Int16(POLLIN) | (isWritePending ? Int16(POLLOUT) : 0) }

    /// Bytes wait for the socket to take them: nothing more should be written until it has.
    package var isWritePending: Bool { ssh_get_poll_flags(handle) & SSH_WRITE_PENDING != 0 }

    /// The socket is closed or the connection has failed.
    package var isLost: Bool { ssh_get_status(handle) & (SSH_CLOSED | SSH_CLOSED_ERROR) != 0 || descriptor == nil }

    /// Bytes that came in on the socket so far, keepalive answers included.
    package var bytesReceived: UInt64 { UInt64(counter.pointee.in_bytes) }

    /// libssh's text for the last error, cut to 512 bytes. Can hold the peer's bytes.
    package var errorText: String {
        String(decoding: bytes(of: ssh_get_error(UnsafeMutableRawPointer(handle))).prefix(512), as: UTF8.self)
    }

    /// Set from a callback: `process` reads no further. For a peer that is about to be disconnected, which a callback must not do.
    package var stopsReading = false

    /// Reads what has arrived and writes what waits, bounded, and runs the callbacks. Call it when the socket is ready, and when in doubt.
    package func process() {
        joinEvent()
        guard isInEvent, !stopsReading else { return }
        for _ in 0..<Self.readsInOneTurn {
            let result = ssh_event_dopoll(event, 0)
            // SSH_AGAIN: nothing ready. Zero or more: something was; there may be more.
            if result == SSH_AGAIN || result == SSH_ERROR || isLost || stopsReading { return }
        }
    }

    /// Moves the socket into this session's own poll context. libssh makes the context it comes from in the first step of a handshake.
    func joinEvent() {
        if !isInEvent, descriptor != nil, ssh_event_add_session(event, handle) == SSH_OK { isInEvent = true }
    }

    /// Asks the peer for a sign of life (`keepalive@openssh.com`, PROTOCOL §4). The answer shows as a growing `bytesReceived`.
    package func sendKeepalive() {
        // The first call collects the answer to the last request, if one is outstanding; the second sends.
        // With none outstanding the first sends and the second finds it unanswered, which does nothing.
        ssh_send_keepalive(handle)
        ssh_send_keepalive(handle)
    }

    /// Sends SSH_MSG_DEBUG (RFC 4253 §11.3): `ssh -v` shows it. For reasons that no other message can carry.
    ///
    /// libssh reads packets inside of it (session.c, ssh_send_debug). From a callback, with a client that resets its connection in that moment, libssh 0.10.6
    /// then writes once into the poll handle that it has just freed (poll.c, ssh_event_dopoll): the connection, and this process with it, are at their end by
    /// then. Sent after the callback it would come too late: `ssh -W` leaves when it has read the refusal.
    package func sendDebugMessage(_ text: String) {
        ssh_send_debug(handle, text, 1)
    }

    /// Says good-bye (SSH_MSG_DISCONNECT) and closes the socket (libssh: ssh_disconnect). Its channels are of no use afterwards.
    package func disconnect() {
        for weak in channels { weak.channel?.letGo() }
        channels = []
        let descriptor = descriptor
        ssh_disconnect(handle)
        // libssh forgets a socket that it was given as an option, but does not close it.
        if closesSocketItself, let descriptor { close(descriptor) }
    }

    /// Whether the socket came by SSH_OPTIONS_FD.
    var closesSocketItself: Bool { false }

    // MARK: channels

    private struct WeakChannel { weak var channel: Channel? }
    /// The channels that are alive: to find the one that a message is about, and to let go of all before libssh frees them.
    private var channels: [WeakChannel] = []

    func remember(_ channel: Channel) {
        channels.removeAll { $0.channel == nil }
        channels.append(WeakChannel(channel: channel))
    }

    func channel(with handle: ssh_channel?) -> Channel? {
        channels.lazy.compactMap(\.channel).first { $0.handle == handle }
    }
}
