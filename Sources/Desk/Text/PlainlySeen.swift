extension Unicode.Scalar {
    /// True for a character that every terminal shows where it stands, as something, and as nothing else than it is.
    ///
    /// False for controls, format characters (Unicode TR 36 §2.10), what is not assigned, blanks that are no space to a shell, what is empty or may be
    /// ignored, and letters that are written from right to left: terminals that know of directions would show their neighbours in another order.
    var isPlainlySeen: Bool {
        if value < 0x80 { return value >= 0x20 && value != 0x7F }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned, .spaceSeparator,
            .enclosingMark:
            return false
        default: break
        }
        // U+21B5 is our mark for a line feed, U+2800 a braille pattern without dots, U+FFFD what others show for bytes that are not UTF-8.
        return value != 0x21B5 && value != 0x2800 && value != 0xFFFD && !properties.isDefaultIgnorableCodePoint
            && !isWrittenFromTheRight
    }

    /// Takes no column and belongs to the letter before it, as accents do.
    var isOrdinaryCombining: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .otherLetter: !properties.isDefaultIgnorableCodePoint && !isWrittenFromTheRight
        default: false
        }
    }

    /// The blocks whose characters have Bidi_Class R or AL, or are reserved for it (UAX #9, DerivedBidiClass.txt).
    private var isWrittenFromTheRight: Bool {
        switch value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
    }
}
