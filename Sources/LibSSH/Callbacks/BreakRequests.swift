internal import CLibSSH
internal import Glibc

/// Finds out that a channel request is a `break` (RFC 4335).
///
/// libssh 0.10 hands requests that it does not know to the message callback without their names, and names them only in its log. So, while a
/// server session with a terminal processes packets, libssh's packet log is on, and this reads from it the one line that comes before the
/// callback. The price is paid for what clients send only: some formatting for each of their packets.
enum BreakRequests {
    private static let function = "ssh_message_handle_channel_request"
    private static let line = "ssh_message_handle_channel_request: Received a break channel_request "

    /// Once in a process. Nothing is logged outside `listening`.
    static func install() {
        ssh_set_log_callback { _, function, text, session in
            guard let function, let text, let session, strcmp(function, BreakRequests.function) == 0 else { return }
            let isBreak = strncmp(text, BreakRequests.line, BreakRequests.line.utf8.count) == 0
            Unmanaged<ServerSession>.fromOpaque(session).takeUnretainedValue().namesBreak = isBreak
        }
    }

    static func listening(in session: ServerSession, _ body: () -> Void) {
        ssh_set_log_userdata(Unmanaged.passUnretained(session).toOpaque())
        ssh_set_log_level(Int32(SSH_LOG_PACKET))
        body()
        ssh_set_log_level(Int32(SSH_LOG_NOLOG))
        ssh_set_log_userdata(nil)
    }
}
