/// Gathers the pieces of a `CommandWord`; neighbouring texts become one.
struct WordPieces {
    private(set) var pieces: [CommandWord.Piece] = []
    private var run: [UInt8] = []

    mutating func text(_ byte: UInt8) { run.append(byte) }
    mutating func text(_ bytes: some Sequence<UInt8>) { run.append(contentsOf: bytes) }

    mutating func append(_ piece: CommandWord.Piece) {
        flush()
        if case .pattern(let more) = piece, case .pattern(let before)? = pieces.last {
            pieces[pieces.count - 1] = .pattern(before + more)
        } else if case .text(let more) = piece, case .text(let before)? = pieces.last {
            pieces[pieces.count - 1] = .text(before + more)
        } else if piece != .text("") {
            pieces.append(piece)
        }
    }

    mutating func finish() -> [CommandWord.Piece] {
        flush()
        return pieces
    }

    private mutating func flush() {
        guard !run.isEmpty else { return }
        let text = String(decoding: run, as: UTF8.self)
        run.removeAll()
        if case .text(let before)? = pieces.last {
            pieces[pieces.count - 1] = .text(before + text)
        } else {
            pieces.append(.text(text))
        }
    }

    /// Unquoted characters that came out of an expansion: patterns in them count.
    static func globbing(_ text: String) -> [CommandWord.Piece] {
        var pieces = WordPieces()
        let bytes = Array(text.utf8)
        var brackets = BracketFinder()
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "*"), UInt8(ascii: "?"): pieces.append(.pattern(String(Unicode.Scalar(bytes[position]))))
            case UInt8(ascii: "["):
                if let end = brackets.end(from: position, count: bytes.count, byte: { bytes[$0] }) {
                    pieces.append(.pattern(String(decoding: bytes[position..<end], as: UTF8.self)))
                    position = end
                    continue
                }
                pieces.text(bytes[position])
            default: pieces.text(bytes[position])
            }
            position += 1
        }
        return pieces.finish()
    }
}

/// Finds the ends of bracket expressions: POSIX.1-2024 XCU 2.14.1. A slash between the brackets makes them two characters.
struct BracketFinder {
    /// No bracket that opens before this position is closed: what was looked through once is not looked through again.
    private var openUntil = 0

    /// The position behind the bracket that closes the one at `start`.
    ///
    /// - Parameter byte: the character at a position; nil for what is none, which a bracket cannot hold.
    mutating func end(from start: Int, count: Int, byte: (Int) -> UInt8?) -> Int? {
        guard start >= openUntil else { return nil }
        var index = start + 1
        if index < count, byte(index) == UInt8(ascii: "!") || byte(index) == UInt8(ascii: "^") { index += 1 }
        if index < count, byte(index) == UInt8(ascii: "]") { index += 1 }
        while index < count, let next = byte(index), next != UInt8(ascii: "/") {
            if next == UInt8(ascii: "]") { return index + 1 }
            index += 1
        }
        openUntil = index
        return nil
    }
}
