internal import CLibSSH

/// The C side of a channel: notes arrivals and ends on the `Channel`, turns requests into `ChannelRequest`.
///
/// The table is on the heap because libssh keeps a pointer to it; `Channel` holds this object and removes it before the channel is freed.
final class ChannelCallbacks {
    private let table = UnsafeMutablePointer<ssh_channel_callbacks_struct>.allocate(capacity: 1)

    init?(for channel: Channel) {
        table.initialize(to: ssh_channel_callbacks_struct())
        table.pointee.size = MemoryLayout<ssh_channel_callbacks_struct>.size
        table.pointee.userdata = Unmanaged.passUnretained(channel).toOpaque()
        installEnds()
        installRequests()
        guard let handle = channel.handle, ssh_set_channel_callbacks(handle, table) == SSH_OK else { return nil }
    }

    deinit {
        table.deinitialize(count: 1)
        table.deallocate()
    }

    func remove(from handle: ssh_channel) {
        ssh_remove_channel_callbacks(handle, table)
    }

    private func installEnds() {
        table.pointee.channel_data_function = { _, _, _, length, isErrors, owner in
            // `length` is all that waits on this stream. Nothing is taken here: the pump reads when the other side has room.
            channel(owner)?.arrivals.noteWaiting(Int(length), on: isErrors == 0 ? .output : .errors)
            return 0
        }
        table.pointee.channel_eof_function = { _, _, owner in channel(owner)?.hasReceivedEOF = true }
        table.pointee.channel_close_function = { _, _, owner in channel(owner)?.isClosedByPeer = true }
        table.pointee.channel_exit_status_function = { _, _, status, owner in
            channel(owner)?.exit = .status(UInt32(bitPattern: status))
        }
        table.pointee.channel_exit_signal_function = { _, _, name, core, message, _, owner in
            channel(owner)?.exit = .signal(string(of: name), coreDumped: core != 0, message: string(of: message))
        }
    }

    private func installRequests() {
        table.pointee.channel_pty_request_function = { _, _, term, columns, rows, _, _, owner in
            answer(
                owner,
                .terminal(
                    term: string(of: term), columns: UInt32(bitPattern: columns), rows: UInt32(bitPattern: rows)))
        }
        table.pointee.channel_shell_request_function = { _, _, owner in answer(owner, .shell) }
        table.pointee.channel_exec_request_function = { _, _, command, owner in answer(owner, .exec(bytes(of: command))) }
        table.pointee.channel_subsystem_request_function = { _, _, name, owner in answer(owner, .subsystem(string(of: name))) }
        table.pointee.channel_env_request_function = { _, _, name, value, owner in
            answer(owner, .environment(name: string(of: name), value: bytes(of: value)))
        }
        table.pointee.channel_pty_window_change_function = { _, _, columns, rows, _, _, owner in
            answer(owner, .windowChange(columns: UInt32(bitPattern: columns), rows: UInt32(bitPattern: rows)))
        }
        table.pointee.channel_auth_agent_req_function = { _, _, owner in _ = answer(owner, .agentForwarding) }
        table.pointee.channel_signal_function = { _, _, name, owner in _ = answer(owner, .signal(string(of: name))) }
    }
}

private func channel(_ owner: UnsafeMutableRawPointer?) -> Channel? {
    owner.map { Unmanaged<Channel>.fromOpaque($0).takeUnretainedValue() }
}

/// 0 grants, 1 refuses.
private func answer(_ owner: UnsafeMutableRawPointer?, _ request: ChannelRequest) -> Int32 {
    guard let channel = channel(owner), let delegate = channel.delegate else { return 1 }
    return delegate.channel(channel, receives: request) ? 0 : 1
}
