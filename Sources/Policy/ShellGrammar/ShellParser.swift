/// Reads shell text into a syntax tree, front to back, once.
///
/// Nothing is thrown: a mistake is noted and the reading goes on behind it, so that whatever a shell could run before it meets the mistake is
/// in the tree. Substitutions are parsed where they stand; only backquotes and here-documents, whose text is a changed copy, get a parser of
/// their own.
struct ShellParser {
    /// Without NULs.
    let text: [UInt8]
    /// Reading stops here; before the end of `text` only inside of quotes whose end is known.
    var end: Int
    var position = 0
    let dialect: Dialect

    /// How many constructs are open.
    var depth = 0
    /// How many of them are `$(…)` or alike: a here-document can end at their parenthesis.
    var substitutions = 0
    var isTooDeep = false
    var complaints: [Complaint] = []
    /// The text is right as far as it goes, and more has to follow: at a prompt, the shell asks for the next line.
    var isUnfinished = false
    var divergences: Divergences = []
    var peculiarities: Peculiarities = []
    /// Here-documents whose body starts at the next newline.
    var pendingHereDocuments: [PendingHereDocument] = []
    /// Whether a parenthesis of a pattern was met that nothing closes: in zsh, then, all further ones are characters.
    var groupsStayOpen = false
    /// How many `((` are open that are read as two subshells.
    var doubleParentheses = 0
    /// Simple commands so far that change the working directory.
    var directoryChanges = 0
    /// Where a quote or bracket opens that is never closed.
    var unclosed: Int?
    /// Bytes that may still be looked at to tell `((` from two parentheses.
    var lookahead: Int
    /// Where in the whole text the text of this parser stands; nil for the whole text.
    var origin: Int?
    /// Whether a backslash joins lines anywhere. Almost never, and then `peek` has nothing to do.
    let joinsLines: Bool

    struct Complaint {
        /// In bytes of the whole text.
        var position: Int
        var expected: String
    }

    init(_ text: [UInt8], dialect: Dialect, from start: Int = 0) {
        self.text = text
        self.dialect = dialect
        end = text.count
        position = start
        lookahead = 16 * text.count
        joinsLines = zip(text, text.dropFirst()).contains { $0 == UInt8(ascii: "\\") && $1 == UInt8(ascii: "\n") }
    }

    /// A parser for a part of the text that was copied, at the same depth.
    func nested(_ text: [UInt8], at start: Int) -> ShellParser {
        var parser = ShellParser(text, dialect: dialect)
        parser.depth = depth
        parser.doubleParentheses = doubleParentheses
        parser.lookahead = lookahead
        parser.origin = origin ?? start
        return parser
    }

    /// Takes over what a nested parser found out beside its tree.
    mutating func join(_ other: ShellParser) {
        lookahead = other.lookahead
        divergences.formUnion(other.divergences)
        peculiarities.formUnion(other.peculiarities)
        directoryChanges += other.directoryChanges
        for complaint in other.complaints where complaints.count < GrammarLimits.complaints { complaints.append(complaint) }
        if other.isTooDeep { giveUp() }
        if dialect.isStrict, !complaints.isEmpty { position = end }
    }
}

// MARK: - Mistakes and bounds

extension ShellParser {
    /// Notes what should stand at that byte, by default at the next one.
    ///
    /// - Parameter mayFollow: whether it can still come in the next line.
    mutating func complain(_ expected: String, at place: Int? = nil, mayFollow: Bool = true) {
        if complaints.isEmpty, mayFollow, origin == nil, position >= text.count { isUnfinished = true }
        if complaints.count < GrammarLimits.complaints {
            complaints.append(Complaint(position: origin ?? place ?? position, expected: expected))
        }
        if dialect.isStrict { position = end }
    }

    /// What is opened there has no end, and what follows was not read as commands.
    mutating func complainUnclosed(_ expected: String, from start: Int) {
        if unclosed == nil || start < unclosed ?? 0 { unclosed = start }
        complain(expected, at: start)
    }

    /// Goes one level deeper; false where that is too deep, and then nothing more is read.
    mutating func enter() -> Bool {
        guard depth < GrammarLimits.depth else {
            giveUp()
            return false
        }
        depth += 1
        return true
    }

    mutating func leave() { depth -= 1 }

    mutating func giveUp() {
        isTooDeep = true
        position = end
    }
}

// MARK: - Bytes

extension ShellParser {
    var isAtEnd: Bool { position >= end }

    /// The byte there as it is; 0 behind the end.
    func byte(at index: Int) -> UInt8 { index < end ? text[index] : 0 }

    /// The next byte, with joined lines taken as one; 0 at the end.
    mutating func peek() -> UInt8 {
        if joinsLines { position = skippingJoins(position) }
        return byte(at: position)
    }

    /// The byte behind the next one, or behind that.
    func peek(_ ahead: Int) -> UInt8 {
        guard joinsLines else { return byte(at: position + ahead) }
        var index = position
        for _ in 0..<ahead { index = skippingJoins(index + 1) }
        return byte(at: index)
    }

    private func skippingJoins(_ start: Int) -> Int {
        var index = start
        while byte(at: index) == UInt8(ascii: "\\"), byte(at: index + 1) == UInt8(ascii: "\n") { index += 2 }
        return index
    }

    /// Goes over that many bytes, with joined lines taken as one.
    mutating func advance(_ count: Int = 1) {
        for _ in 0..<count {
            if joinsLines { position = skippingJoins(position) }
            position = min(position + 1, end)
        }
    }

    /// Goes over these bytes if they come next.
    mutating func take(_ expected: StaticString) -> Bool {
        let matches = expected.withUTF8Buffer { wanted in
            guard peek() == wanted[0] else { return false }
            return wanted.indices.dropFirst().allSatisfy { peek($0) == wanted[$0] }
        }
        if matches { advance(expected.utf8CodeUnitCount) }
        return matches
    }

    /// At most that many characters of what was read since `start`.
    func source(from start: Int, limit: Int) -> String {
        let stop = min(position, end, start + 4 * limit)
        guard start < stop else { return "" }
        let text = String(decoding: text[start..<stop], as: UTF8.self)
        return text.utf8.count <= limit ? text : String(text.prefix(limit))
    }
}
