internal import CSystem
internal import Glibc

/// One end of the admin socket: a Unix stream on which each message is a 32-bit big-endian length and that many bytes, with at most one
/// descriptor beside it (PROTOCOL.monitor §admin). For one thread at a time.
package final class FramedSocket: Sendable {
    /// Bytes of the longest message: a list of ten thousand sessions with long commands. Only root and the daemon's own user get to send one.
    package static let largestMessage = 16 * 1024 * 1024

    private let descriptor: OwnedDescriptor

    /// - Parameter descriptor: a connected Unix stream socket.
    package init(_ descriptor: consuming OwnedDescriptor) { self.descriptor = descriptor }

    /// For poll. Stays open as long as this object lives.
    package var descriptorNumber: Int32 { descriptor.number }

    /// Sends one message and a duplicate of `descriptor`, which stays the caller's.
    ///
    /// - Parameter timeoutMilliseconds: for the whole message; nil waits forever.
    /// - Throws: EMSGSIZE for an empty or too long message, EPIPE, ETIMEDOUT. After any but the first the connection is of no more use.
    package func send(
        _ bytes: [UInt8], descriptor passed: Int32? = nil, timeoutMilliseconds: Int32? = nil
    ) throws(SystemError) {
        guard !bytes.isEmpty, bytes.count <= Self.largestMessage else { throw SystemError("sendmsg", EMSGSIZE) }
        let deadline = Deadline(afterMilliseconds: timeoutMilliseconds)
        let length = UInt32(bytes.count)
        let frame = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) } + bytes
        // The descriptor goes with the first byte, so it has arrived when the length is read.
        var passed = passed.map { [$0] } ?? []
        var done = 0
        while done < frame.count {
            let sent = frame.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[done...])
                return csystem_send(
                    self.descriptor.number, rest.baseAddress, rest.count, passed, passed.count, Int32(MSG_DONTWAIT))
            }
            if sent == -Int(EAGAIN) {
                try wait(for: .writable, of: self.descriptor.number, until: deadline, in: "sendmsg")
            } else {
                done += try checked("sendmsg", sent)
                passed = []
            }
        }
    }

    /// Waits for one whole message.
    ///
    /// - Parameter timeoutMilliseconds: for the whole message; nil waits forever.
    /// - Returns: nil when the peer closed the connection between two messages.
    /// - Throws: ETIMEDOUT, ECONNRESET when the peer closed in the middle, EMSGSIZE or ETOOMANYREFS when it announced or sent too much. The
    ///   connection is of no more use then.
    package func receive(timeoutMilliseconds: Int32? = nil) throws(SystemError) -> ReceivedMessage? {
        let deadline = Deadline(afterMilliseconds: timeoutMilliseconds)
        var passed: OwnedDescriptor?
        let header = try read(4, into: &passed, until: deadline)
        if header.isEmpty { return nil }
        let length = header.reduce(0) { $0 << 8 | Int($1) }
        guard header.count == 4 else { throw SystemError("recvmsg", ECONNRESET) }
        guard 1...Self.largestMessage ~= length else { throw SystemError("recvmsg", EMSGSIZE) }
        let bytes = try read(length, into: &passed, until: deadline)
        guard bytes.count == length else { throw SystemError("recvmsg", ECONNRESET) }
        var descriptors: [Int32] = []
        if let passed = passed.take() { descriptors.append(passed.release()) }
        return ReceivedMessage(bytes: bytes, descriptors: descriptors)
    }

    /// Reads `count` bytes, or fewer if the peer closes first.
    private func read(
        _ count: Int, into passed: inout OwnedDescriptor?, until deadline: Deadline
    ) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(count, 65_536))
        while bytes.count < count {
            var received = csystem_received()
            let status = csystem_receive(
                descriptor.number, &chunk, min(chunk.count, count - bytes.count), &received, Int32(MSG_DONTWAIT))
            if status == -Int(EAGAIN) {
                try wait(for: .readable, of: descriptor.number, until: deadline, in: "recvmsg")
                continue
            }
            if status == 0 { return bytes }
            let arrived = try checked("recvmsg", status)
            var piece = ReceivedMessage(bytes: [], descriptors: received.descriptorList)
            if let descriptor = piece.takeDescriptor() {
                guard passed == nil, piece.descriptorCount == 0, received.descriptors_cut == 0 else {
                    throw SystemError("recvmsg", ETOOMANYREFS)
                }
                passed = consume descriptor
            }
            guard received.descriptors_cut == 0 else { throw SystemError("recvmsg", ETOOMANYREFS) }
            bytes.append(contentsOf: chunk[..<arrived])
        }
        return bytes
    }
}
