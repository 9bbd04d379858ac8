internal import OpenSSHKeys

/// Which session processes wait, which clients wait, and how many processes to start. Pure state; `SessionSpawner` does what it says.
///
/// Processes and clients are told apart by identity.
struct SessionPool<Process: AnyObject, Client: AnyObject> {
    /// Processes to keep started ahead.
    var wanted: Int
    private(set) var waiting: [Process] = []
    /// First come, first served. As long as the limit on unauthenticated connections at most, because each of them is one.
    private(set) var clients: [Client] = []
    /// Started, and not yet heard of.
    private(set) var starting = 0
    /// Processes in a row that ended before they had a client.
    private(set) var failures = 0
    /// Deadlines are the caller's, in milliseconds of any clock that only goes forward.
    private var notBefore: Int64 = 0

    /// The wait after the first failure; doubled for each further one, up to `longestWait`.
    static var firstWait: Int64 { 100 }
    static var longestWait: Int64 { 30_000 }

    init(wanted: Int) { self.wanted = wanted }

    /// A client came. Gives the process that shall serve it, or keeps it until there is one.
    mutating func arrived(_ client: Client) -> Process? {
        if !waiting.isEmpty { return waiting.removeFirst() }
        clients.append(client)
        return nil
    }

    /// A process has confined itself. Gives the client that it shall serve, or keeps the process.
    mutating func ready(_ process: Process) -> Client? {
        starting -= 1
        failures = 0
        if !clients.isEmpty { return clients.removeFirst() }
        waiting.append(process)
        return nil
    }

    /// A client gave up, or is out of time, before there was a process.
    mutating func left(_ client: Client) { clients.removeAll { $0 === client } }

    /// How many processes to start now; the caller starts them all, or calls `failed` for each that it could not.
    mutating func processesToStart(at now: Int64) -> Int {
        guard now >= notBefore else { return 0 }
        let missing = max(0, wanted + clients.count - waiting.count - starting)
        // After a failure one at a time: the next one tells whether it is over.
        let count = failures > 0 ? min(missing, starting > 0 ? 0 : 1) : missing
        starting += count
        return count
    }

    /// When `processesToStart` may give another number without anything else happening; nil for never.
    func nextStart(after now: Int64) -> Int64? {
        notBefore > now && wanted + clients.count > waiting.count + starting ? notBefore : nil
    }

    /// A process could not be started, or ended before it was ready.
    mutating func failed(at now: Int64) {
        starting -= 1
        backOff(at: now)
    }

    /// A process ended while it waited for a client. False if it was not waiting.
    mutating func endedWaiting(_ process: Process, at now: Int64) -> Bool {
        guard let index = waiting.firstIndex(where: { $0 === process }) else { return false }
        waiting.remove(at: index)
        backOff(at: now)
        return true
    }

    private mutating func backOff(at now: Int64) {
        failures += 1
        let wait = failures > 9 ? Self.longestWait : min(Self.longestWait, Self.firstWait << Int64(failures - 1))
        notBefore = max(notBefore, now + wait)
    }
}
