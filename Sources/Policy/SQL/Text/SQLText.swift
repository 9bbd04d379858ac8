/// SQL as bytes. What is only known when the command runs stands in it as one byte that UTF-8 does not have.
///
/// So the lexer goes on behind it as if it were a name: `DROP TABLE $t` is a `DROP TABLE`. That it can be anything else is the doubt which
/// every reading of a text with holes carries.
struct SQLText {
    /// No byte of UTF-8; it counts as a letter, as all bytes above ASCII do.
    static let hole: UInt8 = 0xFF

    struct Hole {
        var offset: Int
        var unknown: CommandWord.Unknown
    }

    private(set) var bytes: [UInt8] = []
    /// In the order of their offsets.
    private(set) var holes: [Hole] = []

    init() {}

    init(_ text: String) { bytes = Array(text.utf8) }

    init(_ word: CommandWord) {
        for piece in word.pieces {
            switch piece {
            case .text(let text): bytes.append(contentsOf: text.utf8)
            // A path: it cannot close a quote or begin a statement.
            case .home: bytes.append(UInt8(ascii: "~"))
            // `echo select * from t | psql`: what the shell makes of it depends on the files there, and mostly it stays.
            case .pattern(let text): append(CommandWord.Unknown(source: text, candidates: [text], splits: true))
            case .unknown(let unknown): append(unknown)
            }
        }
    }

    mutating func append(_ unknown: CommandWord.Unknown) {
        holes.append(Hole(offset: bytes.count, unknown: unknown))
        bytes.append(Self.hole)
    }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(_ other: SQLText, _ range: Range<Int>) {
        for hole in other.holes(in: range) {
            holes.append(Hole(offset: bytes.count + hole.offset - range.lowerBound, unknown: hole.unknown))
        }
        bytes.append(contentsOf: other.bytes[range])
    }

    func slice(_ range: Range<Int>) -> SQLText {
        var slice = SQLText()
        slice.append(self, range)
        return slice
    }

    /// The first bytes, at most `limit` of them.
    func prefix(_ limit: Int) -> SQLText { bytes.count > limit ? slice(0..<limit) : self }

    func holes(in range: Range<Int>) -> ArraySlice<Hole> {
        guard !holes.isEmpty else { return [] }
        let first = firstHole(from: range.lowerBound)
        return holes[first..<firstHole(from: range.upperBound)]
    }

    private func firstHole(from offset: Int) -> Int {
        var low = 0
        var high = holes.count
        while low < high {
            let middle = (low + high) / 2
            if holes[middle].offset < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

// MARK: - What others see of it

extension SQLText {
    /// The same text as a word, with the holes as pieces again.
    var word: CommandWord {
        var pieces: [CommandWord.Piece] = []
        var start = 0
        for hole in holes {
            if start < hole.offset { pieces.append(.text(String(decoding: bytes[start..<hole.offset], as: UTF8.self))) }
            pieces.append(.unknown(hole.unknown))
            start = hole.offset + 1
        }
        if start < bytes.count { pieces.append(.text(String(decoding: bytes[start...], as: UTF8.self))) }
        return CommandWord(pieces: pieces, source: description(0..<bytes.count, limit: 200))
    }

    /// One line for people: white space as one space, characters that a terminal would obey as `·`.
    func description(_ range: Range<Int>, limit: Int) -> String {
        var line = ""
        var length = 0
        var hole = firstHole(from: range.lowerBound)
        var position = range.lowerBound
        while position < range.upperBound, length < limit {
            if bytes[position] == Self.hole, hole < holes.count {
                line += holes[hole].unknown.source
                length += holes[hole].unknown.source.count
                hole += 1
                position += 1
                continue
            }
            // Four bytes make any character of UTF-8; a few characters too many at the limit are cut below.
            let end = min(range.upperBound, position + 4 * (limit - length))
            let run = bytes[position..<end].prefix { $0 != Self.hole }
            for scalar in String(decoding: run, as: UTF8.self).unicodeScalars.prefix(limit - length) {
                if scalar.properties.isWhitespace {
                    if line.last != " " { line.append(" ") }
                } else {
                    line.unicodeScalars.append(scalar.isHarmless ? scalar : "·")
                }
                length += 1
            }
            position = run.endIndex
        }
        return String(line.prefix(limit))
    }

    /// The text with one of the values in the place of each hole: the `age`th from the most recent, or its last where it has fewer. Nil if
    /// no hole has so many.
    func substituted(age: Int) -> SQLText? {
        guard holes.contains(where: { $0.unknown.candidates.count > age }) else { return nil }
        var result = SQLText()
        var start = 0
        for hole in holes {
            result.append(self, start..<hole.offset)
            let values = hole.unknown.candidates
            if values.isEmpty {
                result.append(hole.unknown)
            } else {
                result.bytes.append(contentsOf: values[max(0, values.count - 1 - age)].utf8)
            }
            start = hole.offset + 1
        }
        result.append(self, start..<bytes.count)
        return result
    }
}

extension Unicode.Scalar {
    fileprivate var isHarmless: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
