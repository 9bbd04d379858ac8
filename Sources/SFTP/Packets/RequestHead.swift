/// The head of a client's packet: all of it, except where data or a list follows that nobody judges.
enum RequestHead: PacketHead {
    static func length(knowing known: ArraySlice<UInt8>, of total: Int) -> Int {
        switch known.packetType {
        case .write: min(total, writeLength(known))
        case .extended: min(total, SFTPLimit.request, extensionLength(known, of: total))
        default: min(total, SFTPLimit.request)
        }
    }

    /// `uint32 length, byte type, uint32 id, string handle, uint64 offset, uint32 length of the data`.
    private static func writeLength(_ known: ArraySlice<UInt8>) -> Int {
        guard known.count >= 13 else { return 13 }
        let handle = Int(known.bigEndian32(at: 9))
        // A longer one ends the channel, so nothing more is needed.
        return handle > SFTPLimit.handle ? known.count : max(known.count, 13 + handle + 12)
    }

    /// `uint32 length, byte type, uint32 id, string name`: the lists of users and groups are as long as a directory.
    private static func extensionLength(_ known: ArraySlice<UInt8>, of total: Int) -> Int {
        guard known.count >= 13 else { return 13 }
        let name = Int(known.bigEndian32(at: 9))
        guard name == FileExtension.usersAndGroups.utf8.count else { return total }
        guard known.count >= 13 + name else { return 13 + name }
        return known.dropFirst(13).prefix(name).elementsEqual(FileExtension.usersAndGroups.utf8) ? known.count : total
    }
}
