import Foundation
import MonitorProtocol
import Synchronization

/// What a daemon says in one conversation, whatever it is asked. For what the real one never says: hostile names, broken frames.
final class ScriptedDaemon: Sendable {
    enum Answer: Sendable {
        case reply(AdminReply)
        case recording(SessionSummary, contents: String)
        /// These bytes as they are, then the end.
        case bytes([UInt8])
    }

    /// A bastion made by `sallyport init` whose admin socket is answered here.
    let folder: TemporaryFolder
    var configuration: String { folder["bastion/sallyport.yaml"] }
    private let received = Mutex<[AdminRequest]>([])
    private let listener: Int32

    /// What it was asked, in order.
    var requests: [AdminRequest] { received.withLock { $0 } }

    convenience init(answering answer: Answer) throws { try self.init(each: { _ in answer }) }

    /// - Parameter answer: to each request.
    convenience init(_ answer: @escaping @Sendable (AdminRequest) -> AdminReply) throws {
        try self.init(each: { .reply(answer($0)) })
    }

    private init(each answer: @escaping @Sendable (AdminRequest) -> Answer) throws {
        folder = try TemporaryFolder()
        let made = try Tool.run(["init", folder["bastion"]])
        guard made.status == 0 else { throw ProgramFailed(description: made.errors) }
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        self.listener = listener
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: folder["bastion/state/admin.sock"].utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        guard bound == 0, listen(listener, 8) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        Thread.detachNewThread { [weak self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0, fcntl(client, F_SETFD, FD_CLOEXEC) == 0 else { return }
                self?.serve(OwnedDescriptor(owning: client), answer)
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    func run(_ arguments: [String], input: String = "") throws -> Tool.Outcome {
        try Tool.run(arguments, input: input, environment: ["SALLYPORT_CONFIG": configuration])
    }

    private func serve(_ descriptor: consuming OwnedDescriptor, _ answer: (AdminRequest) -> Answer) {
        let number = descriptor.number
        let socket = FramedSocket(descriptor)
        guard let message = try? socket.receive(timeoutMilliseconds: 10_000) else { return }
        guard let request = try? JSONDecoder().decode(AdminRequest.self, from: Data(message.bytes)) else { return }
        received.withLock { $0.append(request) }
        switch answer(request) {
        case .reply(let reply): try? socket.send(encoded(reply))
        case .recording(let summary, let contents):
            guard (try? folder.write(contents, to: "recording")) != nil else { return }
            let file = open(folder["recording"], O_RDONLY)
            try? socket.send(encoded(.recording(summary)), descriptor: file)
            close(file)
        case .bytes(let bytes): _ = bytes.withUnsafeBytes { send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        }
    }

    private func encoded(_ reply: AdminReply) -> [UInt8] { (try? JSONEncoder().encode(reply)).map(Array.init) ?? [] }
}
