internal import CSystem
internal import Glibc

/// Two descriptors that belong together; both are close-on-exec. Frozen, so that other modules may take them apart.
@frozen package struct DescriptorPair: ~Copyable {
    /// Of a pipe: the end to read from.
    package let first: OwnedDescriptor
    /// Of a pipe: the end to write to.
    package let second: OwnedDescriptor

    package enum SocketKind: Sendable {
        /// SOCK_STREAM: bytes.
        case stream
        /// SOCK_SEQPACKET: whole messages.
        case messages
    }

    /// Two Unix sockets connected to each other (socketpair).
    package static func connectedSockets(_ kind: SocketKind) throws(SystemError) -> DescriptorPair {
        let type =
            switch kind {
            case .stream: SOCK_STREAM
            case .messages: SOCK_SEQPACKET
            }
        var ends: [Int32] = [-1, -1]
        _ = try systemCall("socketpair") { socketpair(AF_UNIX, Int32(type.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) }
        return DescriptorPair(first: OwnedDescriptor(owning: ends[0]), second: OwnedDescriptor(owning: ends[1]))
    }

    /// A pipe (pipe2).
    package static func pipe() throws(SystemError) -> DescriptorPair {
        var ends: [Int32] = [-1, -1]
        _ = try checked("pipe2", csystem_pipe(&ends))
        return DescriptorPair(first: OwnedDescriptor(owning: ends[0]), second: OwnedDescriptor(owning: ends[1]))
    }
}
