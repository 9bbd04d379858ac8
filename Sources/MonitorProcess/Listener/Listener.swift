internal import Configuration
internal import Foundation
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Synchronization

/// Accepts connections and applies the limits; reads no byte of them.
final class Listener: Sendable {
    private let bastion: Bastion
    private let spawner: SessionSpawner
    private let wakeUp: WakeUp
    private let sockets: [ListeningSocket]
    private let isStopped = Atomic(false)

    /// Binds all addresses, or fails.
    init(_ addresses: [NetworkAddress], bastion: Bastion, spawner: SessionSpawner) throws {
        self.bastion = bastion
        self.spawner = spawner
        wakeUp = try WakeUp()
        sockets = try addresses.flatMap { try ListeningSocket.all(host: $0.host, port: $0.port) }
    }

    /// The addresses with the ports that the system chose.
    var addresses: [SocketAddress] { sockets.map(\.address) }

    func run() { startThread("listener") { self.acceptAll() } }

    /// Accepts no more. Connections that exist go on.
    func stop() {
        isStopped.store(true, ordering: .releasing)
        wakeUp.wake()
    }

    private func acceptAll() {
        let waited = [(wakeUp.descriptorNumber, Readiness.readable)] + sockets.map { ($0.descriptorNumber, Readiness.readable) }
        while !isStopped.load(ordering: .acquiring) {
            guard let ready = try? waitForReadiness(of: waited) else { continue }
            for (socket, readiness) in zip(sockets, ready.dropFirst()) where !readiness.isEmpty { acceptOne(socket) }
        }
    }

    private func acceptOne(_ listening: ListeningSocket) {
        let socket: OwnedDescriptor
        do {
            guard let accepted = try listening.accept() else { return }
            socket = accepted
        } catch {
            // Out of descriptors or memory: the connection stays in the queue, and poll would report it at once again.
            bastion.logger.error("connection could not be accepted", metadata: ["error": "\(error)"])
            usleep(100_000)
            return
        }
        guard let address = try? SocketAddress(ofPeerOf: socket.number), let ip = IPAddress(withZone: address.host) else {
            return
        }
        let percentile = Int(bastion.random() % 100)
        switch bastion.limits.withLock({ $0.admit(from: ip, percentile: percentile) }) {
        case .dropped(let drop):
            bastion.logger.warning("connection dropped", metadata: ["from": "\(address)", "reason": "\(drop.rawValue)"])
            // Never waits: a full socket buffer of a new connection is not our problem.
            let line = Array(drop.line.utf8)
            send(socket.number, line, line.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
        case .admitted(let ticket):
            let grace = Int32(clamping: (Int(bastion.running.sessionLimits.loginGraceSeconds) + Self.graceMargin) * 1000)
            spawner.arrived(
                AcceptedClient(
                    id: AcceptedClient.newID(bastion.random), socket: socket, address: address, ip: ip, ticket: ticket,
                    graceEnds: Deadline(afterMilliseconds: grace)))
        }
    }

    /// Seconds that the session has to end a slow log-in itself, with a message.
    private static let graceMargin = 10
}

extension IPAddress {
    /// getnameinfo writes link-local addresses with their interface, `fe80::1%eth0`; rules know no interfaces.
    init?(withZone text: String) { self.init(String(text.prefix { $0 != "%" })) }
}
