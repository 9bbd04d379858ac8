/// One cell of the grid: 16 bytes, nothing behind a reference.
struct Cell: Equatable, Sendable {
    /// A scalar's value; 0 for a blank, which was never written or erased; with the high bit, the number of an entry of `Clusters`.
    var content: UInt32 = 0
    var foreground = Colour.standard
    var background = Colour.standard
    var attributes: CharacterAttributes = []
    /// 1 or 2 columns; 0 is the second half of the wide character before it.
    var width: UInt8 = 1
    private var unused: UInt8 = 0

    static let blank = Cell()

    init() {}

    /// A character in the style of `pen`.
    init(content: UInt32, width: UInt8, pen: Pen) {
        self.content = content
        self.width = width
        foreground = pen.foreground
        background = pen.background
        attributes = pen.attributes
    }

    /// What erasing leaves: the background colour and nothing else, as xterm and tmux do (terminfo: `bce`).
    init(erasedBy pen: Pen) { background = pen.background }

    var isBlank: Bool { content == 0 }
    var isSecondHalf: Bool { width == 0 }
}

/// How the next character will look (ECMA-48 8.3.117, SGR).
struct Pen: Equatable, Sendable {
    var foreground = Colour.standard
    var background = Colour.standard
    var attributes: CharacterAttributes = []
}

/// The colour of a character or of its background.
package struct Colour: Equatable, Sendable {
    /// 0 for the terminal's own, else 1 in the highest byte and a number of the palette, or 2 and red, green, blue.
    package let rawValue: UInt32

    /// The terminal's own colour.
    package static let standard = Colour(rawValue: 0)

    /// A colour of the palette of 256.
    package static func palette(_ number: UInt8) -> Colour { Colour(rawValue: 1 << 24 | UInt32(number)) }

    /// A colour by its parts.
    package static func rgb(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Colour {
        Colour(rawValue: 2 << 24 | UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue))
    }
}

/// What SGR turns on and off, and the character set a character was drawn from.
package struct CharacterAttributes: OptionSet, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let bold = CharacterAttributes(rawValue: 1)
    /// SGR 2. Shells show what they suggest and nobody typed in it.
    package static let faint = CharacterAttributes(rawValue: 2)
    package static let italic = CharacterAttributes(rawValue: 4)
    /// Any of the five kinds of underline.
    package static let underline = CharacterAttributes(rawValue: 8)
    package static let blink = CharacterAttributes(rawValue: 16)
    package static let reverse = CharacterAttributes(rawValue: 32)
    /// SGR 8: the character is there and not seen.
    package static let conceal = CharacterAttributes(rawValue: 64)
    package static let strikethrough = CharacterAttributes(rawValue: 128)
    package static let overline = CharacterAttributes(rawValue: 256)
    /// Drawn from DEC's special graphics; the cell holds the line that is seen, not the letter that was sent.
    package static let lineDrawing = CharacterAttributes(rawValue: 512)
}
