/// Cuts what a terminal sends into keys (ECMA-48 §5.4; xterm's ctlseqs, "PC-Style Function Keys" and "Bracketed Paste Mode").
///
/// Any cut of the bytes gives the same keys, but for a lone ESC: it is the Escape key when nothing follows it for `escapeTime`.
struct KeyReader: Sendable {
    private enum State: Equatable {
        case ground
        case escape
        /// After ESC O.
        case single
        /// After ESC [.
        case sequence
        /// In a character of several bytes.
        case character
        /// In OSC, DCS, APC, PM, SOS: until ST, BEL, CAN or SUB.
        case string
        case stringEscape
    }

    /// How long after an ESC the rest of a key may come on a slow link, in nanoseconds.
    static let escapeTime: UInt64 = 100_000_000
    private static let longestSequence = 32

    private var state = State.ground
    private var pending: [UInt8] = []
    private var missing = 0
    private var isPasting = false
    /// When a lone ESC becomes a key.
    private(set) var deadline: UInt64?

    /// Takes one byte; returns the key that it completes.
    mutating func take(_ byte: UInt8, at now: UInt64) -> DeskKey? {
        deadline = nil
        switch state {
        case .ground: return begin(byte, at: now)
        case .escape: return escaped(byte, at: now)
        case .single:
            state = .ground
            return Self.cursorKey(byte) ?? .other
        case .sequence: return sequence(byte, at: now)
        case .character: return character(byte, at: now)
        case .string, .stringEscape:
            string(byte)
            return nil
        }
    }

    /// Returns the Escape key if it is time for it.
    mutating func advance(at now: UInt64) -> DeskKey? {
        guard let deadline, now >= deadline, state == .escape else { return nil }
        self.deadline = nil
        state = .ground
        return isPasting ? nil : .escape
    }

    private mutating func begin(_ byte: UInt8, at now: UInt64) -> DeskKey? {
        switch byte {
        case 0x1B:
            state = .escape
            deadline = now &+ Self.escapeTime
            return nil
        case 0x20..<0x7F: return text(Unicode.Scalar(byte))
        // ^C counts in a paste whose end was lost.
        case 0..<0x20, 0x7F: return isPasting && byte != 0x03 ? nil : byte == 0x0A ? .enter : .control(byte)
        case 0xC2..<0xE0: missing = 1
        case 0xE0..<0xF0: missing = 2
        case 0xF0..<0xF5: missing = 3
        default: return .other
        }
        pending = [byte]
        state = .character
        return nil
    }

    private func text(_ scalar: Unicode.Scalar) -> DeskKey { isPasting ? .pasted(scalar) : .text(scalar) }

    private mutating func character(_ byte: UInt8, at now: UInt64) -> DeskKey? {
        guard byte & 0xC0 == 0x80 else {
            state = .ground
            return begin(byte, at: now)  // what was broken is nothing
        }
        pending.append(byte)
        missing -= 1
        guard missing == 0 else { return nil }
        state = .ground
        let scalars = String(decoding: pending, as: UTF8.self).unicodeScalars
        guard scalars.count == 1, let scalar = scalars.first else { return .other }
        return text(scalar)
    }

    private mutating func escaped(_ byte: UInt8, at now: UInt64) -> DeskKey? {
        switch byte {
        case 0x5B:
            pending = []
            state = .sequence
            return nil
        case 0x4F:
            state = .single
            return nil
        case 0x50, 0x58, 0x5D, 0x5E, 0x5F:
            state = .string
            return nil
        case 0x1B:  // the second may begin a key
            deadline = now &+ Self.escapeTime
            return isPasting ? nil : .escape
        default:
            // With Alt, or typed very fast behind Escape: neither is a decision.
            state = .ground
            return .other
        }
    }

    private mutating func sequence(_ byte: UInt8, at now: UInt64) -> DeskKey? {
        if byte >= 0x20, byte < 0x40 {
            // Longer sequences are no keys; they are read to their end all the same.
            if pending.count < Self.longestSequence { pending.append(byte) }
            return nil
        }
        state = .ground
        guard byte >= 0x40, byte < 0x7F else { return begin(byte, at: now) }
        switch (String(decoding: pending, as: UTF8.self), byte) {
        case ("200", 0x7E): isPasting = true
        case ("201", 0x7E): isPasting = false
        case _ where isPasting: break
        case let (parameters, final): return Self.key(parameters, final)
        }
        return nil
    }

    private mutating func string(_ byte: UInt8) {
        switch (state, byte) {
        case (_, 0x07), (_, 0x18), (_, 0x1A), (.stringEscape, 0x5C): state = .ground
        case (_, 0x1B): state = .stringEscape
        default: state = .string
        }
    }

    private static func key(_ parameters: String, _ final: UInt8) -> DeskKey {
        switch (parameters, final) {
        case ("", _), ("1", 0x41...0x48): cursorKey(final) ?? .other
        case ("1", 0x7E), ("7", 0x7E): .home
        case ("4", 0x7E), ("8", 0x7E): .end
        case ("5", 0x7E): .pageUp
        case ("6", 0x7E): .pageDown
        default: .other
        }
    }

    private static func cursorKey(_ final: UInt8) -> DeskKey? {
        switch final {
        case 0x41: .up
        case 0x42: .down
        case 0x43: .right
        case 0x44: .left
        case 0x48: .home
        case 0x46: .end
        case 0x5A: .backTab
        default: nil
        }
    }
}
