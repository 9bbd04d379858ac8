import Glibc
import MonitorProtocol
import Testing

struct ConnectingTests {
    @Test func `a connected socket is blocking, close-on-exec and knows both ends`() throws {
        let (listener, address) = try listening()
        let socket = try connectStream(to: address, timeoutMilliseconds: 10_000)
        let number = socket.number
        #expect(fcntl(number, F_GETFL) & O_NONBLOCK == 0)
        #expect(fcntl(number, F_GETFD) == FD_CLOEXEC)
        let peer = try SocketAddress(ofPeerOf: number)
        #expect(peer == address)
        #expect(peer.host == "127.0.0.1")
        #expect(peer.description == "127.0.0.1:\(peer.port)")
        let accepted = OwnedDescriptor(owning: accept(listener.number, nil, nil))
        let client = try SocketAddress(ofPeerOf: accepted.number)
        #expect(try client == SocketAddress(of: number))
    }

    @Test func `a closed port is refused`() throws {
        let address = try listening().address  // the listener is closed at once
        #expect(throws: SystemError("connect", ECONNREFUSED)) {
            _ = try connectStream(to: address, timeoutMilliseconds: 10_000).number
        }
    }

    @Test func `a listener that takes nobody is given up in time`() throws {
        let (listener, address) = try listening(backlog: 0)
        var waiting: [Int32] = []
        defer { waiting.forEach { close($0) } }
        let error = #expect(throws: SystemError.self) {
            for _ in 0..<20 { waiting.append(try connectStream(to: address, timeoutMilliseconds: 50).release()) }
        }
        #expect(error?.isTimeout == true)
        listener.close()
    }

    @Test func `the options of a TCP socket are set`() throws {
        let (listener, address) = try listening()
        let socket = try connectStream(to: address, timeoutMilliseconds: 10_000)
        try setNoDelay(of: socket.number)
        try setQuickAcknowledge(of: socket.number)
        try setUserTimeout(of: socket.number, milliseconds: 90_000)
        #expect(option(TCP_NODELAY, of: socket.number) != 0)
        #expect(option(TCP_USER_TIMEOUT, of: socket.number) == 90_000)
        #expect(try pendingError(of: socket.number) == 0)
        #expect(throws: SystemError("setsockopt", ENOTSOCK)) { try setNoDelay(of: 0) }
        listener.close()
    }

    @Test func `the kernel names the process at the other end`() throws {
        let ends = try DescriptorPair.connectedSockets(.stream)
        let peer = try PeerCredentials(of: ends.first.number)
        #expect(peer.process == getpid())
        #expect(peer.user == getuid())
        #expect(peer.group == getgid())
    }

    @Test func `a socket of another family has no peer process`() throws {
        let (listener, address) = try listening()
        let socket = try connectStream(to: address, timeoutMilliseconds: 10_000)
        #expect(throws: SystemError("getsockopt", ENOTCONN)) { try PeerCredentials(of: socket.number) }
        listener.close()
    }
}

private final class ListeningSocket: Sendable {
    private let descriptor: OwnedDescriptor
    var number: Int32 { descriptor.number }
    init(_ descriptor: consuming OwnedDescriptor) { self.descriptor = descriptor }
    /// Keeps it alive until here.
    func close() {}
}

private func listening(backlog: Int32 = 8) throws -> (listener: ListeningSocket, address: SocketAddress) {
    let listener = ListeningSocket(OwnedDescriptor(owning: socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let wanted = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { SocketAddress(copying: $0, length: 16) }
    }
    #expect(wanted.withPointer { bind(listener.number, $0, $1) } == 0)
    #expect(listen(listener.number, backlog) == 0)
    return (listener, try SocketAddress(of: listener.number))
}

private func option(_ name: Int32, of socket: Int32) -> Int32 {
    var value: Int32 = 0
    var length = socklen_t(4)
    getsockopt(socket, Int32(IPPROTO_TCP), name, &value, &length)
    return value
}
