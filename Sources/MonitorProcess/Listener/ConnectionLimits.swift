internal import OpenSSHKeys

/// Who may connect right now: counts, and OpenSSH's random early drop.
///
/// Pure state: the listener asks before a byte is read, the connection reports when its user is known and when it ended. Addresses and
/// users without a connection leave no trace, so the tables are never larger than the number of connections.
struct ConnectionLimits: Sendable {
    /// sshd_config(5) `MaxStartups`: from `begin` unauthenticated connections on, drop `rate` percent, rising to all at `full`.
    struct Startups: Equatable, Sendable {
        let begin: Int
        let rate: Int
        let full: Int
    }

    struct Bounds: Equatable, Sendable {
        var startups: Startups
        var perUser: Int
        var perAddress: Int
    }

    /// One admitted connection. Given back exactly once with `ended`.
    struct Ticket: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    enum Admission: Equatable, Sendable {
        case admitted(Ticket)
        case dropped(Drop)
    }

    enum Drop: String, Equatable, Sendable {
        case startups = "too many unauthenticated connections"
        case address = "too many connections from this address"

        /// Sent before the version exchange, where RFC 4253 §4.2 allows a server other lines. sshd says the same words.
        var line: String {
            switch self {
            case .startups: "Exceeded MaxStartups\r\n"
            case .address: "Not allowed at this time\r\n"
            }
        }
    }

    private struct Entry {
        let address: IPAddress
        var user: String?
    }

    private(set) var bounds: Bounds
    private var entries: [Ticket: Entry] = [:]
    private var addresses: [IPAddress: Int] = [:]
    private var users: [String: Int] = [:]
    private var unauthenticated = 0
    private var lastNumber: UInt64 = 0

    init(_ bounds: Bounds) { self.bounds = bounds }

    /// Connections there are now, logged in or not.
    var count: Int { entries.count }
    var unauthenticatedCount: Int { unauthenticated }

    /// New bounds after a reload. Connections that exist stay.
    mutating func change(to bounds: Bounds) { self.bounds = bounds }

    /// - Parameter percentile: uniformly random in 0..<100.
    mutating func admit(from address: IPAddress, percentile: Int) -> Admission {
        if bounds.startups.drops(at: unauthenticated, percentile: percentile) { return .dropped(.startups) }
        if addresses[address, default: 0] >= bounds.perAddress { return .dropped(.address) }
        lastNumber += 1
        let ticket = Ticket(number: lastNumber)
        entries[ticket] = Entry(address: address, user: nil)
        addresses[address, default: 0] += 1
        unauthenticated += 1
        return .admitted(ticket)
    }

    /// The connection's user is known from now on. False if that user has as many connections as are allowed; nothing changes then.
    mutating func authenticated(_ ticket: Ticket, as user: String) -> Bool {
        guard var entry = entries[ticket], entry.user == nil, users[user, default: 0] < bounds.perUser else { return false }
        entry.user = user
        entries[ticket] = entry
        users[user, default: 0] += 1
        unauthenticated -= 1
        return true
    }

    /// Gives the ticket back. A second time does nothing.
    mutating func ended(_ ticket: Ticket) {
        guard let entry = entries.removeValue(forKey: ticket) else { return }
        Self.decrement(&addresses, entry.address)
        if let user = entry.user { Self.decrement(&users, user) } else { unauthenticated -= 1 }
    }

    private static func decrement<Key>(_ counts: inout [Key: Int], _ key: Key) {
        guard let count = counts[key] else { return }
        counts[key] = count > 1 ? count - 1 : nil
    }
}

extension ConnectionLimits.Startups {
    /// OpenSSH `should_drop_connection` (sshd.c): linear from `rate` percent at `begin` to every connection at `full`.
    func drops(at unauthenticated: Int, percentile: Int) -> Bool {
        if unauthenticated < begin { return false }
        if unauthenticated >= full || rate >= 100 { return true }
        let probability = (100 - rate) * (unauthenticated - begin) / (full - begin) + rate
        return percentile < probability
    }
}
