internal import MonitorProtocol
internal import OpenSSHKeys
internal import Synchronization

/// A client's connection that passed the limits, before any of its bytes was read.
final class AcceptedClient: Sendable {
    /// 12 characters of `[0-9a-z]`; names the connection in logs.
    let id: String
    private let socket: Mutex<OwnedDescriptor?>
    let address: SocketAddress
    let ip: IPAddress
    let ticket: ConnectionLimits.Ticket
    /// When a client that has not logged in is cut off by the monitor. The session does so itself, a little earlier and with a message.
    let graceEnds: Deadline

    init(
        id: String, socket: consuming OwnedDescriptor, address: SocketAddress, ip: IPAddress, ticket: ConnectionLimits.Ticket,
        graceEnds: Deadline
    ) {
        self.id = id
        self.socket = Mutex(consume socket)
        self.address = address
        self.ip = ip
        self.ticket = ticket
        self.graceEnds = graceEnds
    }

    /// The socket, once: as soon as the session process has it, ours is closed, or the client would not notice that the session closed its.
    func takeSocket() -> OwnedDescriptor? { socket.withLock { $0.take() } }

    static func newID(_ random: RandomSource) -> String {
        let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz")
        return String((0..<12).map { _ in alphabet[Int(random() % 36)] })
    }
}

/// Where random numbers come from: the system's generator in `Main`, a list in tests.
typealias RandomSource = @Sendable () -> UInt32
