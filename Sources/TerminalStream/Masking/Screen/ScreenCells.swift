/// A cell by the line it stands on, so that it is the same when the line has gone to another row.
struct ScreenCellIdentity: Hashable, Sendable {
    var isAlternate: Bool
    var line: Int
    var serial: UInt64
    var column: Int

    init(row: Int, column: Int, on emulator: borrowing Emulator) {
        let identity = emulator.screen.identity(row)
        isAlternate = emulator.isAlternate
        line = identity.number
        serial = identity.serial
        self.column = column
    }

    /// Where it is now; nil if it is gone.
    func row(on emulator: borrowing Emulator) -> Int? {
        guard isAlternate == emulator.isAlternate else { return nil }
        return emulator.screen.row(of: LineIdentity(number: line, serial: serial)).flatMap { $0 >= 0 ? $0 : nil }
    }
}

/// Puts `*` for printed characters, before they go out.
struct PrintedCharacters {
    private(set) var bytes: [UInt8] = []
    /// The cells that got one.
    private(set) var replaced = Set<ScreenCellIdentity>()

    private let targets: Set<ScreenCellIdentity>
    private var emulator: Emulator

    /// Walks over `chunk` as a terminal in the state of `emulator` does, and replaces each character that goes to one of `targets`. Where it would not be as wide as
    /// the character, it is left as it is.
    init(replacing targets: Set<ScreenCellIdentity>, in chunk: ArraySlice<UInt8>, on emulator: Emulator) {
        self.targets = targets
        self.emulator = emulator
        bytes.reserveCapacity(chunk.count)
        var index = chunk.startIndex
        while index < chunk.endIndex {
            let byte = chunk[index]
            if self.emulator.isGround, byte >= 0x20, byte != 0x7F {
                let length = min(Self.length(byte), chunk.endIndex - index)
                take(chunk[index..<index + length])
                index += length
            } else {
                self.emulator.feed(chunk[index...index])
                bytes.append(byte)
                index += 1
            }
        }
    }

    /// Of a character by its first byte.
    private static func length(_ lead: UInt8) -> Int {
        switch lead {
        case 0xC2..<0xE0: 2
        case 0xE0..<0xF0: 3
        case 0xF0..<0xF5: 4
        default: 1
        }
    }

    private mutating func take(_ character: ArraySlice<UInt8>) {
        let before = (row: emulator.cursor.row, column: emulator.cursor.column, isPending: emulator.isWrapPending)
        emulator.feed(character)
        guard emulator.isGround else {
            bytes += character
            return
        }
        let isPending = emulator.isWrapPending
        let after = (row: emulator.cursor.row, column: emulator.cursor.column)
        var column = isPending ? after.column : after.column - 1
        let isJoined = Self.isJoined(character)
        if !isJoined, before.column == after.column, !before.isPending, !isPending, before.row == after.row {
            column = after.column  // at the end of a row, without autowrap
        }
        guard column >= 0 else {
            bytes += character
            return
        }
        var width = 1
        if emulator.screen[after.row, column].isSecondHalf, column > 0 {
            column -= 1
            width = 2
        }
        let cell = ScreenCellIdentity(row: after.row, column: column, on: emulator)
        // A wide character that found no room in the row before leaves a gap that two stars would not.
        let leavesGap = width == 2 && after.row != before.row && !before.isPending
        guard targets.contains(cell), !leavesGap, character.first != UInt8(ascii: "*") else {
            bytes += character
            return
        }
        replaced.insert(cell)
        if !isJoined { bytes += [UInt8](repeating: UInt8(ascii: "*"), count: width) }
    }

    /// It has no cell of its own.
    private static func isJoined(_ character: ArraySlice<UInt8>) -> Bool {
        guard character.count > 1, let scalar = String(decoding: character, as: UTF8.self).unicodeScalars.first else {
            return false
        }
        return CharacterWidths.width(of: scalar) == 0
    }
}
