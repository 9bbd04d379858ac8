internal import OpenSSHKeys

/// ATTRS of a request (draft-ietf-secsh-filexfer-02 §5): only the size matters here, because setting it changes a file's content.
struct FileAttributes: Equatable, Sendable {
    var size: UInt64?

    private static let size: UInt32 = 1
    private static let owner: UInt32 = 2
    private static let permissions: UInt32 = 4
    private static let times: UInt32 = 8
    private static let extended: UInt32 = 0x8000_0000

    static func hasSize(flags: UInt32) -> Bool { flags & Self.size != 0 }

    /// Reads past all fields that the flags announce.
    init(from reader: inout WireReader) throws(WireError) {
        let flags = try reader.readUInt32()
        // A server may know more fields for them than we do, and then reads something else than we have judged.
        guard flags & ~(Self.size | Self.owner | Self.permissions | Self.times | Self.extended) == 0 else {
            throw .malformed("attributes with flags \(flags)")
        }
        if flags & Self.size != 0 { size = try reader.readUInt64() }
        if flags & Self.owner != 0 { _ = try reader.readBytes(8) }
        if flags & Self.permissions != 0 { _ = try reader.readBytes(4) }
        if flags & Self.times != 0 { _ = try reader.readBytes(8) }
        guard flags & Self.extended != 0 else { return }
        // Each turn takes 8 bytes or ends the reading, whatever the count says.
        for _ in 0..<(try reader.readUInt32()) {
            _ = try reader.readString()
            _ = try reader.readString()
        }
    }
}
