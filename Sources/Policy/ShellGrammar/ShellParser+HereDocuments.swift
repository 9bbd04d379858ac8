/// A here-document whose redirection was read and whose body comes behind the line.
struct PendingHereDocument {
    var document: HereDocument
    var delimiter: [UInt8]
    /// Some of the delimiter was quoted: nothing expands in the body.
    var isQuoted: Bool
    var stripsTabs: Bool
    /// Opened in `$(…)` or its kin.
    var isInSubstitution: Bool
}

// POSIX.1-2024 XCU 2.7.4.
extension ShellParser {
    /// The bodies that start at this byte, right behind a newline.
    mutating func readHereDocuments() {
        let pending = pendingHereDocuments
        pendingHereDocuments = []
        for document in pending { readBody(of: document) }
    }

    /// Where `$(cat <<E)` is closed before the body came, bash takes the lines behind the outer command as the body, and dash and zsh take
    /// none.
    mutating func endHereDocuments(behind waiting: Int) {
        guard pendingHereDocuments.count > waiting else { return }
        divergences.formUnion([.posix, .zsh])
        if dialect != .common { pendingHereDocuments.removeSubrange(waiting...) }
    }

    /// Shells that read a file take the end of the text for that of the document; at a prompt they ask for more.
    mutating func noteOpenHereDocument() {
        if complaints.isEmpty, origin == nil, position >= text.count { isUnfinished = true }
    }

    private mutating func readBody(of pending: PendingHereDocument) {
        guard enter() else { return }
        defer { leave() }
        let start = position
        var body: [UInt8] = []
        var isEnded = false
        while !isAtEnd, !isEnded {
            let line = position
            let logical = nextLine(of: pending)
            isEnded = logical.isDelimiter || endsInSubstitution(line, pending)
            if !isEnded { body += logical.body }
        }
        if !isEnded { noteOpenHereDocument() }
        if pending.isQuoted {
            pending.document.body = [.quoted(body)]
            return
        }
        var parser = nested(body, at: start)
        var parts = WordParts()
        while parser.readQuotedPart(closing: nil, into: &parts) {}
        pending.document.body = parts.finish()
        join(parser)
    }

    /// Goes over one line, or several that backslashes join, unless these are literal.
    private mutating func nextLine(of pending: PendingHereDocument) -> (body: [UInt8], isDelimiter: Bool) {
        var body: [UInt8] = []
        var joined: [UInt8] = []
        var lines = 0
        var hasDelimiter = false
        while true {
            var start = position
            if pending.stripsTabs { while byte(at: start) == UInt8(ascii: "\t") { start += 1 } }
            var stop = start
            while stop < end, text[stop] != UInt8(ascii: "\n") { stop += 1 }
            position = min(stop + 1, end)
            let line = text[min(start, stop)..<stop]
            body += line
            if stop < end { body.append(UInt8(ascii: "\n")) }
            lines += 1
            if line.elementsEqual(pending.delimiter) { hasDelimiter = true }
            let goesOn = !pending.isQuoted && stop < end && Self.endsInBackslash(line) && dialect != .ksh
            joined += goesOn ? line.dropLast() : line
            if !goesOn { break }
        }
        let isDelimiter = joined == pending.delimiter
        guard lines > 1, isDelimiter || hasDelimiter else { return (body, isDelimiter) }
        // dash and ksh compare what is written, the others what is meant.
        divergences.formUnion([.posix, .ksh])
        return (body, isDelimiter && dialect != .posix)
    }

    private static func endsInBackslash(_ line: ArraySlice<UInt8>) -> Bool {
        line.reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
    }

    /// In `$(cat <<E … E)`, which has no newline before the parenthesis, bash, ksh and mksh end the body there.
    private mutating func endsInSubstitution(_ line: Int, _ pending: PendingHereDocument) -> Bool {
        guard pending.isInSubstitution, dialect == .common else { return false }
        var start = line
        if pending.stripsTabs { while byte(at: start) == UInt8(ascii: "\t") { start += 1 } }
        let rest = text[min(start, end)..<end]
        guard rest.starts(with: pending.delimiter) else { return false }
        let behind = start + pending.delimiter.count
        let isClosed = text[behind..<end].prefix { $0 != UInt8(ascii: "\n") }.contains(UInt8(ascii: ")"))
        if isClosed { position = behind }
        return isClosed
    }
}
