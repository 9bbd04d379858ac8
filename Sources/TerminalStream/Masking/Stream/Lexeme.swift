/// The next piece of a terminal's stream, as far as masking is concerned. Lengths are in bytes, and never 0.
enum Lexeme: Equatable, Sendable {
    /// Printable ASCII.
    case text(Int)
    /// A character beyond ASCII.
    case character(Unicode.Scalar, Int)
    /// A byte that belongs to no character; terminals show U+FFFD.
    case illFormed
    /// CR, LF, TAB, VT or FF: white space for the rules.
    case space
    case backspace
    /// Nothing on the screen moves: colours, charsets, erasing, modes, BEL, NUL, zero width characters.
    case transparent(Int)
    /// Nothing moves, but what comes is another text: a line editor begins (bracketed paste is switched on or off), and its prompt does not belong to a
    /// value that had no line end.
    case boundary(Int)
    /// The cursor moves, or nobody knows.
    case motion(Int)
    /// The alternate screen begins or ends.
    case screen(isAlternate: Bool, Int)
    /// The beginning of a string (OSC, DCS, SOS, PM, APC, or the title of ESC k).
    case string(isOperatingSystemCommand: Bool, Int)
    /// More bytes are needed.
    case unfinished
}

/// Cuts a stream into lexemes: what is one for a terminal (ECMA-48, Paul Williams' state diagram) is one here, and never divided.
enum Lexer {
    /// A control sequence that is longer is given up.
    static let longestSequence = 256

    /// The lexeme at `start`, which has to be below `bytes.count`. A pure function: more bytes change only `unfinished` and the length of a text.
    static func next(in bytes: Span<UInt8>, from start: Int) -> Lexeme {
        let byte = bytes[start]
        switch byte {
        case 0x20..<0x7F: return .text(bytes.endOfPrintableASCII(from: start) - start)
        case 0x09...0x0D: return .space
        case 0x08: return .backspace
        case 0x1B: return escape(in: bytes, from: start)
        case 0..<0x20, 0x7F: return .transparent(1)
        default: return character(in: bytes, from: start)
        }
    }

    private static func character(in bytes: Span<UInt8>, from start: Int) -> Lexeme {
        guard var carried = CarriedCharacter(leadByte: bytes[start]) else { return .illFormed }
        var position = start + 1
        while position < bytes.count {
            switch carried.take(bytes[position]) {
            case .unfinished: position += 1
            case .illFormed: return .illFormed
            case .complete(let scalar): return lexeme(of: scalar, length: position + 1 - start, in: bytes, from: start)
            }
        }
        return .unfinished
    }

    private static func lexeme(of scalar: Unicode.Scalar, length: Int, in bytes: Span<UInt8>, from start: Int) -> Lexeme {
        switch scalar.value {
        case 0x80..<0xA0: control(UInt8(scalar.value - 0x40), introducer: length, in: bytes, from: start)
        case 0xAD, 0x200B...0x200D, 0x2060, 0xFEFF: .transparent(length)
        // Nor have these a width: joiners, marks of direction, variation selectors, tags.
        case 0x34F, 0x61C, 0x180E, 0x200E...0x200F, 0x202A...0x202E, 0x2061...0x206F, 0xFE00...0xFE0F, 0xFFF9...0xFFFB,
            0xE0000...0xE0FFF:
            .transparent(length)
        default: .character(scalar, length)
        }
    }

    private static func escape(in bytes: Span<UInt8>, from start: Int) -> Lexeme {
        guard start + 1 < bytes.count else { return .unfinished }
        let byte = bytes[start + 1]
        switch byte {
        case 0x20..<0x30: return intermediate(in: bytes, from: start)
        case 0x30..<0x7F: return control(byte, introducer: 2, in: bytes, from: start)
        default: return .motion(1)  // given up, or a control in the middle of it
        }
    }

    /// ESC with this byte, or the C1 control that is the same.
    private static func control(_ byte: UInt8, introducer: Int, in bytes: Span<UInt8>, from start: Int) -> Lexeme {
        switch byte {
        case UInt8(ascii: "["): sequence(introducer: introducer, in: bytes, from: start)
        case UInt8(ascii: "]"): .string(isOperatingSystemCommand: true, introducer)
        case UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "k"):
            .string(isOperatingSystemCommand: false, introducer)
        // DECSC, keypad modes, ST, HTS, locking and single shifts.
        case UInt8(ascii: "7"), UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "H"), UInt8(ascii: "N"),
            UInt8(ascii: "O"), UInt8(ascii: "l"), UInt8(ascii: "m"), UInt8(ascii: "n"), UInt8(ascii: "o"), UInt8(ascii: "|"),
            UInt8(ascii: "}"), UInt8(ascii: "~"):
            .transparent(introducer)
        default: .motion(introducer)
        }
    }

    private static func intermediate(in bytes: Span<UInt8>, from start: Int) -> Lexeme {
        var position = start + 1
        while position < bytes.count, position - start < longestSequence {
            let byte = bytes[position]
            position += 1
            switch byte {
            case 0x20..<0x30: continue
            case 0x30..<0x7F:
                return bytes[start + 1] == UInt8(ascii: "#") ? .motion(position - start) : .transparent(position - start)
            default: return .motion(position - 1 - start)
            }
        }
        return position - start < longestSequence ? .unfinished : .motion(longestSequence)
    }

    private static func sequence(introducer: Int, in bytes: Span<UInt8>, from start: Int) -> Lexeme {
        var position = start + introducer
        while position < bytes.count, position - start < longestSequence {
            let byte = bytes[position]
            position += 1
            switch byte {
            case 0x20..<0x40: continue
            case 0x40..<0x7F:
                return sequence(final: byte, parameters: start + introducer..<position - 1, in: bytes, length: position - start)
            case 0x18, 0x1A: return .motion(position - start)
            // A terminal obeys the control and reads on; nobody writes that.
            default: return .motion(position - 1 - start)
            }
        }
        return position - start < longestSequence ? .unfinished : .motion(longestSequence)
    }

    private static func sequence(final: UInt8, parameters: Range<Int>, in bytes: Span<UInt8>, length: Int) -> Lexeme {
        switch final {
        // SGR, EL, ED, ECH, ICH, DCH, DA, DSR, TBC, window operations, DECSCUSR and other settings.
        case UInt8(ascii: "m"), UInt8(ascii: "K"), UInt8(ascii: "J"), UInt8(ascii: "X"), UInt8(ascii: "@"), UInt8(ascii: "P"),
            UInt8(ascii: "c"), UInt8(ascii: "n"), UInt8(ascii: "g"), UInt8(ascii: "t"), UInt8(ascii: "q"), UInt8(ascii: "p"):
            return .transparent(length)
        // SCOSC; with parameters it sets margins.
        case UInt8(ascii: "s"): return parameters.isEmpty ? .transparent(length) : .motion(length)
        case UInt8(ascii: "h"), UInt8(ascii: "l"):
            return mode(isSet: final == UInt8(ascii: "h"), parameters, in: bytes, length: length)
        default: return .motion(length)
        }
    }

    /// Modes that move nothing are transparent; 47, 1047 and 1049 are the alternate screen; 3 and 6 move the cursor, 1048 may.
    private static func mode(isSet: Bool, _ parameters: Range<Int>, in bytes: Span<UInt8>, length: Int) -> Lexeme {
        guard let first = parameters.first, bytes[first] == UInt8(ascii: "?") else { return .transparent(length) }
        var number = 0
        var moves = false
        var isEditor = false
        for position in first + 1...parameters.upperBound {
            let byte = position < parameters.upperBound ? bytes[position] : UInt8(ascii: ";")
            if (0x30...0x39).contains(byte) {
                number = min(number * 10 + Int(byte - 0x30), 10_000)
                continue
            }
            if [47, 1047, 1049].contains(number) { return .screen(isAlternate: isSet, length) }
            moves = moves || [3, 6, 1048].contains(number)
            isEditor = isEditor || number == 2004
            number = 0
        }
        return moves ? .motion(length) : isEditor ? .boundary(length) : .transparent(length)
    }
}
