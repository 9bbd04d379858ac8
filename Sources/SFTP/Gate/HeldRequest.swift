/// A client's packet as far as it is read: its head, understood or not.
struct ClientPacket {
    let id: UInt32
    let head: ArraySlice<UInt8>
    let isInPlace: Bool
}

/// A request that waits for its judgement.
struct HeldRequest {
    /// What it becomes when everything in it has been allowed.
    enum Purpose {
        case opening(PendingOpen)
        case changing(OpenFile)
        case acting(ExpectedReply)
    }
    enum State {
        /// The access at `index` waits for an answer.
        case judging
        /// The target was asked where one of its paths leads.
        case resolving(PathResolution, Place)
    }
    enum Place { case path, second }

    let packet: ClientPacket
    var purpose: Purpose
    /// One or two, judged one after the other.
    var accesses: [JudgedAccess]
    /// The size that the request gives a file.
    var size: UInt64?
    var index = 0
    var state = State.judging

    init(_ packet: ClientPacket, _ purpose: Purpose, _ accesses: [JudgedAccess], size: UInt64? = nil) {
        self.packet = packet
        self.purpose = purpose
        self.accesses = accesses
        self.size = size
    }

    var current: JudgedAccess { accesses[index] }

    /// The path of the current access that the target has not been asked about.
    var unresolved: (Place, PathResolution)? {
        if current.access.path.resolved == nil {
            return (.path, PathResolution(current.access.path.asked, follows: current.follows))
        }
        if let second = current.access.second, second.resolved == nil {
            return (.second, PathResolution(current.secondAsked ?? second.asked, follows: current.secondFollows))
        }
        return nil
    }

    /// Keeps where a path leads, for all accesses of the same path.
    mutating func resolve(_ place: Place, to path: [UInt8]) {
        switch place {
        case .second: accesses[index].access.second?.resolve(to: path)
        case .path:
            let (asked, follows) = (current.access.path.asked, current.follows)
            for other in accesses.indices where accesses[other].access.path.asked == asked && accesses[other].follows == follows {
                accesses[other].access.path.resolve(to: path)
            }
        }
    }
}

/// An access and how its paths are resolved.
struct JudgedAccess {
    var access: FileAccess
    /// The operation acts on what a link leads to, not on the link.
    let follows: Bool
    var secondFollows = false
    /// What the target is asked about instead of the second path as it was written: where a link leads is relative to the link.
    var secondAsked: [UInt8]?

    init(_ operation: FileOperation, _ path: FilePath, follows: Bool) {
        access = FileAccess(operation: operation, path: path)
        self.follows = follows
    }
}

extension FilePath {
    /// Shares the bytes where nothing changed.
    fileprivate mutating func resolve(to path: [UInt8]) { resolved = path == absolute ? absolute : path }
}
