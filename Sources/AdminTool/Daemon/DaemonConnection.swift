internal import Foundation
internal import MonitorProtocol
internal import OpenSSHKeys

/// Asks a running sallyportd over its admin socket: one request, one reply (PROTOCOL.monitor §admin).
struct DaemonConnection {
    /// Nothing the daemon does for a request takes a minute; beyond it the administrator gets the prompt back.
    private static let patienceMilliseconds: Int32 = 60_000

    private let socket: FramedSocket
    private let path: String

    /// Connects to the socket at `path`.
    init(to path: String) throws(ToolFailure) {
        self.path = SafeText.escaped(path)
        let address = try Self.address(path)
        do {
            socket = FramedSocket(try connectStream(to: address, timeoutMilliseconds: Self.patienceMilliseconds))
        } catch {
            throw Self.failure(connecting: self.path, error)
        }
    }

    static func address(_ path: String) throws(ToolFailure) -> SocketAddress {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard bytes.count < room, !bytes.contains(0) else {
            throw ToolFailure(
                "the socket's path \(SafeText.escaped(path)) is longer than the \(room - 1) bytes that Linux takes; "
                    + "set a shorter admin-socket in sallyport.yaml")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                SocketAddress(copying: $0, length: socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func failure(connecting path: String, _ error: SystemError) -> ToolFailure {
        switch error.code {
        case ENOENT, ECONNREFUSED, ENOTDIR:
            ToolFailure("sallyportd does not answer on \(path): is it running? systemctl start sallyportd")
        case EACCES, EPERM:
            ToolFailure("not allowed to use \(path): run sallyport as root or as the user that sallyportd runs as")
        default:
            ToolFailure("cannot reach sallyportd on \(path): \(error)")
        }
    }

    /// The daemon's reply and, with a recording, its descriptor. What the daemon refused is thrown, in the daemon's words.
    func ask(_ request: AdminRequest) throws -> (reply: AdminReply, descriptor: FileHandle?) {
        try send(request)
        var message: ReceivedMessage
        do {
            guard let received = try socket.receive(timeoutMilliseconds: Self.patienceMilliseconds) else {
                throw broken("it hung up without an answer")
            }
            message = received
        } catch let error as SystemError where error.isTimeout {
            throw ToolFailure("sallyportd took the request and has not answered for a minute; see journalctl -u sallyportd")
        } catch let error as SystemError {
            throw broken("\(error)")
        }
        guard let reply = try? JSONDecoder().decode(AdminReply.self, from: Data(message.bytes)) else {
            throw broken("its answer makes no sense to this sallyport; are both of the same version?")
        }
        if case .failure(let failure) = reply { throw ToolFailure(SafeText.escaped(failure.message, keepingNewlines: true)) }
        guard let descriptor = message.takeDescriptor() else { return (reply, nil) }
        return (reply, FileHandle(fileDescriptor: descriptor.release(), closeOnDealloc: true))
    }

    private func send(_ request: AdminRequest) throws {
        var bytes = Array(try JSONEncoder().encode(request))
        defer { wipe(&bytes) }
        guard bytes.count <= FramedSocket.largestMessage else {
            throw ToolFailure("the request is longer than the \(FramedSocket.largestMessage) bytes that sallyportd takes")
        }
        do {
            try socket.send(bytes, timeoutMilliseconds: Self.patienceMilliseconds)
        } catch {
            throw broken("\(error)")
        }
    }

    private func broken(_ what: String) -> ToolFailure {
        ToolFailure("the talk with sallyportd on \(path) broke off: \(what); see journalctl -u sallyportd")
    }
}
