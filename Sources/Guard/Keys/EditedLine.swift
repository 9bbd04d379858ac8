/// What keys make of a line in an editor, in its usual bindings. One of the readings that the screen confirms or denies: where a key may do anything, it
/// says that it does not know.
struct EditedLine {
    /// Beyond, it does not know.
    static let longest = 16 * 1024
    static let mostHistory = 200
    /// In characters that were moved, so that a flood of keys that each move a long line costs no more than its own length.
    static let mostEffort = 1_000_000
    /// Steps that can be undone, and texts that can be yanked.
    static let mostRemembered = 16

    /// A character in UTF-8, or what a completion put in and only the screen shows.
    enum Element: Equatable {
        case character(ArraySlice<UInt8>)
        case completion
    }

    /// What an editor may put into the next line by itself.
    enum Filling {
        /// What was released.
        case same
        /// What came behind it in the history.
        case next
    }

    /// What the next key is for, where it is not itself.
    enum Awaited: Equatable {
        case nothing
        /// ^V: it is text.
        case quoted
        /// Alt and digits: so many times.
        case count(Int)
        /// readline's ^]: the character to go to.
        case target
        /// In vi's command mode: the rest of a command.
        case vi(UInt8)
    }

    /// A search in the history, by ^R.
    struct Search: Equatable {
        var pattern: [UInt8] = []
        /// As `recalled`.
        var position = 0
        /// Of the match in its line, in characters.
        var place = 0
        var before: Draft
    }

    struct Draft: Equatable {
        var line: [Element]
        var cursor: Int
    }

    let ways: EditorWays
    var line: [Element] = []
    var cursor = 0
    private(set) var isKnown = true
    private var effort = 0
    private var isInPaste = false
    var awaited = Awaited.nothing
    /// The last key killed, so that the next one adds to it; where what was yanked begins.
    var isKilling = false
    var yankedFrom: Int?
    /// The newest last.
    var killed: [[Element]] = []
    /// Before each step that is no insertion; nil for one that is.
    var undoable: [Draft?] = []
    /// Lines that were released, the oldest first; empty for one that is not known.
    private(set) var history: [[UInt8]] = []
    /// How far back it was recalled; 0 for the new line.
    var recalled = 0
    var newLine: [Element] = []
    /// Lines of the history that were changed and left, by position: they stay changed until a line is released.
    private var drafts: [Int: [Element]] = [:]
    /// Where the line that was released last had been recalled from.
    private var releasedFrom = 0
    private(set) var isFilled = false
    var search: Search?
    /// vi's command mode.
    var isCommanding = false

    init(_ ways: EditorWays = .readline) { self.ways = ways }

    /// Starts the next line.
    ///
    /// - Parameter ran: the line that was released, for the history; empty if nobody knows it.
    mutating func startLine(after ran: [UInt8]?) {
        (releasedFrom, drafts, isFilled) = (recalled, [:], false)
        if let ran, history.last != ran || ran.isEmpty {
            history.append(ran.count <= Self.longest ? ran : [])
            if history.count > Self.mostHistory { history.removeFirst() }
        }
        (line, cursor, isKnown, isInPaste, awaited, recalled, newLine, effort) = ([], 0, true, false, .nothing, 0, [], 0)
        (isKilling, yankedFrom, undoable, search, isCommanding) = (false, nil, [], nil, false)
        mayHaveCompletion = false
    }

    mutating func fill(_ filling: Filling) {
        // The line that was released has gone to the end of the history.
        let position = filling == .same ? 1 : releasedFrom
        guard position > 0, position <= history.count, !history[history.count - position].isEmpty else { return isKnown = false }
        line = Self.elements(history[history.count - position])
        cursor = line.count
        if filling == .next { recalled = position }
        isFilled = true
    }

    /// Something went to the line that was not followed.
    mutating func forget() { isKnown = false }

    /// A completion was asked for since the line began.
    private var mayHaveCompletion = false

    /// A completion was asked for, and put in whatever it did.
    var hasCompletion: Bool { line.contains(.completion) }

    /// The line as pieces between completions; nil where it does not know.
    var pieces: [[UInt8]]? {
        guard isKnown else { return nil }
        var pieces: [[UInt8]] = [[]]
        for element in line {
            switch element {
            case .character(let bytes): pieces[pieces.count - 1] += bytes
            case .completion: pieces.append([])
            }
        }
        return pieces
    }

    mutating func take(_ key: Key) {
        guard isKnown else { return }
        if cutsCompletion(key) { return isKnown = false }
        effort += moved(by: key)
        if takeForSearch(key) || takeAwaited(key) || takeAsCommand(key) { return bound() }
        let (wasKilling, yanked) = (isKilling, yankedFrom)
        (isKilling, yankedFrom) = (false, nil)
        switch key {
        case .text(let bytes): insert(bytes)
        case .control(let byte): control(byte, wasKilling: wasKilling)
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(line.count, cursor + 1)
        case .wordLeft: cursor = wordStart(ways.words)
        case .wordRight: cursor = wordEnd()
        case .home: cursor = 0
        case .end: cursor = line.count
        case .delete: deleteForward()
        case .up: recall(recalled + 1)
        case .down: recall(recalled - 1)
        case .pasteStart: isInPaste = true
        case .pasteEnd: isInPaste = false
        case .reply: break
        case .meta(let byte): meta(byte, wasKilling: wasKilling, yanked)
        case .string, .other: isKnown = false
        }
        if !mayHaveCompletion, hasComeBack(by: key) { isKnown = false }
        bound()
    }

    /// Of what a completion put in nobody knows how long it is, nor what of it is a word: keys that go into it, or take away a part, make an unknown line.
    private func cutsCompletion(_ key: Key) -> Bool {
        switch key {
        case .text, .control(0x01), .control(0x03), .control(0x05), .control(0x09), .control(0x15), .home, .end, .pasteStart,
            .pasteEnd, .reply:
            false
        default: mayHaveCompletion
        }
    }

    /// What was killed with a completion in it, or undone, is in the line again; how long it is nobody knows.
    private func hasComeBack(by key: Key) -> Bool {
        switch key {
        case .control(0x09), .left, .right, .home, .end: false
        case .text where !isCommanding: false
        default: hasCompletion
        }
    }

    private mutating func bound() {
        if line.count > Self.longest || effort > Self.mostEffort { isKnown = false }
    }

    /// About how many characters have to be moved for this key.
    private func moved(by key: Key) -> Int {
        switch key {
        case .text where search != nil: history.count
        case .text where isCommanding: line.count
        case .text, .delete: line.count - cursor
        case .control, .up, .down, .meta, .wordLeft, .wordRight: line.count + (search == nil ? 0 : history.count)
        case .left, .right, .home, .end, .pasteStart, .pasteEnd, .reply, .string, .other: 0
        }
    }

    private mutating func takeAwaited(_ key: Key) -> Bool {
        let awaited = awaited
        guard awaited != .nothing else { return false }
        self.awaited = .nothing
        switch (awaited, key) {
        case (.quoted, .control(let byte)): insert([byte])
        case (.count(let count), .meta(let digit)) where (0x30...0x39).contains(digit) && count < 100:
            self.awaited = .count(count * 10 + Int(digit - 0x30))
        case (.count(let count), .text(let bytes)): for _ in 0..<count { insert(bytes) }
        case (.target, .text(let bytes)):
            let rest = line.indices.dropFirst(cursor + 1)
            if let found = rest.first(where: { line[$0] == .character(bytes) }) { cursor = found }
        case (.vi(let command), .text(let bytes)): finish(command, with: bytes)
        default: isKnown = false
        }
        return true
    }

    mutating func insert(_ bytes: ArraySlice<UInt8>) {
        if undoable.last != .some(nil) { remember(nil) }
        line.insert(.character(bytes), at: cursor)
        cursor += 1
    }

    /// Before a step that can be undone.
    mutating func remember(_ draft: Draft?) {
        undoable.append(draft)
        if undoable.count > Self.mostRemembered { undoable.removeFirst() }
    }

    mutating func rememberDraft() { remember(Draft(line: line, cursor: cursor)) }

    private mutating func deleteForward() {
        guard cursor < line.count else { return }
        rememberDraft()
        line.remove(at: cursor)
    }

    private mutating func control(_ byte: UInt8, wasKilling: Bool) {
        if isInPaste {
            // Editors differ in what they make of control characters in a paste.
            isKnown = false
            return
        }
        switch byte {
        case 0x00 where ways != .fish: break  // the mark
        case 0x01: cursor = 0
        case 0x02: cursor = max(0, cursor - 1)
        case 0x03: (line, cursor) = ([], 0)  // ^C: the line is given up
        case 0x04: deleteForward()
        case 0x05: cursor = line.count
        case 0x06: cursor = min(line.count, cursor + 1)
        case 0x08, 0x7F:
            guard cursor > 0 else { return }
            rememberDraft()
            cursor -= 1
            line.remove(at: cursor)
        case 0x09:
            mayHaveCompletion = true
            if cursor == 0 || line[cursor - 1] != .completion {
                line.insert(.completion, at: cursor)
                cursor += 1
            }
        case 0x0B: kill(cursor..<line.count, adding: wasKilling)
        case 0x0C: break
        case 0x0E: recall(recalled - 1)
        case 0x10: recall(recalled + 1)
        case 0x12 where ways != .fish: search = Search(before: Draft(line: line, cursor: cursor))
        case 0x14: transpose()
        case 0x15: kill(ways == .zsh ? 0..<line.count : 0..<cursor, adding: wasKilling)
        case 0x16: awaited = .quoted
        case 0x17: kill(wordStart(ways.wordsOfControlW)..<cursor, adding: wasKilling)
        case 0x19: yank()
        case 0x1D where ways == .readline: awaited = .target
        case 0x1F: undo()
        default: isKnown = false
        }
    }

    mutating func doNotKnow() { isKnown = false }

    private mutating func undo() {
        // How many insertions are undone at once each editor decides otherwise.
        guard case .some(.some(let draft)) = undoable.popLast() else { return isKnown = false }
        (line, cursor) = (draft.line, draft.cursor)
    }

    // MARK: History

    mutating func recall(_ position: Int) {
        guard position >= 0, position <= history.count else {
            // At the ends nothing moves, unless the shell has older lines that it read from a file.
            if position > history.count { isKnown = false }
            return
        }
        if recalled == 0 { newLine = line }
        // fish looks for lines that have in them what was typed, in all that it remembers.
        if ways == .fish, !newLine.isEmpty { return isKnown = false }
        if ways != .fish { drafts[recalled] = line }
        recalled = position
        line = drafts[position] ?? (position == 0 ? newLine : Self.elements(history[history.count - position]))
        cursor = line.count
        undoable = []
        if position > 0, line.isEmpty { isKnown = false }
    }

    /// The position of the next older line with this text in it; nil if there is none, or one that is not known comes first.
    func earlierLine(holding text: [UInt8], from position: Int) -> Int? {
        guard position <= history.count else { return nil }
        let found = (position...history.count).first {
            let line = history[history.count - $0]
            return line.isEmpty || line.holds(text)
        }
        return found.flatMap { history[history.count - $0].isEmpty ? nil : $0 }
    }

    static func elements(_ text: [UInt8]) -> [Element] {
        var elements: [Element] = []
        var start = 0
        for index in text.indices where index > start && text[index] & 0xC0 != 0x80 {
            elements.append(.character(text[start..<index]))
            start = index
        }
        if start < text.count { elements.append(.character(text[start...])) }
        return elements
    }
}

extension [UInt8] {
    func holds(_ text: [UInt8]) -> Bool { self[...].firstRange(of: text) != nil }
}
