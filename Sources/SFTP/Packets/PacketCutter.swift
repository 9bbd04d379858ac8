/// Says how many bytes from the beginning of a packet a decision needs: its *head*.
protocol PacketHead {
    /// - Parameter known: the first bytes of the packet, its length field included.
    /// - Returns: how many bytes are needed to know more; `known.count` when that is the head. Never less, and at most `total`.
    static func length(knowing known: ArraySlice<UInt8>, of total: Int) -> Int
}

/// Cuts one direction of the stream into packets: first the head of each, whole, then the rest, its *body*, in pieces as they come.
///
/// Heads that came in one piece and all bodies are slices of the input; only a head that was cut is put together in memory of its own.
struct PacketCutter<Head: PacketHead> {
    enum Piece {
        /// - Parameter body: how many bytes follow. `isInPlace`: the head is a slice of the input.
        case head(ArraySlice<UInt8>, body: Int, isInPlace: Bool)
        case body(ArraySlice<UInt8>)
    }

    /// The length field of a packet is 0 or more than `SFTPLimit.packet`.
    struct WrongLength: Error, Equatable {
        let length: Int
    }

    /// A head that has not come whole.
    private var held: [UInt8] = []
    /// Bytes of the current packet that follow its head.
    private(set) var bodyLeft = 0

    /// Nothing of a packet has been read.
    var isBetweenPackets: Bool { held.isEmpty && bodyLeft == 0 }

    /// Takes the next piece off the input. Nil: it has to have more.
    mutating func next(from input: inout ArraySlice<UInt8>) throws(WrongLength) -> Piece? {
        if bodyLeft > 0 {
            guard !input.isEmpty else { return nil }
            let piece = input.prefix(bodyLeft)
            input = input.dropFirst(piece.count)
            bodyLeft -= piece.count
            return .body(piece)
        }
        return held.isEmpty ? try headInPlace(from: &input) : try headHeld(from: &input)
    }

    private mutating func headInPlace(from input: inout ArraySlice<UInt8>) throws(WrongLength) -> Piece? {
        guard !input.isEmpty else { return nil }
        var length = 0
        while length <= input.count {
            let needed = try Self.needed(knowing: input.prefix(length))
            if needed == length {
                let head = input.prefix(length)
                input = input.dropFirst(length)
                return begin(head, isInPlace: true)
            }
            length = needed
        }
        held = Array(input)
        input = input.dropFirst(input.count)
        return nil
    }

    private mutating func headHeld(from input: inout ArraySlice<UInt8>) throws(WrongLength) -> Piece? {
        while true {
            let needed = try Self.needed(knowing: held[...])
            if needed <= held.count {
                // What was held may be more than the head as it was first understood, never more than one packet: the input was shorter.
                defer { held = [] }
                return begin(held[...], isInPlace: false)
            }
            guard !input.isEmpty else { return nil }
            let more = input.prefix(needed - held.count)
            held.append(contentsOf: more)
            input = input.dropFirst(more.count)
        }
    }

    private mutating func begin(_ head: ArraySlice<UInt8>, isInPlace: Bool) -> Piece {
        bodyLeft = 4 + Int(head.bigEndian32(at: 0)) - head.count
        return .head(head, body: bodyLeft, isInPlace: isInPlace)
    }

    /// The length field first; the rest is the packet's business.
    private static func needed(knowing known: ArraySlice<UInt8>) throws(WrongLength) -> Int {
        guard known.count >= 5 else {
            if known.count >= 4 { _ = try length(of: known) }
            return 5
        }
        return Head.length(knowing: known, of: 4 + (try length(of: known)))
    }

    private static func length(of known: ArraySlice<UInt8>) throws(WrongLength) -> Int {
        let length = Int(known.bigEndian32(at: 0))
        guard (1...SFTPLimit.packet).contains(length) else { throw WrongLength(length: length) }
        return length
    }
}

extension ArraySlice<UInt8> {
    /// The `uint32` at `offset` from the slice's beginning, which has to be there.
    func bigEndian32(at offset: Int) -> UInt32 {
        let start = startIndex + offset
        return UInt32(self[start]) << 24 | UInt32(self[start + 1]) << 16 | UInt32(self[start + 2]) << 8 | UInt32(self[start + 3])
    }

    /// The type byte of a packet of which at least five bytes are known.
    var packetType: PacketType { PacketType(rawValue: self[startIndex + 4]) }
}
