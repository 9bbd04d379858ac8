/// vi's command mode, what of it is the same in readline, zsh and fish.
extension EditedLine {
    /// - Returns: whether the key was a command, or Escape and a command.
    mutating func takeAsCommand(_ key: Key) -> Bool {
        guard ways == .vi else { return false }
        switch key {
        case .meta(let byte):
            command(byte)
            return true
        case .text(let bytes) where isCommanding:
            guard bytes.count == 1, let byte = bytes.first else {
                doNotKnow()
                return true
            }
            obey(byte)
            return true
        case .control(0x08) where isCommanding, .control(0x7F) where isCommanding:
            cursor = max(0, cursor - 1)
            return true
        case .control where isCommanding:
            doNotKnow()
            return true
        default: return false
        }
    }

    /// Escape, and the key behind it.
    private mutating func command(_ byte: UInt8) {
        if !isCommanding {
            isCommanding = true
            cursor = max(0, cursor - 1)
        }
        if byte == 0x7F || byte == 0x08 { cursor = max(0, cursor - 1) } else if byte < 0x20 { doNotKnow() } else { obey(byte) }
    }

    private mutating func obey(_ byte: UInt8) {
        switch Character(UnicodeScalar(byte)) {
        case "i": isCommanding = false
        case "a":
            cursor = min(line.count, cursor + 1)
            isCommanding = false
        case "I": (cursor, isCommanding) = (0, false)
        case "A": (cursor, isCommanding) = (line.count, false)
        case "x":
            guard cursor < line.count else { return }
            kill(cursor..<(cursor + 1), adding: false)
            stayInside()
        case "X": if cursor > 0 { kill((cursor - 1)..<cursor, adding: false) }
        case "D":
            kill(cursor..<line.count, adding: false)
            stayInside()
        case "C":
            kill(cursor..<line.count, adding: false)
            isCommanding = false
        case "p", "P":
            guard let text = killed.last else { return }
            let place = byte == 0x70 ? min(line.count, cursor + 1) : cursor
            line.insert(contentsOf: text, at: place)
            cursor = place + text.count - 1
        case "k": recall(recalled + 1)
        case "j": recall(recalled - 1)
        case "d", "c", "r", "f", "F": awaited = .vi(byte)
        default:
            guard let place = place(after: byte) else { return doNotKnow() }
            cursor = place
            stayInside()
        }
        if ["k", "j"].contains(Character(UnicodeScalar(byte))) { cursor = 0 }
    }

    private mutating func stayInside() { cursor = max(0, min(cursor, line.count - 1)) }

    /// Where a motion leads; nil for what is none.
    private func place(after byte: UInt8) -> Int? {
        switch Character(UnicodeScalar(byte)) {
        case "h": return max(0, cursor - 1)
        case "l", " ": return min(line.count, cursor + 1)
        case "0": return 0
        case "$": return line.count
        case "w":
            var place = cursor
            let isPunctuation = place < line.count && isWord(line[place], .blanks) && !isLetter(place)
            while place < line.count, isPunctuation ? isWord(line[place], .blanks) && !isLetter(place) : isLetter(place) {
                place += 1
            }
            while place < line.count, !isWord(line[place], .blanks) { place += 1 }
            return place
        case "b":
            var place = cursor
            while place > 0, !isWord(line[place - 1], .blanks) { place -= 1 }
            guard place > 0 else { return 0 }
            let wasLetter = isLetter(place - 1)
            while place > 0, isWord(line[place - 1], .blanks), isLetter(place - 1) == wasLetter { place -= 1 }
            return place
        default: return nil
        }
    }

    private func isLetter(_ place: Int) -> Bool { isWord(line[place], .letters) || line[place] == .character([0x5F]) }

    /// The second key of a command.
    mutating func finish(_ command: UInt8, with bytes: ArraySlice<UInt8>) {
        switch Character(UnicodeScalar(command)) {
        case "r":
            guard cursor < line.count else { return doNotKnow() }
            rememberDraft()
            line[cursor] = .character(bytes)
        case "f":
            let rest = line.indices.dropFirst(cursor + 1)
            guard let found = rest.first(where: { line[$0] == .character(bytes) }) else { return doNotKnow() }
            cursor = found
        case "F":
            guard let found = line.indices.prefix(cursor).last(where: { line[$0] == .character(bytes) }) else {
                return doNotKnow()
            }
            cursor = found
        default:
            guard bytes.count == 1, let byte = bytes.first else { return doNotKnow() }
            if byte == command {
                kill(0..<line.count, adding: false)
            } else {
                guard let place = place(after: byte), !(command == 0x63 && byte == 0x77) else { return doNotKnow() }
                kill(min(place, cursor)..<max(place, cursor), adding: false)
            }
            if command == 0x63 { isCommanding = false } else { stayInside() }
        }
    }
}
