/// The arguments that `xargs` and `parallel` make of text.
enum ArgumentText {
    enum Separation: Hashable {
        /// Blanks and line ends, with quotes and backslashes (POSIX.1-2024 XCU xargs).
        case blanks
        case lines
        case byte(UInt8)
    }

    /// Nil if there are more than `most`. What is not text of the word stays a piece of the argument that it stands in.
    static func words(in word: CommandWord, by separation: Separation, most: Int) -> [CommandWord]? {
        var words: [CommandWord] = []
        var pieces: [CommandWord.Piece] = []
        var text: [UInt8] = []
        var isOpen = false
        var quote: UInt8?
        var isEscaped = false

        func flush() {
            if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
            text = []
        }
        func finish() {
            flush()
            if isOpen { words.append(CommandWord(pieces: pieces.joiningTexts(), source: source(pieces))) }
            pieces = []
            isOpen = false
        }
        for piece in word.pieces {
            guard case .text(let part) = piece else {
                flush()
                pieces.append(split(piece))
                isOpen = true
                continue
            }
            for byte in part.utf8 {
                guard words.count <= most else { return nil }
                switch separation {
                case .lines where byte == 0x0A: finish()
                case .byte(byte): finish()
                case .blanks where isEscaped:
                    isEscaped = false
                    text.append(byte)
                case .blanks where quote == byte: quote = nil
                case .blanks where quote == nil && byte == UInt8(ascii: "\\"):
                    isEscaped = true
                    isOpen = true
                case .blanks where quote == nil && (byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")):
                    quote = byte
                    isOpen = true
                case .blanks where quote == nil && byte.isSpace: finish()
                // Blanks before a line's text are no part of it.
                case .lines where !isOpen && byte.isSpace: break
                default:
                    text.append(byte)
                    isOpen = true
                }
            }
        }
        finish()
        // The text of `echo` ends with a line end, which `-0` and `-d` keep.
        if case .byte = separation, let last = words.last?.known, last.utf8.last == 0x0A {
            words[words.count - 1] = CommandWord(String(last.dropLast()))
        }
        return words.count <= most ? words : nil
    }

    private static func split(_ piece: CommandWord.Piece) -> CommandWord.Piece {
        guard case .unknown(var unknown) = piece else { return piece }
        unknown.splits = true
        return .unknown(unknown)
    }

    private static func source(_ pieces: [CommandWord.Piece]) -> String {
        var source = ""
        for piece in pieces where source.utf8.count < 200 {
            switch piece {
            case .text(let text), .pattern(let text): source += text
            case .home: source += "~"
            case .unknown(let unknown): source += unknown.source
            }
        }
        return String(source.prefix(200))
    }
}
