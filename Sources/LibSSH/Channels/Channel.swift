internal import CLibSSH

/// One channel of a session (RFC 4254 §5; libssh: `ssh_channel`).
///
/// Data stays in libssh's buffers until `read` takes it, and only reading opens the window again: this is the back pressure.
/// Must not be dropped inside a delegate call. Holds its session; frees the libssh channel and its callbacks at the end.
package final class Channel {
    package let session: Session
    /// `nil` once the session has been disconnected: libssh frees all channels then (ssh_disconnect in its client.c).
    private(set) var handle: ssh_channel?
    /// Not retained.
    package weak var delegate: (any ChannelDelegate)?
    /// What the peer said about the program's end, if it has.
    package internal(set) var exit: ChannelExit?
    /// The peer has closed its side; unread data can still be read.
    package internal(set) var isClosedByPeer = false
    /// The peer will send no more data.
    package internal(set) var hasReceivedEOF = false
    package private(set) var hasSentEOF = false
    package private(set) var isClosed = false
    private var callbacks: ChannelCallbacks?
    var arrivals = ArrivalOrder()

    /// Makes a channel that a callback will hand to libssh, or that `openSession` opens.
    convenience init?(in session: Session) {
        guard let handle = ssh_channel_new(session.handle) else { return nil }
        self.init(adopting: handle, in: session)
    }

    /// Takes over a channel that libssh has opened.
    init?(adopting handle: ssh_channel, in session: Session) {
        self.session = session
        self.handle = handle
        guard let callbacks = ChannelCallbacks(for: self) else { return nil }
        self.callbacks = callbacks
        session.remember(self)
    }

    deinit { letGo() }

    /// Gives the libssh channel back: when this object goes, or just before libssh frees all channels by itself.
    func letGo() {
        guard let handle else { return }
        self.handle = nil
        arrivals.clear()
        // libssh keeps a channel that the peer has not closed and would go on calling.
        callbacks?.remove(from: handle)
        ssh_channel_free(handle)
    }

    /// How many bytes the peer's window takes now.
    package var writableBytes: Int { isOpen ? Int(ssh_channel_window_size(handle)) : 0 }

    /// Open on both sides, for writing at least.
    package var isOpen: Bool { handle != nil && !isClosed && !session.isLost && ssh_channel_is_open(handle) != 0 }

    /// Bytes are waiting to be read.
    package var hasUnreadData: Bool { arrivals.next != nil }

    /// All that the peer sent has been read, and it sends no more.
    package var isDrained: Bool { !hasUnreadData && (hasReceivedEOF || isClosedByPeer || session.isLost) }

    /// Reads what came next, from one stream, into `buffer`, in the order in which it arrived.
    /// - Returns: the stream and the count, or `nil` if nothing is there.
    package func read(into buffer: UnsafeMutableRawBufferPointer) -> (stream: ChannelStream, count: Int)? {
        guard let handle, let next = arrivals.next, let start = buffer.baseAddress else { return nil }
        let wanted = UInt32(clamping: min(buffer.count, next.count))
        let count = ssh_channel_read_nonblocking(handle, start, wanted, next.stream == .errors ? 1 : 0)
        guard count > 0 else {
            if session.isLost || count < 0 { arrivals.clear() }
            return nil
        }
        arrivals.take(Int(count))
        return (next.stream, Int(count))
    }

    /// Writes what the peer's window takes.
    /// - Returns: how many of the bytes were taken; the rest is the caller's to keep. 0 also while keys are exchanged anew.
    package func write(_ bytes: UnsafeRawBufferPointer, to stream: ChannelStream = .output) -> Int {
        guard isOpen, !hasSentEOF, !bytes.isEmpty else { return 0 }
        let wanted = UInt32(min(bytes.count, writableBytes))
        guard wanted > 0 else { return 0 }
        let count =
            stream == .errors
            ? ssh_channel_write_stderr(handle, bytes.baseAddress, wanted) : ssh_channel_write(handle, bytes.baseAddress, wanted)
        return max(0, Int(count))
    }

    /// Ends the sending side (SSH_MSG_CHANNEL_EOF).
    package func sendEOF() {
        guard isOpen, !hasSentEOF else { return }
        hasSentEOF = true
        ssh_channel_send_eof(handle)
    }

    /// Tells the client how its program ended; before `close`. A client that has closed its side hears it too.
    package func sendExit(_ exit: ChannelExit) {
        guard handle != nil, !isClosed, !session.isLost else { return }
        switch exit {
        case .status(let status): ssh_channel_request_send_exit_status(handle, Int32(bitPattern: status))
        case .signal(let name, let coreDumped, let message):
            ssh_channel_request_send_exit_signal(handle, name, coreDumped ? 1 : 0, message, "")
        }
    }

    /// Closes this side (SSH_MSG_CHANNEL_CLOSE).
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        if let handle, !session.isLost { ssh_channel_close(handle) }
    }

    // MARK: the client's side

    /// A step of opening a session channel or of a request, to be repeated until it is not `pending`.
    package enum Step: Sendable { case done, pending, refused }

    /// Opens a new session channel to the server (libssh: ssh_channel_open_session).
    package static func session(in session: ClientSession) throws(LibSSHError) -> Channel {
        guard let channel = Channel(in: session) else { throw .failed("ssh_channel_new") }
        return channel
    }

    package func openSession() -> Step { step(ssh_channel_open_session(handle)) }

    package func requestTerminal(_ term: String, columns: UInt32, rows: UInt32) -> Step {
        step(ssh_channel_request_pty_size(handle, term, Int32(clamping: columns), Int32(clamping: rows)))
    }

    package func requestEnvironment(_ name: String, _ value: [UInt8]) -> Step {
        step(withCText(value) { ssh_channel_request_env(handle, name, $0) })
    }

    package func requestShell() -> Step { step(ssh_channel_request_shell(handle)) }

    package func requestExec(_ command: [UInt8]) -> Step { step(withCText(command) { ssh_channel_request_exec(handle, $0) }) }

    package func requestSubsystem(_ name: String) -> Step { step(ssh_channel_request_subsystem(handle, name)) }

    /// Has no answer.
    package func sendWindowChange(columns: UInt32, rows: UInt32) {
        guard isOpen else { return }
        ssh_channel_change_pty_size(handle, Int32(clamping: columns), Int32(clamping: rows))
    }

    /// RFC 4335. The answer is not waited for.
    package func sendBreak(milliseconds: UInt32) {
        guard isOpen else { return }
        ssh_channel_request_send_break(handle, milliseconds)
    }

    /// Has no answer. `name` without `SIG`.
    package func sendSignal(_ name: String) {
        guard isOpen else { return }
        ssh_channel_request_send_signal(handle, name)
    }

    private func step(_ result: Int32) -> Step {
        switch result {
        case SSH_OK: .done
        case SSH_AGAIN: .pending
        default: .refused
        }
    }

    private func withCText<Result>(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        var text = bytes.map { CChar(bitPattern: $0) }
        text.append(0)
        return text.withUnsafeBufferPointer { body($0.baseAddress.unsafelyUnwrapped) }
    }
}
