/// The arguments of a script: `$0`, `$1` … of `sh -c TEXT NAME ARGUMENT…`.
///
/// The text can set others (`set --`, `shift`), so what comes out is one more way that a command can be, besides the one with the
/// parameter.
struct PositionalParameters {
    /// Bytes, at eight for each word besides its text, that may be put into the commands of one script. Beyond, the parameters
    /// stay unknown.
    private static let mostBytes = 128 << 10

    private let words: [CommandWord]
    /// Of all words but the first, which `$@` stands for.
    private let size: Int
    private var spent = 0

    init(_ words: [CommandWord]) {
        self.words = words
        size = words.dropFirst().reduce(0) { $0 + $1.cost }
    }

    /// The command with these arguments in place of the parameters; nil if it has none.
    mutating func filled(_ command: RunCommand) -> RunCommand? {
        guard !words.isEmpty else { return nil }
        for piece in command.words.lazy.flatMap(\.pieces) {
            switch parameter(piece) {
            case nil: continue
            case .all?: spent += size
            case .one(let index, _)?: spent += index < words.count ? words[index].cost : 0
            }
            guard spent <= Self.mostBytes else { return nil }
        }
        var isFilled = false
        var made: [CommandWord] = []
        for word in command.words {
            guard let filled = fill(word) else {
                made.append(word)
                continue
            }
            isFilled = true
            made += filled
        }
        guard isFilled, !made.isEmpty else { return nil }
        var command = command
        command.words = made
        return command
    }

    /// Nil for a word without a parameter.
    private func fill(_ word: CommandWord) -> [CommandWord]? {
        guard word.pieces.contains(where: { parameter($0) != nil }) else { return nil }
        if word.pieces.count == 1, let parameter = parameter(word.pieces[0]) {
            switch parameter {
            case .all: return Array(words.dropFirst())
            case .one(let index, let splits):
                guard index < words.count else { return splits ? [] : [CommandWord("")] }
                guard splits, let known = words[index].known else { return [words[index]] }
                return known.utf8.split(whereSeparator: \.isSpace).map { CommandWord(String(Substring($0))) }
            }
        }
        var pieces: [CommandWord.Piece] = []
        for piece in word.pieces {
            switch parameter(piece) {
            case nil: pieces.append(piece)
            case .all?: pieces += CommandWord.joined(words.dropFirst()).pieces
            case .one(let index, _)?: if index < words.count { pieces += words[index].pieces }
            }
        }
        return [CommandWord(pieces: pieces.joiningTexts(), source: word.source)]
    }

    private enum Parameter {
        case all
        case one(Int, splits: Bool)
    }

    private func parameter(_ piece: CommandWord.Piece) -> Parameter? {
        guard case .unknown(let unknown) = piece, unknown.source.utf8.count <= 6 else { return nil }
        let name = unknown.source.utf8.filter { !"${}\"".utf8.contains($0) }
        // fish's word for all of them.
        if name.elementsEqual("argv".utf8) { return .all }
        guard unknown.source.utf8.first == UInt8(ascii: "$"), let first = name.first else { return nil }
        if name.count == 1, first == UInt8(ascii: "@") || first == UInt8(ascii: "*") { return .all }
        guard name.allSatisfy(\.isDigit), let index = Int(String(decoding: name, as: UTF8.self)) else { return nil }
        return .one(index, splits: unknown.splits)
    }
}
