/// The type byte of a packet (draft-ietf-secsh-filexfer-02 §3). An open set: peers may send anything.
struct PacketType: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt8

    static let initialise = PacketType(rawValue: 1)
    static let version = PacketType(rawValue: 2)
    static let open = PacketType(rawValue: 3)
    static let close = PacketType(rawValue: 4)
    static let read = PacketType(rawValue: 5)
    static let write = PacketType(rawValue: 6)
    static let linkStatus = PacketType(rawValue: 7)
    static let handleStatus = PacketType(rawValue: 8)
    static let setStatus = PacketType(rawValue: 9)
    static let setHandleStatus = PacketType(rawValue: 10)
    static let openDirectory = PacketType(rawValue: 11)
    static let readDirectory = PacketType(rawValue: 12)
    static let remove = PacketType(rawValue: 13)
    static let makeDirectory = PacketType(rawValue: 14)
    static let removeDirectory = PacketType(rawValue: 15)
    static let realPath = PacketType(rawValue: 16)
    static let pathStatus = PacketType(rawValue: 17)
    static let rename = PacketType(rawValue: 18)
    static let readLink = PacketType(rawValue: 19)
    static let symbolicLink = PacketType(rawValue: 20)
    static let status = PacketType(rawValue: 101)
    static let handle = PacketType(rawValue: 102)
    static let data = PacketType(rawValue: 103)
    static let name = PacketType(rawValue: 104)
    static let attributes = PacketType(rawValue: 105)
    static let extended = PacketType(rawValue: 200)
    static let extendedReply = PacketType(rawValue: 201)

    /// Packets that only a server sends, and 0, which nobody does: a client that sends one has lost its place in the stream.
    var isNeverRequested: Bool {
        switch self {
        case .version, .status, .handle, .data, .name, .attributes, .extendedReply: true
        default: rawValue == 0
        }
    }
}

/// SSH_FX_… of a status reply (draft-ietf-secsh-filexfer-02 §7).
package struct StatusCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let ok = StatusCode(rawValue: 0)
    package static let endOfFile = StatusCode(rawValue: 1)
    package static let noSuchFile = StatusCode(rawValue: 2)
    package static let permissionDenied = StatusCode(rawValue: 3)
    package static let failure = StatusCode(rawValue: 4)
    package static let badMessage = StatusCode(rawValue: 5)
    package static let unsupported = StatusCode(rawValue: 8)
}
