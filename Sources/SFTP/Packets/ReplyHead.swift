/// The head of a target's packet: what says to which request it belongs and what came of it.
enum ReplyHead: PacketHead {
    static func length(knowing known: ArraySlice<UInt8>, of total: Int) -> Int {
        let needed =
            switch known.packetType {
            // Read whole, because the extensions in it are chosen from.
            case .version: SFTPLimit.request
            case .status, .data: 13
            case .handle: afterString(at: 9, longest: SFTPLimit.handle, known)
            // The first name: the answer to REALPATH.
            case .name:
                known.count < 13 ? 13 : known.bigEndian32(at: 9) == 0 ? 13 : afterString(at: 13, longest: SFTPLimit.path, known)
            // The size, if the flags say that there is one.
            case .attributes: known.count < 13 ? 13 : FileAttributes.hasSize(flags: known.bigEndian32(at: 9)) ? 21 : 13
            default: 9
            }
        return max(known.count, min(total, needed))
    }

    /// The end of the string that begins at `offset`; of one that is too long only the length.
    private static func afterString(at offset: Int, longest: Int, _ known: ArraySlice<UInt8>) -> Int {
        guard known.count >= offset + 4 else { return offset + 4 }
        let length = Int(known.bigEndian32(at: offset))
        return offset + 4 + (length > longest ? 0 : length)
    }
}
