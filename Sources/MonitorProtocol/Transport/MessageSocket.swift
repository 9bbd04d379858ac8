internal import CSystem
internal import Glibc

private let dontWait = Int32(MSG_DONTWAIT)
private let peekLength = Int32(MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT)

/// One end of a Unix socket that keeps messages apart (SOCK_SEQPACKET), each with up to four descriptors beside it (SCM_RIGHTS).
///
/// Sending is safe from several threads: a message goes whole or not at all. Receiving belongs to one thread at a time.
package final class MessageSocket: Sendable {
    /// Bytes of the longest message. Certificate, command and host keys fit with room to spare, and it stays under Linux's default send
    /// buffer of 212,992 bytes, which a message of this kind of socket must fit in whole.
    package static let largestMessage = 128 * 1024
    /// The most descriptors beside one message.
    package static let mostDescriptors = Int(CSYSTEM_MOST_DESCRIPTORS)

    private let descriptor: OwnedDescriptor

    package init(_ descriptor: consuming OwnedDescriptor) { self.descriptor = descriptor }

    /// For poll. Stays open as long as this object lives.
    package var descriptorNumber: Int32 { descriptor.number }

    /// Two connected ends: one for this process, one to hand to a session process.
    package static func pair() throws(SystemError) -> MessageSocketPair {
        let ends = try DescriptorPair.connectedSockets(.messages)
        // Room for the longest message, whatever the system's default is.
        try setSendBuffer(of: ends.first.number, bytes: 2 * Int32(largestMessage))
        try setSendBuffer(of: ends.second.number, bytes: 2 * Int32(largestMessage))
        return MessageSocketPair(ours: MessageSocket(ends.first), theirs: ends.second)
    }

    /// Sends one message of 1…`largestMessage` bytes and duplicates of `descriptors`, which stay the caller's.
    ///
    /// - Parameter timeoutMilliseconds: how long to wait for a peer that does not read; nil waits forever.
    /// - Throws: EPIPE or ECONNRESET when the peer is gone, ETIMEDOUT, EMSGSIZE for a message that is empty or too long.
    package func send(
        _ bytes: [UInt8], descriptors: [Int32] = [], timeoutMilliseconds: Int32? = nil
    ) throws(SystemError) {
        // An empty message would look like the end of the connection to the receiver.
        guard !bytes.isEmpty, bytes.count <= Self.largestMessage else { throw SystemError("sendmsg", EMSGSIZE) }
        let deadline = Deadline(afterMilliseconds: timeoutMilliseconds)
        while true {
            let sent = csystem_send(descriptor.number, bytes, bytes.count, descriptors, descriptors.count, dontWait)
            if sent >= 0 { return }
            guard sent == -Int(EAGAIN) else { throw SystemError("sendmsg", Int32(-sent)) }
            try wait(for: .writable, of: descriptor.number, until: deadline, in: "sendmsg")
        }
    }

    /// Waits for the next message.
    ///
    /// - Parameter timeoutMilliseconds: nil waits forever, 0 not at all.
    /// - Returns: nil when the peer has closed its end.
    /// - Throws: ETIMEDOUT when nothing came in time. EMSGSIZE, ETOOMANYREFS or EBADMSG when the peer sent a message that is longer than
    ///   `largestMessage`, has too many descriptors, or is empty; it is gone then, its descriptors are closed, and the peer is not to be believed any more.
    package func receive(timeoutMilliseconds: Int32? = nil) throws(SystemError) -> ReceivedMessage? {
        let deadline = Deadline(afterMilliseconds: timeoutMilliseconds)
        while true {
            try wait(for: .readable, of: descriptor.number, until: deadline, in: "recvmsg")
            // First the length alone, so that memory is taken for what came and not for the longest message.
            let length = recv(descriptor.number, nil, 0, peekLength)
            if length >= 0 { return try receive(length: length) }
            let code = errno
            guard code == EAGAIN || code == EINTR else { throw SystemError("recvmsg", code) }
        }
    }

    private func receive(length: Int) throws(SystemError) -> ReceivedMessage? {
        var received = csystem_received()
        var status = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: min(length, Self.largestMessage)) { buffer, count in
            status = csystem_receive(descriptor.number, buffer.baseAddress, buffer.count, &received, dontWait)
            count = max(status, 0)
        }
        let count = try checked("recvmsg", status)
        // From here on it owns the descriptors: every way out closes those that are not handed on.
        let message = ReceivedMessage(bytes: bytes, descriptors: received.descriptorList)
        guard received.bytes_cut == 0 else { throw SystemError("recvmsg", EMSGSIZE) }
        guard received.descriptors_cut == 0 else { throw SystemError("recvmsg", ETOOMANYREFS) }
        guard count > 0 else {
            // The end of the connection and an empty message both read as 0 bytes; only the first leaves the socket hung up.
            let now = try waitForReadiness(of: [(descriptor.number, .readHungUp)], timeoutMilliseconds: 0)
            guard now[0] != [] else { throw SystemError("recvmsg", EBADMSG) }
            return nil
        }
        return message
    }
}

/// The two ends of `MessageSocket.pair()`. Frozen, so that other modules may take them apart.
@frozen package struct MessageSocketPair: ~Copyable {
    package let ours: MessageSocket
    /// Close-on-exec; `spawnSession` passes it on.
    package let theirs: OwnedDescriptor
}
