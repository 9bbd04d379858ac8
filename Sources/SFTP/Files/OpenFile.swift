/// What a handle stands for, from the target's HANDLE until its end has been told. It is one thing that several requests at once speak of.
final class OpenFile {
    let path: FilePath
    let isDirectory: Bool
    var reading: Transfer?
    var writing: Transfer?
    /// Requests that use the handle and wait for their reply.
    var inFlight = 0
    /// How closing went, once it has. The client cannot use the handle from the moment on at which it asks for that.
    var closed: FileEvent.Outcome?

    /// - Parameter open: the request that the target has granted.
    init(_ open: PendingOpen) {
        path = open.path
        isDirectory = open.operations == [.list]
        if open.operations.contains(.read) { reading = .reading(limit: open.readLimit) }
        if open.operations.contains(.write) { writing = .writing(limit: open.writeLimit, open.flags) }
    }

    /// One event for reading and one for writing, or one for a directory.
    func events(_ budget: HashBudget) -> [FileEvent] {
        let end = closed ?? .unfinished
        if isDirectory { return [FileEvent(.list, path, outcome: end)] }
        var events: [FileEvent] = []
        if var reading {
            events.append(
                FileEvent(
                    .read, path, outcome: reading.fault ?? end, bytesRead: reading.bytes, digest: reading.digest(budget)))
        }
        if var writing {
            // What the target has not confirmed may not be there.
            if inFlight > 0 { writing.giveUpHash() }
            events.append(
                FileEvent(
                    .write, path, outcome: writing.fault ?? end, bytesWritten: writing.bytes, digest: writing.digest(budget)))
        }
        reading = nil
        writing = nil
        return events
    }
}

/// OPEN or OPENDIR that was allowed and waits for its handle.
struct PendingOpen {
    let path: FilePath
    let operations: [FileOperation]
    let flags: OpenFlags
    var readLimit: SizeLimit?
    var writeLimit: SizeLimit?

    init(_ open: PendingOpen, _ path: FilePath) {
        self.path = path
        operations = open.operations
        flags = open.flags
        readLimit = open.readLimit
        writeLimit = open.writeLimit
    }

    init(path: FilePath, operations: [FileOperation], flags: OpenFlags) {
        self.path = path
        self.operations = operations
        self.flags = flags
    }
}
