/// Words, kills and yanks. Editors agree on the keys and not on what a word is.
extension EditedLine {
    enum Words {
        /// Between blanks (readline's `unix-word-rubout`).
        case blanks
        /// Letters and digits.
        case letters
        /// Those and zsh's WORDCHARS.
        case zsh
        /// fish's path components.
        case paths
    }

    func isWord(_ element: Element, _ words: Words) -> Bool {
        guard case .character(let bytes) = element, let byte = bytes.first else { return true }
        let isLetter =
            byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        switch words {
        case .blanks: return byte != 0x20 && byte != 0x09
        case .letters: return isLetter
        case .zsh: return isLetter || "*?_-.[]~=/&;!#$%^(){}<>".utf8.contains(byte)
        case .paths: return byte > 0x20 && !"/={,}'\":@|;<>&".utf8.contains(byte)
        }
    }

    /// Where the word before the cursor starts.
    func wordStart(_ words: Words) -> Int {
        var start = cursor
        while start > 0, !isWord(line[start - 1], words) { start -= 1 }
        while start > 0, isWord(line[start - 1], words) { start -= 1 }
        return start
    }

    /// The end of the word at the cursor, or of the next one; zsh goes on to the beginning of the next.
    func wordEnd() -> Int {
        var end = cursor
        if ways == .zsh {
            while end < line.count, isWord(line[end], .zsh) { end += 1 }
            while end < line.count, !isWord(line[end], .zsh) { end += 1 }
            return end
        }
        return killEnd()
    }

    /// Up to where a word is killed.
    private func killEnd() -> Int {
        var end = cursor
        while end < line.count, !isWord(line[end], ways.words) { end += 1 }
        while end < line.count, isWord(line[end], ways.words) { end += 1 }
        return end
    }

    mutating func meta(_ byte: UInt8, wasKilling: Bool, _ yanked: Int?) {
        switch byte {
        case 0x62: cursor = wordStart(ways.words)  // b
        case 0x66: cursor = wordEnd()  // f
        case 0x64: kill(cursor..<killEnd(), adding: wasKilling)  // d
        case 0x7F, 0x08: kill(wordStart(ways.words)..<cursor, adding: wasKilling)
        case 0x79: yankEarlier(from: yanked)  // y
        case 0x74: transposeWords()  // t
        case 0x75, 0x6C: changeCase(isUpper: byte == 0x75)  // u, l
        case 0x2E, 0x5F: insertLastArgument()  // . and _
        case 0x30...0x39 where ways != .fish: awaited = .count(Int(byte - 0x30))
        default: doNotKnow()
        }
    }

    /// - Parameter adding: the key before killed too, and both are one text.
    mutating func kill(_ range: Range<Int>, adding: Bool) {
        isKilling = true
        guard !range.isEmpty else { return }
        rememberDraft()
        let text = Array(line[range])
        if adding, let last = killed.popLast() {
            killed.append(range.upperBound <= cursor && range.lowerBound < cursor ? text + last : last + text)
        } else {
            killed.append(text)
            if killed.count > Self.mostRemembered { killed.removeFirst() }
        }
        line.removeSubrange(range)
        cursor = range.lowerBound
    }

    mutating func yank() {
        guard let text = killed.last else { return }
        rememberDraft()
        yankedFrom = cursor
        line.insert(contentsOf: text, at: cursor)
        cursor += text.count
    }

    /// Once: what was killed before in the place of what was yanked.
    private mutating func yankEarlier(from start: Int?) {
        guard let start, killed.count > 1, start <= cursor else { return doNotKnow() }
        let last = killed.removeLast()
        killed.insert(last, at: 0)
        let text = killed[killed.count - 1]
        line.replaceSubrange(start..<cursor, with: text)
        cursor = start + text.count
        yankedFrom = start
    }

    mutating func transpose() {
        guard line.count > 1, cursor > 0 else { return }
        rememberDraft()
        let second = min(cursor, line.count - 1)
        line.swapAt(second - 1, second)
        cursor = second + 1
    }

    private mutating func transposeWords() {
        guard cursor == line.count else { return doNotKnow() }
        rememberDraft()
        let second = wordStart(ways.words)
        var secondEnd = second
        while secondEnd < line.count, isWord(line[secondEnd], ways.words) { secondEnd += 1 }
        cursor = second
        let first = wordStart(ways.words)
        var firstEnd = first
        while firstEnd < second, isWord(line[firstEnd], ways.words) { firstEnd += 1 }
        guard first < firstEnd, secondEnd == line.count else { return doNotKnow() }
        let between = line[firstEnd..<second]
        line = Array(line[..<first] + line[second..<secondEnd] + between + line[first..<firstEnd])
        cursor = line.count
    }

    private mutating func changeCase(isUpper: Bool) {
        guard ways != .fish else { return doNotKnow() }
        let end = killEnd()
        rememberDraft()
        for index in cursor..<end {
            guard case .character(let bytes) = line[index], let byte = bytes.first, bytes.count == 1 else { return doNotKnow() }
            let isLetter = (isUpper ? 0x61...0x7A : 0x41...0x5A).contains(byte)
            if isLetter { line[index] = .character([byte ^ 0x20]) }
        }
        cursor = end
    }

    private mutating func insertLastArgument() {
        // Words in quotes are cut differently.
        guard let last = history.last, !last.isEmpty, !last.contains(where: { "'\"\\`$(;&|".utf8.contains($0) }),
            let word = last.split(separator: 0x20).last
        else { return doNotKnow() }
        rememberDraft()
        let elements = Self.elements(Array(word))
        line.insert(contentsOf: elements, at: cursor)
        cursor += elements.count
        // Once more, and it is that of the line before.
        if recalled != 0 { doNotKnow() }
    }
}
