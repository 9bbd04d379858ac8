/// A character of a word, or something in it that is no character.
enum WordAtom {
    case plain(UInt8)
    case quoted(UInt8)
    /// `''`: makes a word.
    case emptyQuotes
    /// A group, an expansion or an array: position in the word's parts.
    case part(Int)

    var isEmptyQuotes: Bool { if case .emptyQuotes = self { true } else { false } }
}

/// Brace expansion as in bash: `{a,b}`, `{1..5}`, `{a..e..2}`. Before all other expansions, on unquoted characters only.
struct WordBraces {
    private let atoms: [WordAtom]
    /// Of opening braces: the closing one, and the commas between them that are in no inner pair.
    private var pairs: [Int: (close: Int, commas: [Int])] = [:]
    /// Atoms made so far.
    private(set) var produced = 0
    private var isTooLarge = false

    /// Nil where more words would come out than `GrammarLimits.bracedWords`, or more than `limit` atoms.
    static func expand(_ atoms: [WordAtom], limit: Int) -> (words: [[WordAtom]], produced: Int)? {
        var braces = WordBraces(atoms: atoms)
        braces.findPairs()
        guard !braces.pairs.isEmpty else { return ([atoms], 0) }
        let words = braces.expand(0..<atoms.count, depth: 0, limit: limit)
        return braces.isTooLarge ? nil : (words, braces.produced)
    }

    private init(atoms: [WordAtom]) { self.atoms = atoms }

    private mutating func findPairs() {
        var open: [(position: Int, commas: [Int])] = []
        for (position, atom) in atoms.enumerated() {
            guard case .plain(let byte) = atom else { continue }
            switch byte {
            case UInt8(ascii: "{"): open.append((position, []))
            case UInt8(ascii: ","): if !open.isEmpty { open[open.count - 1].commas.append(position) }
            case UInt8(ascii: "}"): if let pair = open.popLast() { pairs[pair.position] = (position, pair.commas) }
            default: break
            }
        }
    }

    private mutating func expand(_ range: Range<Int>, depth: Int, limit: Int) -> [[WordAtom]] {
        guard depth < GrammarLimits.depth else {
            isTooLarge = true
            return []
        }
        var words: [[WordAtom]] = [[]]
        var position = range.lowerBound
        while position < range.upperBound, !isTooLarge {
            guard let pair = pairs[position], pair.close < range.upperBound,
                let choices = choices(from: position, pair: pair, depth: depth, limit: limit)
            else {
                for index in words.indices { words[index].append(atoms[position]) }
                produced += words.count
                if produced > limit { isTooLarge = true }
                position += 1
                continue
            }
            words = product(words, choices, limit: limit)
            position = pair.close + 1
        }
        return words
    }

    /// What the pair stands for; nil where it is two characters.
    private mutating func choices(
        from open: Int, pair: (close: Int, commas: [Int]), depth: Int, limit: Int
    ) -> [[WordAtom]]? {
        if pair.commas.isEmpty {
            return BraceSequence(plainText(open + 1..<pair.close)).flatMap { sequence in
                guard sequence.count <= GrammarLimits.bracedWords else {
                    isTooLarge = true
                    return []
                }
                return sequence.texts.map { $0.map(WordAtom.plain) }
            }
        }
        var choices: [[WordAtom]] = []
        var start = open + 1
        for end in pair.commas + [pair.close] {
            choices += expand(start..<end, depth: depth + 1, limit: limit)
            if choices.count > GrammarLimits.bracedWords { isTooLarge = true }
            if isTooLarge { return [] }
            start = end + 1
        }
        return choices
    }

    private mutating func product(_ words: [[WordAtom]], _ choices: [[WordAtom]], limit: Int) -> [[WordAtom]] {
        let sizes = words.reduce(0) { $0 + $1.count } * choices.count + choices.reduce(0) { $0 + $1.count } * words.count
        produced += sizes
        guard words.count * choices.count <= GrammarLimits.bracedWords, produced <= limit else {
            isTooLarge = true
            return []
        }
        return words.flatMap { word in choices.map { word + $0 } }
    }

    private func plainText(_ range: Range<Int>) -> [UInt8] {
        var text: [UInt8] = []
        for atom in atoms[range] {
            guard case .plain(let byte) = atom else { return [] }
            text.append(byte)
        }
        return text
    }
}

/// `1..5`, `01..10`, `a..e`, with a step behind.
private struct BraceSequence {
    private let first: Int
    private let step: Int
    private let isLetters: Bool
    private let width: Int
    let count: Int

    init?(_ text: [UInt8]) {
        var items: [[UInt8]] = [[]]
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "."), index + 1 < text.count, text[index + 1] == UInt8(ascii: ".") {
                items.append([])
                index += 2
            } else {
                items[items.count - 1].append(text[index])
                index += 1
            }
        }
        guard items.count == 2 || items.count == 3 else { return nil }
        var last: Int
        if let start = Self.number(items[0]), let end = Self.number(items[1]) {
            (first, last, isLetters) = (start, end, false)
        } else if items[0].count == 1, items[1].count == 1, items[0][0].isLetter, items[1][0].isLetter {
            (first, last, isLetters) = (Int(items[0][0]), Int(items[1][0]), true)
        } else {
            return nil
        }
        guard let size = items.count == 3 ? Self.number(items[2]) : 1 else { return nil }
        let distance = max(abs(size), 1)
        step = last < first ? -distance : distance
        last = abs(last - first)
        count = last / distance + 1
        let isPadded =
            !isLetters && items[0...1].contains { $0.drop { $0 == UInt8(ascii: "-") }.first == UInt8(ascii: "0") && $0.count > 1 }
        width = isPadded ? max(items[0].count, items[1].count) : 0
    }

    var texts: [[UInt8]] {
        (0..<count).map { index in
            let value = first + index * step
            if isLetters { return [UInt8(truncatingIfNeeded: value)] }
            let digits = String(abs(value))
            let sign = value < 0 ? "-" : ""
            let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count - sign.utf8.count))
            return Array((sign + zeros + digits).utf8)
        }
    }

    /// At most eight digits: nobody has more files, and nothing overflows.
    private static func number(_ text: [UInt8]) -> Int? {
        let digits = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.count <= 8, digits.allSatisfy(\.isDigit) else { return nil }
        let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return text.first == UInt8(ascii: "-") ? -value : value
    }
}
