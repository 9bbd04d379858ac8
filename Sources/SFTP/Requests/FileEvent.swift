/// What came of one access, told when it is over. A file that was open for reading and writing is two events.
package struct FileEvent: Equatable, Sendable {
    package enum Outcome: Equatable, Sendable {
        case ok
        /// The target did not do it; SSH_FX_… as it said.
        case failed(StatusCode)
        /// It did not reach the target, or not whole; with what the client was told.
        case refused(reason: String)
        /// The channel ended first.
        case unfinished
    }

    package var operation: FileOperation
    package var path: FilePath
    package var second: FilePath?
    package var outcome: Outcome
    /// Bytes of the file's content that the client got, or that were copied by `copy-data` with a length.
    package var bytesRead: UInt64
    /// Bytes of content that the target has confirmed. What `copy-data` without a length copied is not known.
    package var bytesWritten: UInt64
    package var digest: ContentDigest

    package init(
        _ operation: FileOperation, _ path: FilePath, second: FilePath? = nil, outcome: Outcome, bytesRead: UInt64 = 0,
        bytesWritten: UInt64 = 0, digest: ContentDigest = .none
    ) {
        self.operation = operation
        self.path = path
        self.second = second
        self.outcome = outcome
        self.bytesRead = bytesRead
        self.bytesWritten = bytesWritten
        self.digest = digest
    }

    /// What it takes in a message at most, and about what it takes in memory.
    var cost: Int {
        let reason = if case .refused(let reason) = outcome { reason.utf8.count } else { 0 }
        return 128 + path.messageCount + (second?.messageCount ?? 0) + reason
    }
}

extension FilePath {
    fileprivate var messageCount: Int { asked.count + absolute.count + (resolved?.count ?? 0) }
}
