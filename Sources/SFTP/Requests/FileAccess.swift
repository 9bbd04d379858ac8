/// What a request does with a path, in the words of `file` rules.
package enum FileOperation: UInt8, CaseIterable, Sendable {
    case read = 1
    /// Also changing a file's size, which destroys content.
    case write = 2
    /// Also of directories.
    case remove = 3
    case rename = 4
    case mkdir = 5
    case setstat = 6
    case symlink = 7
    /// Opening a directory.
    case list = 8
    /// STAT, LSTAT, READLINK: what a name is, not what is in it.
    case stat = 9
    /// A request that the gate does not understand, with its name for a path, or whose path cannot be judged, with an empty one. Only in events, and
    /// always refused.
    case unknown = 10
}

/// One path of a request. Bytes: file names of POSIX have no encoding.
package struct FilePath: Equatable, Sendable {
    /// As the client wrote it and as the target will read it. At most 4,096 bytes, no NUL.
    package var asked: [UInt8]
    /// From the root on, without `.`, `..`, empty components or a slash at the end; relative ones from where the target starts.
    ///
    /// Lexical: where a component is a symbolic link, `..` means something else to the target. Only `resolved` says what.
    package var absolute: [UInt8]
    /// The same as the target resolves it, once it was asked to.
    package var resolved: [UInt8]?

    package init(asked: [UInt8], absolute: [UInt8], resolved: [UInt8]? = nil) {
        self.asked = asked
        self.absolute = absolute
        self.resolved = resolved
    }

    /// What it takes in memory: names that are the same share theirs.
    var byteCount: Int {
        asked.count + (absolute == asked ? 0 : absolute.count)
            + (resolved.map { $0 == absolute ? 0 : $0.count } ?? 0)
    }
}

/// One thing that has to be judged before a request goes on. A request may be two of them: opened for reading and writing.
package struct FileAccess: Equatable, Sendable {
    package var operation: FileOperation
    package var path: FilePath
    /// The new name of a rename; where a symbolic link leads.
    package var second: FilePath?

    package init(operation: FileOperation, path: FilePath, second: FilePath? = nil) {
        self.operation = operation
        self.path = path
        self.second = second
    }
}

/// The judgement of one access.
package enum FileAnswer: Equatable, Sendable {
    case allowed(limit: SizeLimit?)
    /// Ask the target where the path leads, then ask again.
    case resolve
    /// The reason goes to the client.
    case refused(reason: String)
}

/// Up to how many bytes of a file may be read or written.
package struct SizeLimit: Equatable, Sendable {
    package var bytes: UInt64
    /// What the client is told about the first byte beyond.
    package var refusal: String

    package init(bytes: UInt64, refusal: String) {
        self.bytes = bytes
        self.refusal = refusal
    }
}
