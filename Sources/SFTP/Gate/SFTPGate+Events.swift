/// What has come of the requests, for whoever writes it down.
extension SFTPGate {
    /// Events wait to be taken.
    package var hasEvents: Bool { !events.isEmpty }

    /// The next events, in the order in which the operations ended: at most `count`, and at least one if there is one.
    ///
    /// - Parameter bytes: how much room they may take in a message; a single event, which takes less than 32 KiB, is given whatever this says.
    package mutating func takeEvents(atMost count: Int, bytes: Int) -> [FileEvent] {
        var taken: [FileEvent] = []
        var cost = 0
        for event in events.prefix(count) {
            if !taken.isEmpty, cost + event.cost > bytes { break }
            cost += event.cost
            taken.append(event)
        }
        events.removeFirst(taken.count)
        eventCost -= cost
        advance()
        return taken
    }

    /// The channel is over: whatever has not ended never will. Nothing passes afterwards.
    package mutating func finish() {
        fail(.client, "the channel has ended")
        for request in outstanding.removeAll() {
            switch request {
            case .opening(let open): open.operations.forEach { tell(FileEvent($0, open.path, outcome: .unfinished)) }
            case .closing(let file): file.events(budget).forEach { tell($0) }
            case .acting(let accesses, _), .changing(_, let accesses, _):
                for access in accesses {
                    tell(FileEvent(access.operation, access.path, second: access.second, outcome: .unfinished))
                }
            case .reading, .writing, .copying, .measuring, .using, .asking: break
            }
        }
        for file in handles.removeAll() { file.events(budget).forEach { tell($0) } }
    }
}
