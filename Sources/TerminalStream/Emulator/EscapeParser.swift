/// Finds escape and control sequences in a stream, after Paul Williams' state diagram of the VT500 (vt100.net/emu/dec_ansi_parser).
///
/// Strings (OSC, DCS, SOS, PM, APC) are skipped: nothing on the screen depends on them. So however long a sequence is, what is kept of it has a fixed size.
struct EscapeParser: Sendable {
    enum State: UInt8 {
        case ground, escape, escapeIntermediate, parameters, intermediates, ignored
        /// Ends with BEL too.
        case operatingSystemCommand
        /// DCS, SOS, PM, APC; and ESC k, the title of screen and tmux, which ends the same way.
        case string
    }

    /// What a byte completes.
    enum Event {
        case none
        /// A C0 control; also inside a sequence, which goes on behind it.
        case control
        /// An escape sequence is complete.
        case escape
        /// A control sequence (CSI) is complete.
        case controlSequence
    }

    private(set) var state = State.ground
    /// `?`, `>`, `=` or `<` behind CSI; 0 if there was none.
    private(set) var marker: UInt8 = 0
    /// The intermediate bytes, the first in the low byte; 0xFFFF if there were more than two.
    private(set) var intermediate: UInt16 = 0

    static let maximumParameters = 32
    /// Each at most 65535; 0 also stands for one left out.
    private var values = InlineArray<32, UInt16>(repeating: 0)
    private(set) var parameterCount = 0
    /// Bit n is set if a colon stands before parameter n, so that it belongs to the one before.
    private var colons: UInt32 = 0

    var isGround: Bool { state == .ground }

    /// True where printable characters have no meaning for the parser: in ground and in strings.
    var isInText: Bool { state == .ground || state == .operatingSystemCommand || state == .string }

    /// A parameter; 0 if it is missing.
    func parameter(_ index: Int) -> Int { index < min(parameterCount, Self.maximumParameters) ? Int(values[index]) : 0 }

    /// True if a colon stands before this parameter.
    func isSubparameter(_ index: Int) -> Bool {
        index < min(parameterCount, Self.maximumParameters) && colons & (1 << UInt32(index)) != 0
    }

    /// Takes a byte below 0x80.
    @inline(__always) mutating func take(_ byte: UInt8) -> Event {
        switch state {
        case .ground: takeInGround(byte)
        case .operatingSystemCommand, .string: takeInString(byte)
        default: takeInSequence(byte)
        }
    }

    /// Takes a C1 control (ECMA-48 5.3); the event is what the same control as an escape sequence would be, and its byte is `byte - 0x40`.
    mutating func takeC1(_ byte: UInt8) -> Event {
        beginEscape()
        return finishEscape(byte - 0x40)
    }

    private mutating func takeInGround(_ byte: UInt8) -> Event {
        if byte == 0x1B {
            beginEscape()
            return .none
        }
        return byte < 0x20 ? .control : .none
    }

    private mutating func takeInString(_ byte: UInt8) -> Event {
        switch byte {
        case 0x18, 0x1A: state = .ground
        case 0x1B: beginEscape()
        case 0x07 where state == .operatingSystemCommand: state = .ground
        default: break
        }
        return .none
    }

    private mutating func takeInSequence(_ byte: UInt8) -> Event {
        switch byte {
        case 0x18, 0x1A:
            state = .ground
            return .control
        case 0x1B:
            beginEscape()
            return .none
        case 0x00..<0x20: return .control
        case 0x7F: return .none
        default: break
        }
        switch state {
        case .escape:
            guard byte < 0x30 else { return finishEscape(byte) }
            state = .escapeIntermediate
            addIntermediate(byte)
        case .escapeIntermediate:
            guard byte < 0x30 else {
                state = .ground
                return .escape
            }
            addIntermediate(byte)
        case .parameters: return takeParameter(byte)
        case .intermediates: return takeIntermediate(byte)
        default:
            if byte >= 0x40 { state = .ground }
        }
        return .none
    }

    private mutating func takeParameter(_ byte: UInt8) -> Event {
        switch byte {
        case 0x30...0x39: addDigit(byte)
        case 0x3A, 0x3B: addSeparator(isColon: byte == 0x3A)
        case 0x3C...0x3F:
            if parameterCount == 0, marker == 0 { marker = byte } else { state = .ignored }
        case 0x20...0x2F:
            state = .intermediates
            addIntermediate(byte)
        default:
            state = .ground
            return .controlSequence
        }
        return .none
    }

    private mutating func takeIntermediate(_ byte: UInt8) -> Event {
        if byte < 0x30 {
            addIntermediate(byte)
        } else if byte < 0x40 {
            state = .ignored
        } else {
            state = .ground
            return .controlSequence
        }
        return .none
    }

    private mutating func beginEscape() {
        state = .escape
        marker = 0
        intermediate = 0
        parameterCount = 0
        colons = 0
    }

    private mutating func finishEscape(_ byte: UInt8) -> Event {
        switch byte {
        case 0x5B: state = .parameters  // [
        case 0x5D: state = .operatingSystemCommand  // ]
        case 0x50, 0x58, 0x5E, 0x5F, 0x6B: state = .string  // P X ^ _ k
        default:
            state = .ground
            return .escape
        }
        return .none
    }

    private mutating func addIntermediate(_ byte: UInt8) {
        switch intermediate {
        case 0: intermediate = UInt16(byte)
        case 1...0xFF: intermediate |= UInt16(byte) << 8
        default: intermediate = 0xFFFF
        }
    }

    /// As xterm does: parameters beyond the last are dropped, and the sequence is obeyed.
    private mutating func addSeparator(isColon: Bool) {
        if parameterCount == 0 { addParameter() }
        addParameter()
        if isColon, parameterCount <= Self.maximumParameters { colons |= 1 << UInt32(parameterCount - 1) }
    }

    private mutating func addParameter() {
        guard parameterCount < Self.maximumParameters else {
            parameterCount = Self.maximumParameters + 1
            return
        }
        values[parameterCount] = 0
        parameterCount += 1
    }

    private mutating func addDigit(_ byte: UInt8) {
        if parameterCount == 0 { addParameter() }
        guard parameterCount <= Self.maximumParameters else { return }
        let value = UInt32(values[parameterCount - 1]) * 10 + UInt32(byte - 0x30)
        values[parameterCount - 1] = UInt16(min(value, 0xFFFF))
    }
}
