/// A request that went on to the target and has had no reply yet.
enum Outstanding {
    /// OPEN and OPENDIR.
    indirect case opening(PendingOpen)
    case closing(OpenFile)
    case reading(OpenFile, offset: UInt64, length: UInt32)
    case writing(OpenFile, length: UInt32)
    /// A length of 0: to the end of the file.
    case copying(from: OpenFile, to: OpenFile, length: UInt64)
    /// FSTAT.
    case measuring(OpenFile)
    /// READDIR, fsync …
    case using(OpenFile, ExpectedReply)
    /// FSETSTAT.
    indirect case changing(OpenFile, [FileAccess], setsSize: Bool)
    /// A request that names paths and ends with its reply.
    indirect case acting([FileAccess], ExpectedReply)
    /// What nobody judges: REALPATH, limits …
    case asking(ExpectedReply)

    /// What may answer it besides a status.
    var expected: ExpectedReply {
        switch self {
        case .opening: .handle
        case .reading: .data
        case .measuring: .attributes
        case .closing, .writing, .copying, .changing: .status
        case .using(_, let expected), .acting(_, let expected), .asking(let expected): expected
        }
    }

    /// The bytes of names that are kept for it, apart from those that the table of handles counts.
    var nameBytes: Int {
        switch self {
        case .changing(_, let accesses, _), .acting(let accesses, _):
            accesses.reduce(0) { $0 + $1.path.byteCount + ($1.second?.byteCount ?? 0) }
        // Its place in the table of handles is free again.
        case .closing(let file): file.path.byteCount
        default: 0
        }
    }

    /// For the reason why a channel ends.
    var name: String {
        switch self {
        case .opening: "open"
        case .closing: "close"
        case .reading: "read"
        case .writing: "write"
        case .copying: "copy-data"
        case .measuring: "fstat"
        case .using, .changing, .acting, .asking: "a request"
        }
    }
}

/// All of them, by the id that the client gave.
struct OutstandingRequests {
    private var requests: [UInt32: Outstanding] = [:]
    private var nameBytes = 0

    var isFull: Bool { requests.count >= SFTPLimit.outstanding || nameBytes >= SFTPLimit.outstandingNames }
    func contains(_ id: UInt32) -> Bool { requests[id] != nil }
    subscript(id: UInt32) -> Outstanding? { requests[id] }

    mutating func insert(_ request: Outstanding, _ id: UInt32) {
        requests[id] = request
        nameBytes += request.nameBytes
    }

    mutating func remove(_ id: UInt32) {
        guard let request = requests.removeValue(forKey: id) else { return }
        nameBytes -= request.nameBytes
    }

    mutating func removeAll() -> [Outstanding] {
        defer {
            requests = [:]
            nameBytes = 0
        }
        return Array(requests.values)
    }

    /// An id that no request of the client has.
    var freeID: UInt32 {
        var id = UInt32.max
        while contains(id) { id -= 1 }
        return id
    }
}
