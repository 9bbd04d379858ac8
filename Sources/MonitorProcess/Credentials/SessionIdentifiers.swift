internal import Synchronization

/// The SSH session identifiers (RFC 4253 §7.2) that agents have signed for, so that a signature for one route is good for no other.
///
/// Kept while the route's agent lives; at most one for each route, so its size is that of the daemon's routes.
final class SessionIdentifiers: Sendable {
    private let bound = Mutex<Set<[UInt8]>>([])

    /// False if the identifier belongs to another route already.
    func bind(_ identifier: [UInt8]) -> Bool { bound.withLock { $0.insert(identifier).inserted } }

    func release(_ identifier: [UInt8]) { bound.withLock { _ = $0.remove(identifier) } }
}
