internal import MonitorProtocol
internal import Synchronization

/// The connections that have a client, for whoever needs to find one: kill, revoke, reload, stop.
final class LiveConnections: Sendable {
    private let connections = Mutex<[String: ConnectionMonitor]>([:])

    func insert(_ connection: ConnectionMonitor, id: String) { connections.withLock { $0[id] = connection } }
    func remove(id: String) { connections.withLock { $0[id] = nil } }

    var all: [ConnectionMonitor] { connections.withLock { Array($0.values) } }
    var count: Int { connections.withLock { $0.count } }

    /// Ledger rows that are open.
    var sessionCount: Int { all.reduce(0) { count, connection in count + connection.state.withLock { $0.sessions.count } } }

    /// The connection that the ledger row belongs to, if it is open.
    func connection(of session: SessionID) -> ConnectionMonitor? {
        all.first { $0.state.withLock { $0.sessions.values.contains { $0.id == session } } }
    }
}
