/// What programs turn on and off with SM and RM (ECMA-48 8.3.106) and their private relatives; the numbers are DEC's and xterm's.
package struct Modes: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// IRM, 4: what is written shifts the rest of the line to the right.
    package static let insert = Modes(rawValue: 1 << 0)
    /// LNM, 20: a line feed also returns the carriage.
    package static let newLine = Modes(rawValue: 1 << 1)
    /// DECCKM, ?1: cursor keys send SS3.
    package static let applicationCursor = Modes(rawValue: 1 << 2)
    /// DECKPAM and ?66.
    package static let applicationKeypad = Modes(rawValue: 1 << 3)
    /// DECSCNM, ?5: black on white.
    package static let reverseVideo = Modes(rawValue: 1 << 4)
    /// DECOM, ?6: rows are counted from the scroll region's top.
    package static let origin = Modes(rawValue: 1 << 5)
    /// DECAWM, ?7.
    package static let autowrap = Modes(rawValue: 1 << 6)
    /// ?12
    package static let cursorBlinking = Modes(rawValue: 1 << 7)
    /// DECTCEM, ?25.
    package static let cursorVisible = Modes(rawValue: 1 << 8)
    /// ?45: backspace goes back over a wrap.
    package static let reverseWrap = Modes(rawValue: 1 << 9)
    /// ?9, ?1000, ?1002, ?1003: mouse buttons, drags and motions are sent.
    package static let mouse = Modes(rawValue: 1 << 10)
    /// ?1004: the terminal tells when it gets and loses the focus.
    package static let focusEvents = Modes(rawValue: 1 << 11)
    /// ?1006
    package static let mouseSGR = Modes(rawValue: 1 << 12)
    /// ?2004: pastes come between two marks.
    package static let bracketedPaste = Modes(rawValue: 1 << 13)
    /// ?2026: nothing is shown until it is turned off.
    package static let synchronizedOutput = Modes(rawValue: 1 << 14)

    /// After a reset.
    static let initial: Modes = [.autowrap, .cursorVisible]

    /// The mode of a private number that only has to be remembered.
    init?(privateNumber: Int) {
        switch privateNumber {
        case 1: self = .applicationCursor
        case 5: self = .reverseVideo
        case 7: self = .autowrap
        case 12: self = .cursorBlinking
        case 25: self = .cursorVisible
        case 45: self = .reverseWrap
        case 66: self = .applicationKeypad
        case 9, 1000, 1002, 1003: self = .mouse
        case 1004: self = .focusEvents
        case 1006: self = .mouseSGR
        case 2004: self = .bracketedPaste
        case 2026: self = .synchronizedOutput
        default: return nil
        }
    }
}

/// States in which what the screen shows is a doubtful witness of what was typed: full-screen programs use them, and so does hostile or broken output.
package struct Oddities: OptionSet, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// SGR 8 is on.
    package static let conceal = Oddities(rawValue: 1 << 0)
    package static let insertMode = Oddities(rawValue: 1 << 1)
    package static let originMode = Oddities(rawValue: 1 << 2)
    /// The scroll region is not the whole screen.
    package static let scrollRegion = Oddities(rawValue: 1 << 3)
    package static let autowrapOff = Oddities(rawValue: 1 << 4)
    /// Letters are shown as something else: DEC's special graphics or a national set.
    package static let characterSet = Oddities(rawValue: 1 << 5)
    package static let alternateScreen = Oddities(rawValue: 1 << 6)
    /// Seen since `forgetSightings()`: a C1 control (U+0080–U+009F).
    package static let c1 = Oddities(rawValue: 1 << 7)
    /// Seen since `forgetSightings()`: a byte that is not UTF-8.
    package static let invalidUTF8 = Oddities(rawValue: 1 << 8)
    /// Seen since `forgetSightings()`: something that other terminals show and this one does not know, like left and right margins, lines of double
    /// size or protected characters.
    package static let unsupported = Oddities(rawValue: 1 << 9)

    static let sightings: Oddities = [.c1, .invalidUTF8, .unsupported]
}
