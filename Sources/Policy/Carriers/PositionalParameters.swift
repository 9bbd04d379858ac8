/// The arguments of a script: `$0`, `$1` … of `sh -c TEXT NAME ARGUMENT…`.
///
/// The text can set others (`set --`, `shift`), so what comes out is one more way that a command can be, besides the one with the parameter.
struct PositionalParameters {
    private let words: [CommandWord]

    init(_ words: [CommandWord]) { self.words = words }

    /// The command with these arguments in place of the parameters; nil if it has none.
    func filled(_ command: RunCommand) -> RunCommand? {
        guard !words.isEmpty else { return nil }
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
                return known.split { $0.isWhitespace }.map { CommandWord(String($0)) }
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
        guard unknown.source.utf8.first == UInt8(ascii: "$"), let first = name.first else { return nil }
        if name.count == 1, first == UInt8(ascii: "@") || first == UInt8(ascii: "*") { return .all }
        guard name.allSatisfy(\.isDigit), let index = Int(String(decoding: name, as: UTF8.self)) else { return nil }
        return .one(index, splits: unknown.splits)
    }
}
