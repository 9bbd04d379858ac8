internal import OpenSSHKeys

/// A client's packet, understood (draft-ietf-secsh-filexfer-02 §4, §6; OpenSSH PROTOCOL §4).
enum ClientRequest: Equatable {
    typealias Path = [UInt8]
    typealias Handle = [UInt8]

    static let protocolVersion: UInt32 = 3

    case initialise(version: UInt32)
    case open(Path, OpenFlags, FileAttributes)
    case close(Handle)
    case read(Handle, offset: UInt64, length: UInt32)
    case write(Handle, offset: UInt64, length: UInt32)
    /// `isLink`: of a symbolic link itself.
    case status(Path, isLink: Bool)
    case setStatus(Path, FileAttributes, isLink: Bool)
    case setHandleStatus(Handle, FileAttributes)
    case handleStatus(Handle)
    case openDirectory(Path)
    case readDirectory(Handle)
    case remove(Path)
    case makeDirectory(Path)
    case removeDirectory(Path)
    case readLink(Path)
    case rename(Path, to: Path)
    /// OpenSSH sends where the link leads first, against the draft's §6.10 (OpenSSH PROTOCOL §4.1), and so do those that want to work with it.
    case symbolicLink(leadingTo: Path, at: Path)
    case hardLink(Path, at: Path)
    case copyData(Handle, offset: UInt64, length: UInt64, to: Handle, at: UInt64)
    /// Changes nothing of a handle and reads nothing from it: fsync, fstatvfs.
    case handleQuery(Handle, ExpectedReply)
    /// Reads names and limits: REALPATH, expand-path, home-directory, statvfs, limits, users and groups.
    case query(ExpectedReply)
    /// Nothing that we know; `name` for the log.
    case unknown(name: [UInt8])
}

/// SSH_FXF_… (§6.3).
struct OpenFlags: OptionSet, Sendable {
    let rawValue: UInt32
    static let read = OpenFlags(rawValue: 1)
    static let write = OpenFlags(rawValue: 2)
    static let append = OpenFlags(rawValue: 4)
    static let create = OpenFlags(rawValue: 8)
    static let truncate = OpenFlags(rawValue: 16)
    static let exclusive = OpenFlags(rawValue: 32)
    static let all: OpenFlags = [.read, .write, .append, .create, .truncate, .exclusive]

    /// Creating and truncating change something too, whatever the client says that it will do.
    var writes: Bool { !isDisjoint(with: [.write, .append, .create, .truncate]) }
    /// Without `write` OpenSSH's server opens for reading, whatever else is asked.
    var reads: Bool { contains(.read) || !contains(.write) }
}

/// Which reply a request may get besides a status.
enum ExpectedReply: UInt8, Sendable {
    case status, handle, data, name, attributes, extended

    var type: PacketType {
        switch self {
        case .status: .status
        case .handle: .handle
        case .data: .data
        case .name: .name
        case .attributes: .attributes
        case .extended: .extendedReply
        }
    }
}
