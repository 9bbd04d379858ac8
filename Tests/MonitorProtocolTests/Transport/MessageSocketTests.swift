import Glibc
import MonitorProtocol
import Testing

struct MessageSocketTests {
    @Test func `messages arrive whole and one by one`() throws {
        let (near, far) = try connected()
        for length in [1, 2, 4096, MessageSocket.largestMessage] { try near.send([UInt8](repeating: 7, count: length)) }
        for length in [1, 2, 4096, MessageSocket.largestMessage] {
            let message = try #require(try received(by: far))
            #expect(message.count == length)
            #expect(message.allSatisfy { $0 == 7 })
        }
    }

    @Test func `an empty or too long message is not sent`() throws {
        let (near, _) = try connected()
        for length in [0, MessageSocket.largestMessage + 1] {
            #expect(throws: SystemError("sendmsg", EMSGSIZE)) { try near.send([UInt8](repeating: 0, count: length)) }
        }
    }

    @Test func `the end of the connection is no message`() throws {
        let pair = try MessageSocket.pair()
        let near = pair.ours
        try MessageSocket(pair.theirs).send([1])
        #expect(try received(by: near) == [1])
        #expect(try received(by: near) == nil)
        #expect(throws: SystemError("sendmsg", EPIPE)) { try near.send([2]) }
    }

    @Test func `waiting for a message ends in time`() throws {
        let (near, far) = try connected()
        #expect(throws: SystemError("recvmsg", ETIMEDOUT)) { try received(by: near, timeoutMilliseconds: 0) }
        #expect(throws: SystemError("recvmsg", ETIMEDOUT)) { try received(by: near, timeoutMilliseconds: 20) }
        try far.send([1])
        #expect(try received(by: near, timeoutMilliseconds: 0) == [1])
    }

    @Test func `a peer that does not read blocks the sender no longer than its limit`() throws {
        let (near, far) = try connected()
        let error = #expect(throws: SystemError.self) {
            for _ in 0..<1000 { try near.send([UInt8](repeating: 0, count: 100_000), timeoutMilliseconds: 10) }
        }
        #expect(error?.isTimeout == true)
        #expect(try received(by: far)?.count == 100_000)
    }

    @Test func `four descriptors arrive in order and close-on-exec`() throws {
        let (near, far) = try connected()
        let one = try Tripwire()
        let other = try Tripwire()
        let sent = [one.number, one.reading.number, other.number, other.reading.number]
        try near.send([1], descriptors: sent)
        guard var message = try far.receive(timeoutMilliseconds: 10_000) else { throw SystemError("recvmsg", ENODATA) }
        for original in sent {
            let descriptor = try descriptor(in: &message)
            let number = descriptor.number
            #expect(number != original)
            #expect(inode(of: number) == inode(of: original))
            #expect(fcntl(number, F_GETFD) == FD_CLOEXEC)
        }
        let left = message.descriptorCount
        #expect(left == 0)
    }

    @Test func `descriptors that nobody takes are closed with their message`() throws {
        let (near, far) = try connected()
        var tripwire = try Tripwire()
        try near.send([1], descriptors: [tripwire.number, tripwire.number])
        tripwire.letGo()
        #expect(try !tripwire.everyCopyIsClosed())
        #expect(try received(by: far) == [1])
        #expect(try tripwire.everyCopyIsClosed())
    }

    @Test func `more than four descriptors are not sent`() throws {
        let (near, _) = try connected()
        let tripwire = try Tripwire()
        #expect(throws: SystemError("sendmsg", EINVAL)) {
            try near.send([1], descriptors: Array(repeating: tripwire.number, count: 5))
        }
    }
}

/// What a taken-over session process may send, which `send` would not.
struct HostileMessageTests {
    @Test(arguments: [5, 6, 7, 100, 253])
    func `a flood of descriptors is refused and closed`(count: Int) throws {
        let (near, far) = try connected()
        var tripwire = try Tripwire()
        try sendRaw([1], descriptors: Array(repeating: tripwire.number, count: count), on: near.descriptorNumber)
        tripwire.letGo()
        #expect(throws: SystemError("recvmsg", ETOOMANYREFS)) { try received(by: far) }
        #expect(try tripwire.everyCopyIsClosed())
    }

    @Test func `a message that is too long is refused, is gone, and its descriptors are closed`() throws {
        let (near, far) = try connected()
        var tripwire = try Tripwire()
        let long = [UInt8](repeating: 1, count: MessageSocket.largestMessage + 1)
        try sendRaw(long, descriptors: [tripwire.number], on: near.descriptorNumber)
        tripwire.letGo()
        #expect(throws: SystemError("recvmsg", EMSGSIZE)) { try received(by: far) }
        #expect(try tripwire.everyCopyIsClosed())
        try near.send([2])
        #expect(try received(by: far) == [2])
    }

    @Test func `an empty message is not taken for the end of the connection`() throws {
        let (near, far) = try connected()
        var tripwire = try Tripwire()
        try sendRaw([], descriptors: [tripwire.number], on: near.descriptorNumber)
        tripwire.letGo()
        #expect(throws: SystemError("recvmsg", EBADMSG)) { try received(by: far) }
        #expect(try tripwire.everyCopyIsClosed())
    }

    @Test func `descriptors for which there are no numbers left are refused and closed`() async {
        await #expect(processExitsWith: .success) {
            let (near, far) = try connected()
            var tripwire = try Tripwire()
            try near.send([1], descriptors: [tripwire.number, tripwire.number, tripwire.number])
            tripwire.letGo()
            // One number is free, for the first of three.
            let next = fcntl(0, F_DUPFD, 0)
            close(next)
            var limit = rlimit(rlim_cur: rlim_t(next + 1), rlim_max: rlim_t(next + 1))
            guard setrlimit(__rlimit_resource_t(7), &limit) == 0 else { exit(2) }  // RLIMIT_NOFILE
            do {
                _ = try received(by: far)
                exit(3)
            } catch {
                guard error as? SystemError == SystemError("recvmsg", ETOOMANYREFS) else { exit(4) }
            }
            guard try tripwire.everyCopyIsClosed() else { exit(5) }
            _exit(0)
        }
    }

    @Test func `credentials in place of descriptors are refused`() throws {
        let (near, far) = try connected()
        var on: Int32 = 1
        setsockopt(far.descriptorNumber, SOL_SOCKET, SO_PASSCRED, &on, 4)
        try near.send([1])
        #expect(throws: SystemError("recvmsg", ETOOMANYREFS)) { try received(by: far) }
    }

    @Test func `messages of many threads do not mix`() throws {
        let (near, far) = try connected()
        let senders = (UInt8(1)...8).map { value in
            BackgroundThread { for _ in 0..<50 { try near.send([UInt8](repeating: value, count: 3000 + Int(value))) } }
        }
        var counts: [UInt8: Int] = [:]
        for _ in 0..<400 {
            let message = try #require(try received(by: far))
            let value = message[0]
            #expect(message == [UInt8](repeating: value, count: 3000 + Int(value)))
            counts[value, default: 0] += 1
        }
        for sender in senders { try sender.join() }
        #expect(counts == Dictionary(uniqueKeysWithValues: (1...8).map { (UInt8($0), 50) }))
    }
}

private func connected() throws -> (near: MessageSocket, far: MessageSocket) {
    let pair = try MessageSocket.pair()
    return (pair.ours, MessageSocket(pair.theirs))
}

/// The next message's bytes; what came beside them is closed.
private func received(by socket: MessageSocket, timeoutMilliseconds: Int32? = 10_000) throws -> [UInt8]? {
    guard let message = try socket.receive(timeoutMilliseconds: timeoutMilliseconds) else { return nil }
    return message.bytes
}
