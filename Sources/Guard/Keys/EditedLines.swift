/// The line editors whose ways are known.
enum EditorWays: CaseIterable {
    /// bash's; busybox's and others' have a part of its keys.
    case readline
    case zsh
    case fish
    /// readline's and zsh's vi mode.
    case vi

    /// What Alt and a letter take for a word.
    var words: EditedLine.Words { self == .zsh ? .zsh : .letters }

    var wordsOfControlW: EditedLine.Words {
        switch self {
        case .readline, .vi: .blanks
        case .zsh: .zsh
        case .fish: .paths
        }
    }
}

/// What the keys make of a line in each editor that it may be. Which one it is the screen tells: those that it contradicts where it confirms another
/// are not believed any more.
struct EditedLines {
    private var lines = EditorWays.allCases.map { EditedLine($0) }
    private var believed = Set(EditorWays.allCases)

    /// What an editor makes of them that is like most.
    var plain: EditedLine { lines[0] }
    var hasCompletion: Bool { lines.contains(where: \.hasCompletion) }

    /// The line as pieces between completions, in each way that is believed and knows, each once.
    var readings: [[[UInt8]]] {
        var readings: [[[UInt8]]] = []
        for case let pieces? in lines.lazy.filter({ believed.contains($0.ways) }).map(\.pieces) where !readings.contains(pieces) {
            readings.append(pieces)
        }
        return readings
    }

    /// What is shown instead of a prompt while the history is searched.
    var searchPrompt: [UInt8]? { lines.lazy.filter { believed.contains($0.ways) }.compactMap(\.searchPrompt).first }

    mutating func take(_ key: Key) { for index in lines.indices { lines[index].take(key) } }
    mutating func forget() { for index in lines.indices { lines[index].forget() } }
    mutating func startLine(after ran: [UInt8]?) { for index in lines.indices { lines[index].startLine(after: ran) } }

    /// The editor begins the line with one that it remembers.
    mutating func fill(_ filling: EditedLine.Filling) { for index in lines.indices { lines[index].fill(filling) } }
    var isFilled: Bool { lines.contains(where: \.isFilled) }

    /// The screen shows one of the readings.
    mutating func believe(_ shows: ([[UInt8]]) -> Bool) {
        let known = lines.filter { believed.contains($0.ways) && $0.pieces != nil }
        let right = known.filter { $0.pieces.map(shows) ?? false }
        guard !right.isEmpty, right.count < known.count else { return }
        believed.subtract(known.map(\.ways))
        believed.formUnion(right.map(\.ways))
    }

    /// Another shell may read the lines now.
    mutating func believeAll() { believed = Set(EditorWays.allCases) }
}
