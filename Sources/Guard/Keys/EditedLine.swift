/// What keys make of a line in an editor like readline's or busybox's, in its usual emacs bindings. One of the readings that the screen confirms or
/// denies: where a key may do anything, it says that it does not know.
struct EditedLine {
    /// Beyond, it does not know.
    static let longest = 16 * 1024
    static let mostHistory = 200
    /// In characters that were moved, so that a flood of keys that each move a long line costs no more than its own length.
    static let mostEffort = 1_000_000

    /// A character in UTF-8, or what a completion put in and only the screen shows.
    private enum Element: Equatable {
        case character(ArraySlice<UInt8>)
        case completion
    }

    private var line: [Element] = []
    private var cursor = 0
    private var killed: [Element] = []
    private(set) var isKnown = true
    private var effort = 0
    private var isInPaste = false
    private var isQuoting = false
    /// Lines that were released, the oldest first.
    private var history: [[UInt8]] = []
    /// How far back it was recalled; 0 for the new line.
    private var recalled = 0
    private var newLine: [Element] = []

    /// Starts the next line.
    ///
    /// - Parameter ran: the line that was released, for the history.
    mutating func startLine(after ran: [UInt8]?) {
        if let ran, !ran.isEmpty, ran.count <= Self.longest, history.last != ran {
            history.append(ran)
            if history.count > Self.mostHistory { history.removeFirst() }
        }
        (line, cursor, isKnown, isInPaste, isQuoting, recalled, newLine, effort) = ([], 0, true, false, false, 0, [], 0)
    }

    /// Something went to the line that was not followed.
    mutating func forget() { isKnown = false }

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
        if isQuoting {
            isQuoting = false
            if case .control(let byte) = key { insert([byte]) } else { isKnown = false }
            return
        }
        switch key {
        case .text(let bytes): insert(bytes)
        case .control(let byte): control(byte)
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(line.count, cursor + 1)
        case .home: cursor = 0
        case .end: cursor = line.count
        case .delete: if cursor < line.count { line.remove(at: cursor) }
        case .up: recall(recalled + 1)
        case .down: recall(recalled - 1)
        case .pasteStart: isInPaste = true
        case .pasteEnd: isInPaste = false
        case .reply: break
        // Words are cut differently by each editor, so meta keys too.
        case .meta, .other: isKnown = false
        }
        effort += moved(by: key)
        if line.count > Self.longest || effort > Self.mostEffort { isKnown = false }
    }

    /// About how many characters had to be moved for this key, when it was done.
    private func moved(by key: Key) -> Int {
        switch key {
        case .text, .delete: line.count - cursor
        case .control, .up, .down: line.count
        case .left, .right, .home, .end, .pasteStart, .pasteEnd, .reply, .meta, .other: 0
        }
    }

    private mutating func insert(_ bytes: ArraySlice<UInt8>) {
        line.insert(.character(bytes), at: cursor)
        cursor += 1
    }

    private mutating func control(_ byte: UInt8) {
        if isInPaste {
            // Editors differ in what they make of control characters in a paste.
            isKnown = false
            return
        }
        switch byte {
        case 0x01: cursor = 0
        case 0x02: cursor = max(0, cursor - 1)
        case 0x03: (line, cursor) = ([], 0)  // ^C: the line is given up
        case 0x04: if cursor < line.count { line.remove(at: cursor) }
        case 0x05: cursor = line.count
        case 0x06: cursor = min(line.count, cursor + 1)
        case 0x08, 0x7F:
            guard cursor > 0 else { return }
            // Of what a completion put in, only a part is gone.
            if line[cursor - 1] == .completion { return }
            cursor -= 1
            line.remove(at: cursor)
        case 0x09:
            if cursor == 0 || line[cursor - 1] != .completion {
                line.insert(.completion, at: cursor)
                cursor += 1
            }
        case 0x0B: kill(cursor..<line.count)
        case 0x0C: break
        case 0x0E: recall(recalled - 1)
        case 0x10: recall(recalled + 1)
        case 0x15: kill(0..<cursor)
        case 0x16: isQuoting = true
        case 0x17: kill(wordStart()..<cursor)
        case 0x19:
            line.insert(contentsOf: killed, at: cursor)
            cursor += killed.count
        default: isKnown = false
        }
    }

    private mutating func kill(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        killed = Array(line[range])
        line.removeSubrange(range)
        cursor = range.lowerBound
    }

    /// Where the word before the cursor starts, between blanks (`unix-word-rubout`).
    private func wordStart() -> Int {
        func isBlank(_ index: Int) -> Bool { line[index] == .character([0x20]) || line[index] == .character([0x09]) }
        var start = cursor
        while start > 0, isBlank(start - 1) { start -= 1 }
        while start > 0, !isBlank(start - 1) { start -= 1 }
        return start
    }

    private mutating func recall(_ position: Int) {
        guard position >= 0, position <= history.count else {
            // At the ends nothing moves, unless the shell has older lines that it read from a file.
            if position > history.count { isKnown = false }
            return
        }
        if recalled == 0 { newLine = line }
        recalled = position
        line = position == 0 ? newLine : Self.elements(history[history.count - position])
        cursor = line.count
    }

    private static func elements(_ text: [UInt8]) -> [Element] {
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
