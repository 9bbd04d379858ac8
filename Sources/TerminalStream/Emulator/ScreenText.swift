/// A place on the screen. Rows that scrolled off the top are negative; the column may be one past the last.
package struct ScreenPosition: Equatable, Comparable, Sendable {
    package var row: Int
    package var column: Int

    package init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }

    package static func < (left: Self, right: Self) -> Bool { (left.row, left.column) < (right.row, right.column) }
}

/// What stands between two places of the screen, row by row, with what is known of each character.
package struct ScreenText: Equatable, Sendable {
    /// One character with those joined to it, or a line end.
    package struct Character: Equatable, Sendable {
        /// Which bytes of `bytes` it is.
        package var range: Range<Int>
        package var position: ScreenPosition
        package var attributes: CharacterAttributes
        /// The cell was never written or was erased; it reads as a space.
        package var isBlank: Bool
        /// It did not fit into the last column of the row before, and left it empty.
        package var leftColumn: Bool

        /// Shown faint: suggested, not typed.
        package var isFaint: Bool { attributes.contains(.faint) }
    }

    /// UTF-8. Rows that wrap into the next are joined, others end in a line feed.
    package internal(set) var bytes: [UInt8] = []
    package internal(set) var characters: [Character] = []
}

/// What a cell shows.
package struct ScreenCell: Equatable, Sendable {
    /// UTF-8 of the character and those joined to it; empty for a blank and for the second half of a wide character.
    package var text: [UInt8]
    /// 1 or 2 columns, 0 for the second half of a wide character.
    package var width: Int
    package var attributes: CharacterAttributes
    package var foreground: Colour
    package var background: Colour
}
