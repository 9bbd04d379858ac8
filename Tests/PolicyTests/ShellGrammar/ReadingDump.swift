@testable import Policy

/// A reading on few characters, so that vectors can be read: `rm|-rf|/` for the words, `⟦*⟧` for a pattern, `~` for the home directory,
/// `‹$x›` for what is unknown and splits, `«$x»` for what is unknown and does not, with candidates `‹$x=rm›`, `∅` for the empty word.
///
/// Around them `{NAME=value}` in front; behind, redirections as typed, ` <<text` for input in view, ` <-file`, ` |<curl,tee` for a pipe,
/// ` |>sh` for the reader of the output, ` @/etc` for the directory.
extension CommandReading {
    var dump: [String] { commands.map(\.dump) }
    var kinds: [Doubt.Kind] { doubts.map(\.kind) }
}

extension RunCommand {
    var dump: String {
        var text = assignments.map { "{\($0.name)=\($0.value?.dump ?? "(…)")}" }.joined()
        text += words.map(\.dump).joined(separator: "|")
        for redirection in redirections { text += " \(redirection.operation.dump)\(redirection.target.dump)" }
        switch input {
        case .inherited: break
        case .text(let word): text += " <<\(word.dump.replacing("\n", with: "\\n"))"
        case .file(let word): text += " <-\(word.dump)"
        case .pipe(let names): text += " |<\(names.joined(separator: ","))"
        }
        if let output { text += " |>\(output)" }
        if let directory { text += " @\(directory.dump)" }
        return text
    }
}

extension RunCommand.Redirection.Operation {
    fileprivate var dump: String {
        switch self {
        case .read: "<"
        case .write: ">"
        case .append: ">>"
        case .readWrite: "<>"
        }
    }
}

extension CommandWord {
    var dump: String { pieces.isEmpty ? "∅" : pieces.map(\.dump).joined() }
}

extension CommandWord.Piece {
    fileprivate var dump: String {
        switch self {
        case .text(let text): return text
        case .pattern(let pattern): return "⟦\(pattern)⟧"
        case .home: return "~"
        case .unknown(let unknown):
            let candidates = unknown.candidates.isEmpty ? "" : "=" + unknown.candidates.joined(separator: ",")
            return unknown.splits ? "‹\(unknown.source)\(candidates)›" : "«\(unknown.source)\(candidates)»"
        }
    }
}
