internal import Foundation
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Synchronization

/// An SSH agent (RFC 9987) for one granted credential on one route: a socket, a thread, and a `RouteSigner`.
final class CredentialAgent: Sendable {
    /// How long it answers: logging in to a slow target takes seconds.
    static let life: Int32 = 120_000

    private let socket: OwnedDescriptor
    private let signer: Mutex<RouteSigner>
    private let identifiers: SessionIdentifiers
    private let logger: Logger

    private init(_ socket: consuming OwnedDescriptor, _ signer: RouteSigner, _ identifiers: SessionIdentifiers, _ logger: Logger)
    {
        self.socket = socket
        self.signer = Mutex(signer)
        self.identifiers = identifiers
        self.logger = logger
    }

    /// The agent and the client's end of its socket.
    struct Started: ~Copyable {
        let agent: CredentialAgent
        let clientEnd: OwnedDescriptor
    }

    static func start(_ signer: RouteSigner, identifiers: SessionIdentifiers, _ logger: Logger) throws(SystemError) -> Started {
        let sockets = try DescriptorPair.connectedSockets(.stream)
        let agent = CredentialAgent(try sockets.first.duplicate(), signer, identifiers, logger)
        startThread("agent") { agent.serve() }
        return Started(agent: agent, clientEnd: try sockets.second.duplicate())
    }

    /// Answers nothing from now on. Any number of times, from any thread.
    func end() { shutdown(socket.number, Int32(SHUT_RDWR)) }

    /// The route is over: its identifier may be forgotten.
    deinit {
        if let identifier = signer.withLock({ $0.boundIdentifier }) { identifiers.release(identifier) }
    }

    private func serve() {
        var buffer = AgentMessageBuffer()
        var chunk = [UInt8](repeating: 0, count: 4096)
        let deadline = Deadline(afterMilliseconds: Self.life)
        while true {
            let ready = try? waitForReadiness(of: [(socket.number, .readable)], timeoutMilliseconds: deadline.millisecondsLeft)
            guard let ready, !ready[0].isEmpty else { return end() }
            let count = read(socket.number, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            buffer.append(chunk.prefix(count))
            do {
                while let message = try buffer.next() {
                    guard answer(message) else { return end() }
                }
            } catch {
                logger.warning("security: the agent was sent nonsense", metadata: ["error": "\(error)"])
                return end()
            }
        }
    }

    /// False when the client is gone.
    private func answer(_ message: AgentMessage) -> Bool {
        let (answer, refusal) = signer.withLock { $0.answer(message) }
        if let refusal { logger.warning("security: the agent refused", metadata: ["reason": "\(refusal)"]) }
        let bytes = answer.encoded
        // The client reads each answer before its next request; one that lets the socket fill up waits for itself, until the route ends.
        return send(socket.number, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }
}
