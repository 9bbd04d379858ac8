/// One direction of an open file: what was read from it, or written to it.
struct Transfer {
    enum Direction { case reading, writing }

    let direction: Direction
    let limit: SizeLimit?
    private(set) var bytes: UInt64 = 0
    /// Bytes that were asked for, or sent, so far.
    private(set) var asked: UInt64 = 0
    private(set) var isAppending = false
    /// Why not all of it worked, the first time that something did not.
    private(set) var fault: FileEvent.Outcome?
    private var hash: ContentHash?
    private var isHashed = true
    /// Where the file ends, when somebody has said so: reading, the target; writing, the least that the file's size is known to be.
    private var toldEnd: UInt64?

    static func reading(limit: SizeLimit?) -> Transfer { Transfer(direction: .reading, limit: limit) }

    /// What was there before is not seen, unless nothing was. Where the file is appended to, offsets say nothing about the content.
    static func writing(limit: SizeLimit?, _ flags: OpenFlags) -> Transfer {
        var transfer = Transfer(direction: .writing, limit: limit)
        if flags.contains(.truncate) || flags.isSuperset(of: [.create, .exclusive]) { transfer.toldEnd = 0 }
        if flags.contains(.append) {
            transfer.isHashed = false
            transfer.isAppending = true
        }
        return transfer
    }

    private init(direction: Direction, limit: SizeLimit?) {
        self.direction = direction
        self.limit = limit
    }

    /// Whether `length` bytes at `offset` stay within the limit; if not, the reason.
    func refusal(of length: UInt64, at offset: UInt64) -> String? {
        guard let limit, length > 0 else { return nil }
        let (end, isBeyond) = offset.addingReportingOverflow(length)
        return isBeyond || end > limit.bytes ? limit.refusal : nil
    }

    mutating func ask(_ more: UInt64) { asked = Self.sum(asked, more) }

    mutating func count(_ more: UInt64) { bytes = Self.sum(bytes, more) }

    private static func sum(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let (sum, isBeyond) = a.addingReportingOverflow(b)
        return isBeyond ? .max : sum
    }

    mutating func note(_ outcome: FileEvent.Outcome) {
        if fault == nil { fault = outcome }
    }

    /// Hashes a piece of content that passes.
    mutating func hash(_ piece: ArraySlice<UInt8>, at offset: UInt64, _ budget: HashBudget) {
        guard isHashed, !piece.isEmpty else { return }
        if hash == nil { hash = ContentHash(budget) }
        guard let hash else { return giveUpHash() }
        hash.add(piece, at: offset)
        // The file has grown since its end was told.
        if direction == .reading, let told = toldEnd, hash.end > told { toldEnd = nil }
    }

    /// Content came that was not seen, or was not taken, or changed after it was seen.
    mutating func giveUpHash() {
        hash?.giveUp()
        hash = nil
        isHashed = false
    }

    /// The target said that nothing is to be read from `offset` on.
    mutating func noteEnd(at offset: UInt64) { toldEnd = min(toldEnd ?? .max, offset) }

    /// The target told the file's size, or the client set it.
    mutating func setSize(_ size: UInt64) {
        toldEnd = size
        if direction == .writing, size < (hash?.end ?? 0) { giveUpHash() }
    }

    /// What is known of the content, at the end.
    mutating func digest(_ budget: HashBudget) -> ContentDigest {
        guard isHashed else { return .partial }
        guard bytes > 0 || toldEnd == 0 else { return .none }
        guard let hash = hash ?? ContentHash(budget) else { return .partial }
        let end = hash.end
        guard let digest = hash.finish() else { return .partial }
        let isWhole =
            switch (direction, toldEnd) {
            case (_, nil): false
            case (.reading, let told?): told == end
            case (.writing, let told?): told <= end
            }
        return isWhole ? .whole(digest) : .beginning(digest)
    }
}
