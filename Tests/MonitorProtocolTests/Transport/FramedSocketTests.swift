import Glibc
import MonitorProtocol
import Testing

struct FramedSocketTests {
    @Test func `messages of every size go both ways`() throws {
        let (near, far) = try connected()
        let lengths = [1, 3, 4, 65_535, 65_536, 65_537, FramedSocket.largestMessage]
        let echo = BackgroundThread {
            for _ in lengths {
                guard let bytes = try received(by: far) else { return }
                try far.send(bytes)
            }
        }
        for length in lengths {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try near.send(bytes)
            #expect(try bytes == received(by: near))
        }
        try echo.join()
    }

    @Test func `a message cut into single bytes is put together`() throws {
        let (raw, far) = try rawAndFramed()
        for byte: UInt8 in [0, 0, 0, 3, 7, 8, 9] { try sendRaw([byte], descriptors: [], on: raw.number) }
        #expect(try received(by: far) == [7, 8, 9])
    }

    @Test func `one descriptor comes beside a message`() throws {
        let (near, far) = try connected()
        let tripwire = try Tripwire()
        try near.send([1, 2], descriptor: tripwire.number)
        try near.send([3])
        var message = try nextMessage(on: far)
        #expect(message.bytes == [1, 2])
        let descriptor = try descriptor(in: &message)
        let number = descriptor.number
        #expect(inode(of: number) == inode(of: tripwire.number))
        #expect(fcntl(number, F_GETFD) == FD_CLOEXEC)
        let second = try nextMessage(on: far)
        #expect(second.bytes == [3])
        let count = second.descriptorCount
        #expect(count == 0)
    }

    @Test(arguments: [[2], [1, 1], [5], [100]])
    func `a second descriptor is refused, and all are closed`(counts: [Int]) throws {
        let (raw, far) = try rawAndFramed()
        var tripwire = try Tripwire()
        let frame: [UInt8] = [0, 0, 0, 1, 9]
        for (index, count) in counts.enumerated() {
            let piece = index == 0 && counts.count > 1 ? Array(frame.prefix(2)) : Array(frame.suffix(counts.count > 1 ? 3 : 5))
            try sendRaw(piece, descriptors: Array(repeating: tripwire.number, count: count), on: raw.number)
        }
        tripwire.letGo()
        #expect(throws: SystemError("recvmsg", ETOOMANYREFS)) { try received(by: far) }
        #expect(try tripwire.everyCopyIsClosed())
    }

    @Test(arguments: [[0, 0, 0, 0], [1, 0, 0, 1], [255, 255, 255, 255]] as [[UInt8]])
    func `a length of nothing or of more than 16 MiB is refused`(header: [UInt8]) throws {
        let (raw, far) = try rawAndFramed()
        try sendRaw(header, descriptors: [], on: raw.number)
        #expect(throws: SystemError("recvmsg", EMSGSIZE)) { try received(by: far) }
    }

    @Test func `what must not be received is not sent`() throws {
        let (near, _) = try connected()
        for length in [0, FramedSocket.largestMessage + 1] {
            #expect(throws: SystemError("sendmsg", EMSGSIZE)) { try near.send([UInt8](repeating: 0, count: length)) }
        }
    }

    @Test func `the end between messages is nil and in a message an error`() throws {
        let frame: [UInt8] = [0, 0, 0, 2, 5, 6]
        for length in 0..<frame.count {
            let far: FramedSocket
            do {
                let ends = try DescriptorPair.connectedSockets(.stream)
                if length > 0 { try sendRaw(Array(frame.prefix(length)), descriptors: [], on: ends.first.number) }
                far = FramedSocket(ends.second)
            }
            if length == 0 {
                #expect(try received(by: far) == nil)
            } else {
                #expect(throws: SystemError("recvmsg", ECONNRESET)) { try received(by: far) }
            }
        }
    }

    @Test func `a peer that sends half a message or reads nothing is given up in time`() throws {
        let (raw, far) = try rawAndFramed()
        try sendRaw([0, 0, 0, 2, 5], descriptors: [], on: raw.number)
        #expect(throws: SystemError("recvmsg", ETIMEDOUT)) { try received(by: far, timeoutMilliseconds: 20) }
        let bytes = [UInt8](repeating: 0, count: FramedSocket.largestMessage)
        let error = #expect(throws: SystemError.self) {
            for _ in 0..<20 { try far.send(bytes, timeoutMilliseconds: 20) }
        }
        #expect(error?.isTimeout == true)
    }
}

private func rawAndFramed() throws -> (raw: SharedDescriptor, far: FramedSocket) {
    let ends = try DescriptorPair.connectedSockets(.stream)
    return (SharedDescriptor(ends.first), FramedSocket(ends.second))
}

private func connected() throws -> (near: FramedSocket, far: FramedSocket) {
    let ends = try DescriptorPair.connectedSockets(.stream)
    return (FramedSocket(ends.first), FramedSocket(ends.second))
}

private func received(by socket: FramedSocket, timeoutMilliseconds: Int32? = 10_000) throws -> [UInt8]? {
    guard let message = try socket.receive(timeoutMilliseconds: timeoutMilliseconds) else { return nil }
    return message.bytes
}

private func nextMessage(on socket: FramedSocket) throws -> ReceivedMessage {
    guard let message = try socket.receive(timeoutMilliseconds: 10_000) else { throw SystemError("recvmsg", ENODATA) }
    return message
}

/// A tuple cannot hold an `OwnedDescriptor`.
private final class SharedDescriptor: Sendable {
    private let descriptor: OwnedDescriptor
    var number: Int32 { descriptor.number }
    init(_ descriptor: consuming OwnedDescriptor) { self.descriptor = descriptor }
}
