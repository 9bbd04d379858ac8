/// Tells from the bytes alone where a program addresses places of the screen, so that what is seen is more than what came in a row.
///
/// On: in the alternate screen; and on the main one
/// - behind CUP, HVP, VPA and DECSTBM, until a line editor begins (bracketed paste is switched on) or as many lines end as the window has;
/// - while cursor keys are the application's (DECCKM), as pagers have it, unless bracketed paste is on: that is a line editor.
///
/// Moves by a few places, as line editors and progress bars make them, do not switch it on.
struct ScreenSwitch: Sendable {
    private enum State: Sendable { case ground, c1Lead, escape, sequence }

    /// What a byte means for the screen.
    enum Event: Sendable {
        case none
        /// It may be on from behind this byte.
        case addressing
        case alternate(Bool)
        /// Bracketed paste.
        case lineEditor(Bool)
        /// DECCKM.
        case cursorKeys(Bool)
        case lineEnd
        /// Rows may vanish: what they show has to be looked at before this sequence.
        case clearing
    }

    private var state = State.ground
    private var isPrivate = false
    private var parameter = 0
    private var meaning = Event.none
    private(set) var isAlternate = false
    private var isAddressed = false
    private var hasCursorKeys = false
    private var isEditing = false
    private var lineEnds = 0
    private var allLineEnds = 0
    private var isPlacedOnMain = false
    private var isPlacedOnAlternate = false
    var rows: Int

    init(rows: Int) { self.rows = rows }

    var isOn: Bool { isAlternate || isAddressed || hasCursorKeys && !isEditing }

    /// True if it is known on which row of the user's window the cursor stands: the session begins on any. On the main screen that is so behind an absolute move
    /// or when the window has scrolled.
    var isPlaced: Bool { isAlternate ? isPlacedOnAlternate : isPlacedOnMain || allLineEnds >= rows }

    /// True between sequences: plain text changes nothing.
    var isGround: Bool { state == .ground }

    /// Takes one byte.
    mutating func take(_ byte: UInt8) -> Event {
        let event = read(byte)
        switch event {
        case .addressing:
            isAddressed = true
            lineEnds = 0
            if isAlternate { isPlacedOnAlternate = true } else { isPlacedOnMain = true }
        case .alternate(let isOn):
            isAlternate = isOn
            isAddressed = false
            isPlacedOnAlternate = false
        case .lineEditor(let isOn):
            isEditing = isOn
            if isOn { isAddressed = false }
        case .cursorKeys(let isOn): hasCursorKeys = isOn
        case .lineEnd:
            lineEnds += 1
            if !isAlternate, allLineEnds < rows { allLineEnds += 1 }
            if lineEnds >= rows { isAddressed = false }
        case .none, .clearing: break
        }
        return event
    }

    private mutating func read(_ byte: UInt8) -> Event {
        if byte == 0x0A { return .lineEnd }
        if byte == 0x1B {
            state = .escape
            return .none
        }
        switch state {
        case .ground:
            if byte == 0xC2 { state = .c1Lead }
        case .c1Lead: if byte == 0x9B { begin() } else { state = .ground }
        case .escape:
            if byte == UInt8(ascii: "[") {
                begin()
                break
            }
            if !(0x20..<0x30).contains(byte) { state = .ground }
            if byte == UInt8(ascii: "c") {
                (isAlternate, hasCursorKeys, isEditing) = (false, false, false)
                isPlacedOnMain = true
                return .clearing
            }
        case .sequence: return readSequence(byte)
        }
        return .none
    }

    private mutating func begin() {
        state = .sequence
        isPrivate = false
        parameter = 0
        meaning = .none
    }

    private mutating func readSequence(_ byte: UInt8) -> Event {
        switch byte {
        case 0x30...0x39: parameter = min(parameter * 10 + Int(byte - 0x30), 0xFFFF)
        case UInt8(ascii: "?"): isPrivate = true
        case UInt8(ascii: ";"): endParameter()
        case 0x40...0x7E:
            state = .ground
            return finish(byte)
        case 0x18, 0x1A: state = .ground
        default: break
        }
        return .none
    }

    /// Of several modes in one sequence the alternate screen counts.
    private mutating func endParameter() {
        switch parameter {
        case 47, 1047, 1049: meaning = .alternate(true)
        case 2004: if case .none = meaning { meaning = .lineEditor(true) }
        case 1: if case .none = meaning { meaning = .cursorKeys(true) }
        default: break
        }
        parameter = 0
    }

    private mutating func finish(_ byte: UInt8) -> Event {
        switch byte {
        case UInt8(ascii: "H"), UInt8(ascii: "f"), UInt8(ascii: "d"), UInt8(ascii: "r"): return isPrivate ? .none : .addressing
        case UInt8(ascii: "J"): return .clearing
        case UInt8(ascii: "h"), UInt8(ascii: "l"):
            guard isPrivate else { return .none }
            endParameter()
            switch meaning {
            case .alternate: return .alternate(byte == UInt8(ascii: "h"))
            case .lineEditor: return .lineEditor(byte == UInt8(ascii: "h"))
            case .cursorKeys: return .cursorKeys(byte == UInt8(ascii: "h"))
            default: return .none
            }
        default: return .none
        }
    }
}
