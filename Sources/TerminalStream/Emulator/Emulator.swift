/// A terminal without a window: what a stream of output would show in xterm, in UTF-8.
///
/// It reads what ECMA-48, DEC's VT100 to VT500 and xterm define and programs use. Strings (titles, clipboards, palettes, sixel) are skipped, nothing is ever
/// answered. Memory is bounded by the size asked for, whatever arrives; the time is linear in the bytes.
///
/// Where tmux 3.3a or libvterm 0.3 differ from xterm, the tests `EmulatorDifferences…` name it and say why.
package struct Emulator: Sendable {
    /// Larger sizes are cut to this: at most so many columns, rows, and cells of one screen.
    package static let maximumColumns = 1000
    package static let maximumRows = 1000
    package static let maximumCells = 500_000
    /// How many rows that scrolled off the top can be read.
    package static let historyRows = 200
    /// How many anchors there are.
    package static let anchorCount = 8

    /// The screen that is shown.
    var screen: Grid
    /// The other one: the alternate screen, nil until it was used, or the main one while the alternate is shown.
    var other: Grid?
    package internal(set) var isAlternate = false
    package internal(set) var modes = Modes.initial

    /// How often bracketed paste was switched off since the beginning: line editors do that when they give a line away.
    package internal(set) var pasteModeEnds = 0
    /// How often the terminal was asked for something that it answers by itself, as if it had been typed, since the beginning.
    package internal(set) var questions = 0

    /// Where the next character goes; while `isWrapPending`, behind that.
    package internal(set) var cursor: (row: Int, column: Int) = (0, 0)
    /// The cursor has written the last column, and wraps when another character comes.
    package internal(set) var isWrapPending = false
    var pen = Pen()
    var characterSets = CharacterSets()
    /// What DECSC saved on the screen that is shown, and on the other.
    var saved = SavedCursor()
    var savedOnOther = SavedCursor()
    var scrollRegion: ClosedRange<Int>
    var tabStops: [Bool]

    var parser = EscapeParser()
    var carried = CarriedCharacter.none
    var clusters = Clusters()
    /// The character that REP repeats; nil if something else came since.
    var repeatable: Unicode.Scalar?
    /// A zero width joiner was just joined: the next character is joined too.
    var joinsNext = false
    var anchors: [Anchor?] = Array(repeating: nil, count: anchorCount)
    var sightings: Oddities = []

    /// Goes up with each `feed` and `resize`; what changes then is dated with it.
    package private(set) var generation: UInt64 = 0

    /// A blank screen. Sizes below 1 become 1, sizes above the maximum are cut.
    ///
    /// - Parameter historyRows: how many rows that scrolled off the top are kept.
    package init(columns: Int, rows: Int, historyRows: Int = Emulator.historyRows) {
        let size = Self.allowed(columns: columns, rows: rows)
        screen = Grid(columns: size.columns, rows: size.rows, historyLimit: historyRows)
        scrollRegion = 0...(size.rows - 1)
        tabStops = Self.initialTabStops(columns: size.columns)
    }

    static func allowed(columns: Int, rows: Int) -> (columns: Int, rows: Int) {
        let columns = max(1, min(columns, maximumColumns))
        return (columns, max(1, min(rows, maximumRows, maximumCells / columns)))
    }

    static func initialTabStops(columns: Int) -> [Bool] { (0..<columns).map { $0 > 0 && $0 % 8 == 0 } }

    package var columns: Int { screen.columns }
    package var rows: Int { screen.rows }

    /// True between two sequences and characters: what comes next is text or begins something new.
    package var isGround: Bool { parser.isGround && !carried.isUnfinished }

    /// Reads output. Any cut of the stream gives the same state.
    package mutating func feed(_ bytes: ArraySlice<UInt8>) {
        beginChange()
        let bytes = bytes.span
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte >= 0x80 || carried.isUnfinished {
                takeByteOfCharacter(byte, &position)
            } else if parser.isInText, byte >= 0x20, byte != 0x7F {
                let end = bytes.endOfPrintableASCII(from: position)
                if parser.isGround { print(bytes.extracting(position..<end)) }  // else it is in a string
                position = end
            } else {
                take(byte)
                position += 1
            }
        }
    }

    mutating func beginChange() {
        generation += 1
        screen.generation = generation
    }

    private mutating func take(_ byte: UInt8) {
        obey(parser.take(byte), byte)
    }

    private mutating func obey(_ event: EscapeParser.Event, _ byte: UInt8) {
        switch event {
        case .none: break
        case .control: obeyControl(byte)
        case .escape: obeyEscape(byte)
        case .controlSequence: obeyControlSequence(byte)
        }
    }

    /// One byte of a character that is not ASCII, or the byte that cuts one short.
    private mutating func takeByteOfCharacter(_ byte: UInt8, _ position: inout Int) {
        if !carried.isUnfinished {
            position += 1
            if let begun = CarriedCharacter(leadByte: byte) { carried = begun } else { takeIllFormed() }
            return
        }
        switch carried.take(byte) {
        case .unfinished: position += 1
        case .complete(let scalar):
            position += 1
            take(scalar)
        case .illFormed: takeIllFormed()  // and the byte begins something itself
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) {
        if scalar.value < 0xA0 {
            sightings.insert(.c1)
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            obey(parser.takeC1(byte), byte - 0x40)
        } else if parser.isGround {
            print(scalar)
        }
    }

    private mutating func takeIllFormed() {
        sightings.insert(.invalidUTF8)
        if parser.isGround { print("\u{FFFD}") }
    }
}

/// What DECSC saves.
struct SavedCursor: Sendable {
    var row = 0
    var column = 0
    var isWrapPending = false
    var isOrigin = false
    var pen = Pen()
    var characterSets = CharacterSets()
}

/// A place that moves with its line.
struct Anchor: Sendable {
    var isAlternate: Bool
    var line: LineIdentity
    var column: Int
}
