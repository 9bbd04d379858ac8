/// A key, as far as editing a line is concerned.
enum Key: Equatable {
    /// One character in UTF-8.
    case text(ArraySlice<UInt8>)
    /// ^@ … ^_ and DEL.
    case control(UInt8)
    /// ESC and then one character (xterm's meta).
    case meta(UInt8)
    case up, down, left, right, home, end, delete
    /// With Control held.
    case wordLeft, wordRight
    case pasteStart, pasteEnd
    /// What the terminal answers by itself: where the cursor is, what it is, that it has the focus. Nobody typed it.
    case reply
    /// OSC, DCS, APC, PM, SOS: a terminal's longer answers, and text for an editor that has not asked.
    case string
    /// Another key: what it does to a line is not known.
    case other
}

/// Cuts what a terminal sends into keys (ECMA-48 §5.4, xterm's ctlseqs "PC-Style Function Keys"). Any cut of the bytes gives the same keys.
struct KeyDecoder: Equatable {
    private enum State: Equatable {
        case ground
        case escape
        /// After ESC O.
        case single
        /// After ESC [.
        case sequence
        /// In a character of several bytes: how many are missing.
        case character(Int)
        /// In OSC, DCS, APC, PM: until ST or BEL.
        case string
        case stringEscape
    }

    /// Longer sequences are no keys.
    private static let longestSequence = 64

    private var state = State.ground
    private var pending: [UInt8] = []

    /// In the middle of a key.
    var isInside: Bool { state != .ground }

    /// The next byte ends a key that began with ESC O.
    var isAfterSS3: Bool { state == .single }
    /// The last byte was ESC.
    var isAfterEscape: Bool { state == .escape }
    /// The same, where an editor may not know of the string that is not over.
    var isAfterAnyEscape: Bool { state == .escape || state == .stringEscape }

    /// - Returns: the key that this byte completes.
    mutating func take(_ byte: UInt8) -> Key? {
        switch state {
        case .ground: return begin(byte)
        case .character(let missing):
            guard byte & 0xC0 == 0x80 else {
                // A broken character: what it is to the line nobody knows.
                state = .ground
                return .other
            }
            pending.append(byte)
            if missing > 1 {
                state = .character(missing - 1)
                return nil
            }
            state = .ground
            return .text(pending[...])
        case .escape: return escaped(byte)
        case .single:
            state = .ground
            return Self.cursorKey(byte) ?? .other
        case .sequence: return sequence(byte)
        case .string:
            if byte == 0x1B { state = .stringEscape }
            guard byte == 0x07 else { return nil }
            state = .ground
            return .string
        case .stringEscape:
            state = byte == 0x5C ? .ground : .string
            return byte == 0x5C ? .string : nil
        }
    }

    private mutating func begin(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x1B: state = .escape
        case 0x20..<0x7F: return .text([byte])
        case 0..<0x20, 0x7F: return .control(byte)
        case 0xC2..<0xE0: start(byte, missing: 1)
        case 0xE0..<0xF0: start(byte, missing: 2)
        case 0xF0..<0xF5: start(byte, missing: 3)
        default: return .other
        }
        return nil
    }

    private mutating func start(_ byte: UInt8, missing: Int) {
        pending = [byte]
        state = .character(missing)
    }

    private mutating func escaped(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x5B:
            pending = []
            state = .sequence
            return nil
        case 0x4F:
            state = .single
            return nil
        case 0x5D, 0x50, 0x5E, 0x5F:
            state = .string
            return nil
        case 0x1B: return .other  // ESC twice; the second may begin a key
        default:
            state = .ground
            return .meta(byte)
        }
    }

    private mutating func sequence(_ byte: UInt8) -> Key? {
        guard byte < 0x40 else {
            state = .ground
            return Self.key(pending, final: byte)
        }
        guard byte >= 0x20, pending.count < Self.longestSequence else {
            state = .ground
            return .other
        }
        pending.append(byte)
        return nil
    }

    private static func key(_ parameters: [UInt8], final: UInt8) -> Key {
        if parameters.isEmpty {
            // Focus in and out (xterm's mode 1004).
            if final == 0x49 || final == 0x4F { return .reply }
            return cursorKey(final) ?? .other
        }
        switch (String(decoding: parameters, as: UTF8.self), final) {
        case ("1", 0x7E), ("7", 0x7E): return .home
        case ("4", 0x7E), ("8", 0x7E): return .end
        case ("3", 0x7E): return .delete
        case ("1;5", 0x44): return .wordLeft
        case ("1;5", 0x43): return .wordRight
        case ("200", 0x7E): return .pasteStart
        case ("201", 0x7E): return .pasteEnd
        // Cursor position, device attributes, status, modes.
        case (_, 0x52), (_, 0x63), (_, 0x6E), (_, 0x79):
            return parameters.allSatisfy { "0123456789;?>$".utf8.contains($0) } ? .reply : .other
        default: return .other
        }
    }

    private static func cursorKey(_ final: UInt8) -> Key? {
        switch final {
        case 0x41: .up
        case 0x42: .down
        case 0x43: .right
        case 0x44: .left
        case 0x48: .home
        case 0x46: .end
        default: nil
        }
    }
}
