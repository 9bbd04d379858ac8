internal import Foundation
internal import Logging
internal import MonitorProtocol
internal import Synchronization

/// The Unix socket on which `sallyport` asks: only for root and for the daemon's own user.
final class AdminSocket: Sendable {
    /// Connections served at once; more wait in the backlog.
    static let mostConnections = 16
    /// How long a connection may say nothing.
    static let idleMilliseconds: Int32 = 60_000

    private let path: String
    private let socket: OwnedDescriptor
    private let wakeUp: WakeUp
    private let answers: AdminAnswers
    private let logger: Logger
    private let connections = Atomic(0)
    private let isStopped = Atomic(false)

    /// Binds the socket with mode 0600. One that a daemon left behind is replaced; one that answers is another daemon, and an error.
    init(path: String, answers: AdminAnswers, logger: Logger) throws {
        self.path = path
        self.answers = answers
        self.logger = logger
        wakeUp = try WakeUp()
        let number = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard number >= 0 else { throw SystemError("socket", errno) }
        socket = OwnedDescriptor(owning: number)
        guard let address = SocketAddress(unixPath: path) else {
            throw StartError("\(path): longer than a socket's path may be (107 bytes)")
        }
        try Self.removeStale(path, address)
        guard address.withPointer({ bind(number, $0, $1) }) == 0 else {
            throw StartError("\(path): \(SystemError("bind", errno))")
        }
        // The umask (077) has made it so; said again for whoever reads this.
        chmod(path, 0o600)
        guard listen(number, Int32(Self.mostConnections)) == 0 else { throw SystemError("listen", errno) }
    }

    private static func removeStale(_ path: String, _ address: SocketAddress) throws {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw StartError("\(path): there is something else than a socket") }
        if (try? connectStream(to: address, timeoutMilliseconds: 1000)) != nil {
            throw StartError("\(path): another sallyportd serves it")
        }
        unlink(path)
    }

    func run() { startThread("admin") { self.acceptAll() } }

    func stop() {
        isStopped.store(true, ordering: .releasing)
        wakeUp.wake()
        unlink(path)
    }

    private func acceptAll() {
        while !isStopped.load(ordering: .acquiring) {
            _ = try? waitForReadiness(of: [(wakeUp.descriptorNumber, .readable), (socket.number, .readable)])
            guard connections.load(ordering: .acquiring) < Self.mostConnections else {
                usleep(50_000)
                continue
            }
            let number = accept(socket.number, nil, nil)
            guard number >= 0 else {
                if errno != EAGAIN && errno != EINTR { usleep(100_000) }
                continue
            }
            let accepted = OwnedDescriptor(owning: number)
            guard (try? setCloseOnExec(true, of: number)) != nil else { continue }
            admit(accepted)
        }
    }

    private func admit(_ descriptor: consuming OwnedDescriptor) {
        guard let peer = try? PeerCredentials(of: descriptor.number) else { return }
        guard peer.user == 0 || peer.user == geteuid() else {
            logger.warning("security: admin socket refused", metadata: ["uid": "\(peer.user)", "pid": "\(peer.process)"])
            return
        }
        let connection = FramedSocket(descriptor)
        connections.add(1, ordering: .acquiringAndReleasing)
        startThread("admin") {
            self.serve(connection, peer)
            self.connections.subtract(1, ordering: .acquiringAndReleasing)
        }
    }

    private func serve(_ connection: FramedSocket, _ peer: PeerCredentials) {
        do {
            while let message = try connection.receive(timeoutMilliseconds: Self.idleMilliseconds) {
                let answer = answer(message.bytes, peer)
                try connection.send(try answer.encoded(), descriptor: answer.descriptorNumber, timeoutMilliseconds: 10_000)
            }
        } catch {
            logger.debug("admin connection ended", metadata: ["reason": "\(error)"])
        }
    }

    private func answer(_ bytes: [UInt8], _ peer: PeerCredentials) -> AdminAnswer {
        guard let request = try? JSONDecoder().decode(AdminRequest.self, from: Data(bytes)) else {
            return AdminAnswer(
                .failure(
                    AdminFailure(.invalid, "the daemon does not understand this request; is sallyport as new as sallyportd?")))
        }
        return answers.answer(request, uid: peer.user)
    }
}

extension SocketAddress {
    /// Nil when the path does not fit.
    init?(unixPath path: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, !bytes.contains(0), bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        self = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                SocketAddress(copying: $0, length: socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
