/// A word that is read as shell text, though parts of it are not known.
///
/// In the text each of these parts is one character of a private plane, which the grammar takes for a letter whatever quotes are
/// around it. In the commands that come out, the characters are made the parts again. So `sh -c "rm -rf '$HOME'/$x"` is `rm -rf`
/// of the home directory and something unknown.
struct ScriptText {
    /// The first character of plane 16. A text that holds such characters itself is read right if all of it is known; else they
    /// count as unknown.
    private static let first: UInt32 = 0x10_0000
    /// More parts than there are characters share the last one.
    private static let most = 0xFFFD

    let text: String
    /// What the characters stand for. Empty if all of the text is known.
    private let parts: [CommandWord.Piece]

    init(_ word: CommandWord) {
        if let known = word.known {
            text = known
            parts = []
            return
        }
        var text = ""
        var parts: [CommandWord.Piece] = []
        for piece in word.pieces {
            if case .text(let known) = piece {
                text += known
                continue
            }
            if parts.count < Self.most { parts.append(piece) }
            if let scalar = Unicode.Scalar(Self.first + UInt32(parts.count - 1)) { text.unicodeScalars.append(scalar) }
        }
        self.text = text
        self.parts = parts
    }

    /// A part of the text can be anything, and so can what runs.
    var unknown: CommandWord.Piece? {
        parts.first {
            switch $0 {
            case .unknown, .pattern: true
            case .home, .text: false
            }
        }
    }

    private func part(_ scalar: Unicode.Scalar) -> CommandWord.Piece? {
        guard scalar.value >= Self.first else { return nil }
        let index = Int(scalar.value - Self.first)
        return index < parts.count ? parts[index] : nil
    }

    /// Whether it may give its positional parameters other values.
    var setsParameters: Bool {
        text.utf8.split { !$0.isInName }.contains { ["set", "shift", "eval", "source", "argv"].contains(String(Substring($0))) }
    }

    // MARK: - Making the parts again

    func restored(_ command: RunCommand) -> RunCommand {
        guard !parts.isEmpty else { return command }
        var command = command
        command.words = command.words.map(restored)
        command.assignments = command.assignments.map { .init(name: restored($0.name), value: $0.value.map(restored)) }
        command.redirections = command.redirections.map { .init(operation: $0.operation, target: restored($0.target)) }
        command.directory = command.directory.map(restored)
        command.output = command.output.map(restored)
        command.input =
            switch command.input {
            case .inherited: .inherited
            case .text(let word): .text(restored(word))
            case .file(let word): .file(restored(word))
            case .pipe(let names): .pipe(names.map(restored))
            }
        return command
    }

    /// For people: the parts as they were typed.
    func restored(_ text: String) -> String {
        guard !parts.isEmpty, holdsPart(text) else { return text }
        var restored = ""
        for scalar in text.unicodeScalars {
            switch part(scalar) {
            case nil: restored.unicodeScalars.append(scalar)
            case .home?: restored += "~"
            case .text(let source)?, .pattern(let source)?: restored += source
            case .unknown(let unknown)?: restored += unknown.source
            }
        }
        return restored
    }

    private func holdsPart(_ text: String) -> Bool { text.unicodeScalars.contains { part($0) != nil } }

    private func restored(_ word: CommandWord) -> CommandWord {
        var pieces: [CommandWord.Piece] = []
        for piece in word.pieces {
            switch piece {
            case .text(let text) where holdsPart(text): pieces += restoredPieces(text)
            case .pattern(let text) where holdsPart(text): pieces.append(.unknown(.init(source: restored(text), splits: true)))
            case .unknown(var unknown):
                unknown.source = String(restored(unknown.source).prefix(80))
                unknown.candidates = unknown.candidates.filter { !holdsPart($0) }
                pieces.append(.unknown(unknown))
            case .text, .pattern, .home: pieces.append(piece)
            }
        }
        return CommandWord(pieces: pieces.joiningTexts(), source: String(restored(word.source).prefix(200)))
    }

    private func restoredPieces(_ text: String) -> [CommandWord.Piece] {
        var pieces: [CommandWord.Piece] = []
        var current = ""
        for scalar in text.unicodeScalars {
            guard let part = part(scalar) else {
                current.unicodeScalars.append(scalar)
                continue
            }
            if !current.isEmpty { pieces.append(.text(current)) }
            current = ""
            // Whatever quotes stand around it: the value itself can hold the quote that ends them.
            if case .unknown(var unknown) = part {
                unknown.splits = true
                unknown.candidates = []
                pieces.append(.unknown(unknown))
            } else {
                pieces.append(part)
            }
        }
        if !current.isEmpty { pieces.append(.text(current)) }
        return pieces
    }
}
