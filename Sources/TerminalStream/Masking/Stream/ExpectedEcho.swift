/// What the user typed and has not seen yet. A program that echoes tells them nothing new.
struct ExpectedEcho: Sendable {
    private var typed: [UInt8] = []
    private var until: UInt64 = 0

    static let most = 256
    /// In nanoseconds.
    static let lifetime: UInt64 = 2_000_000_000

    var isEmpty: Bool { typed.isEmpty }

    /// The next byte that is expected.
    var next: UInt8? { typed.first }

    /// Keys that print; keys that move are skipped with all that is in their sequence.
    mutating func expect(_ keys: ArraySlice<UInt8>, at now: UInt64) {
        var isSequence = false
        for byte in keys {
            if isSequence {
                isSequence = byte < 0x40 || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O")
            } else if byte == 0x1B {
                isSequence = true
            } else if byte >= 0x20, byte != 0x7F {
                typed.append(byte)
            }
        }
        typed.removeFirst(max(0, typed.count - Self.most))
        until = now + Self.lifetime
    }

    mutating func expire(at now: UInt64) {
        if !typed.isEmpty, now > until { typed.removeAll() }
    }

    /// Whether this byte is the next that is expected.
    mutating func take(_ byte: UInt8) -> Bool {
        guard typed.first == byte else { return false }
        typed.removeFirst()
        return true
    }
}
