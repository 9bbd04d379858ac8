/// ^R, as readline and zsh search in their history.
extension EditedLine {
    /// What readline shows instead of its prompt while it searches.
    var searchPrompt: [UInt8]? {
        guard isKnown, ways == .readline || ways == .vi, let search else { return nil }
        return Array("(reverse-i-search)`".utf8) + search.pattern + Array("': ".utf8)
    }

    /// - Returns: whether the key was for the search and nothing else.
    mutating func takeForSearch(_ key: Key) -> Bool {
        guard var search else { return false }
        switch key {
        case .text(let bytes):
            search.pattern += bytes
            find(from: max(1, search.position), &search)
            return true
        case .control(0x12):
            if search.pattern.isEmpty { doNotKnow() } else { find(from: search.position + 1, &search) }
            return true
        case .control(0x07):
            (line, cursor, self.search) = (search.before.line, search.before.cursor, nil)
            return true
        case .control(0x08), .control(0x7F), .control(0x13), .control(0x16), .control(0x17), .control(0x19): doNotKnow()
        case .reply: return true
        case .string: doNotKnow()
        // Escape ends it, and the key behind it is one of its own.
        case .meta(let byte):
            self.search = nil
            if byte < 0x20 || byte == 0x7F { take(.control(byte)) } else { doNotKnow() }
            return true
        default: break
        }
        self.search = nil
        return false
    }

    private mutating func find(from position: Int, _ search: inout Search) {
        guard let found = earlierLine(holding: search.pattern, from: position) else { return doNotKnow() }
        search.position = found
        line = Self.elements(history[history.count - found])
        let wanted = Self.elements(search.pattern)
        // The last place in the line.
        cursor = (0...(line.count - wanted.count)).last { line[$0..<($0 + wanted.count)].elementsEqual(wanted) } ?? 0
        recalled = found
        undoable = []
        self.search = search
    }
}
