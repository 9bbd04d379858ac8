/// What `echo`, `print` and `printf` print.
enum PrintedText {
    /// bash's echo takes escapes with `-e` only, those of dash and zsh always: where that makes a difference, both are candidates.
    static func echo(_ words: some Sequence<CommandWord>) -> [CommandWord.Piece]? {
        var words = Array(words)
        var isBare = false
        var interprets = false
        while let option = words.first?.known, option.count > 1, option.first == "-",
            option.dropFirst().allSatisfy("neE".contains)
        {
            if option.contains("n") { isBare = true }
            if option.contains("e") { interprets = true }
            words.removeFirst()
        }
        let plain = joined(words, isBare: isBare)
        guard plain.contains(where: { if case .text(let text) = $0 { text.contains("\\") } else { false } }) else { return plain }
        let escaped = joined(words.map(unescaped), isBare: isBare)
        if interprets { return escaped }
        guard case .text(let one)? = plain.first, case .text(let other)? = escaped.first, plain.count == 1, escaped.count == 1
        else {
            return plain + [.unknown(CommandWord.Unknown(source: "echo", splits: false))]
        }
        return [.unknown(CommandWord.Unknown(source: "echo", candidates: [one, other], splits: false))]
    }

    /// zsh and ksh.
    static func print(_ words: some Sequence<CommandWord>) -> [CommandWord.Piece]? {
        var words = Array(words)
        var isBare = false
        var isRaw = false
        while let option = words.first?.known, option.first == "-" {
            words.removeFirst()
            if option == "--" || option == "-" { break }
            guard option.dropFirst().allSatisfy("nrR".contains) else { return nil }
            if option.contains("n") { isBare = true }
            if option.lowercased().contains("r") { isRaw = true }
        }
        return joined(isRaw ? words : words.map(unescaped), isBare: isBare)
    }

    /// `%s` and `%b`, and numbers that are written out; what else can stand in a format is unknown text.
    static func printf(_ words: [CommandWord]) -> [CommandWord.Piece]? {
        var words = words[...]
        if words.first?.known == "--" { words.removeFirst() }
        guard let format = words.popFirst()?.known, !words.contains(where: \.splits) else { return nil }
        let bytes = Array(format.utf8)
        var pieces = WordPieces()
        repeat {
            let before = words.count
            guard print(bytes, &words, to: &pieces) else { return pieces.finish() }
            if words.count == before { break }
        } while !words.isEmpty
        return pieces.finish()
    }

    /// The format once; false where it says to stop.
    private static func print(_ format: [UInt8], _ words: inout ArraySlice<CommandWord>, to pieces: inout WordPieces) -> Bool {
        var position = 0
        while position < format.count {
            switch format[position] {
            case UInt8(ascii: "\\"):
                if position + 1 < format.count, format[position + 1] == UInt8(ascii: "c") { return false }
                pieces.text(EscapeReader.read(format, at: &position, end: format.count, style: .format))
            case UInt8(ascii: "%"):
                position += 1
                let start = position
                while position < format.count, !format[position].isLetter, format[position] != UInt8(ascii: "%") { position += 1 }
                guard position < format.count else { return true }
                let letter = format[position]
                let isPlain = position == start
                position += 1
                if letter == UInt8(ascii: "%") {
                    pieces.text(letter)
                    continue
                }
                let word = words.popFirst() ?? CommandWord("")
                append(word, as: letter, isPlain: isPlain, to: &pieces)
            case let byte:
                pieces.text(byte)
                position += 1
            }
        }
        return true
    }

    private static func append(_ word: CommandWord, as letter: UInt8, isPlain: Bool, to pieces: inout WordPieces) {
        let isNumber =
            word.known.map { text in !text.isEmpty && text.utf8.allSatisfy(\.isDigit) && text.utf8.first != UInt8(ascii: "0") }
            ?? false
        switch letter {
        case UInt8(ascii: "s") where isPlain: for piece in word.pieces { pieces.append(piece) }
        case UInt8(ascii: "b") where isPlain: for piece in unescaped(word).pieces { pieces.append(piece) }
        case UInt8(ascii: "c") where isPlain && word.known != nil: pieces.append(.text(String(word.known?.prefix(1) ?? "")))
        case UInt8(ascii: "d") where isPlain && isNumber: for piece in word.pieces { pieces.append(piece) }
        default: pieces.append(.unknown(CommandWord.Unknown(source: "printf", splits: false)))
        }
    }

    private static func joined(_ words: [CommandWord], isBare: Bool) -> [CommandWord.Piece] {
        var pieces = WordPieces()
        for (index, word) in words.enumerated() {
            if index > 0 { pieces.text(UInt8(ascii: " ")) }
            for piece in word.pieces { pieces.append(piece) }
        }
        if !isBare { pieces.text(UInt8(ascii: "\n")) }
        return pieces.finish()
    }

    private static func unescaped(_ word: CommandWord) -> CommandWord {
        var word = word
        word.pieces = word.pieces.map { piece in
            guard case .text(let text) = piece, text.contains("\\") else { return piece }
            let bytes = Array(text.utf8)
            var result: [UInt8] = []
            var position = 0
            while position < bytes.count {
                guard bytes[position] == UInt8(ascii: "\\") else {
                    result.append(bytes[position])
                    position += 1
                    continue
                }
                result += EscapeReader.read(bytes, at: &position, end: bytes.count, style: .echo)
            }
            return .text(String(decoding: result, as: UTF8.self))
        }
        return word
    }
}
