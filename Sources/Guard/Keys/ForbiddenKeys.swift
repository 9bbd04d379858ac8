/// Takes a key sequence out of what a user sends, however it is cut into packets: the keys with which the guard itself releases a line.
///
/// Nothing is held back, because a lone ESC must not wait. Instead the last byte of the sequence never passes; whoever typed it, who had to read it
/// out of the shell's memory first, has an editor that waits for the end of a key.
struct ForbiddenKeys {
    private let sequence: [UInt8]
    /// For each length of a match that fails, the longest shorter one that may still be one (Knuth, Morris, Pratt).
    private let fallback: [Int]
    private var matched = 0
    /// How often it was tried.
    private(set) var count = 0

    /// - Parameter sequence: not empty.
    init(_ sequence: [UInt8]) {
        self.sequence = sequence
        var fallback = [0]
        var length = 0
        for byte in sequence.dropFirst() {
            while length > 0, sequence[length] != byte { length = fallback[length - 1] }
            if sequence[length] == byte { length += 1 }
            fallback.append(length)
        }
        self.fallback = fallback
    }

    /// Whether this byte may pass.
    mutating func admits(_ byte: UInt8) -> Bool {
        while matched > 0, sequence[matched] != byte { matched = fallback[matched - 1] }
        guard sequence[matched] == byte else { return true }
        matched += 1
        guard matched == sequence.count else { return true }
        matched = 0
        count += 1
        return false
    }

    /// Whether nothing of the sequence was seen, so that bytes without its first one pass untouched.
    var isIdle: Bool { matched == 0 }
    var first: UInt8 { sequence[0] }
}
