/// Who gets what comes out of a masked stream.
package enum MaskClock: Equatable, Sendable {
    /// A recording, a watcher: what may still become a value waits until it is decided.
    case strict
    /// The user whose session it is: long values are masked as they come, the echo of what they typed goes out at once.
    ///
    /// - Parameter releaseAfter: nanoseconds after which the beginning of what only has a value's shape goes out all the same; nil: never.
    case user(releaseAfter: UInt64?)
}

/// A value that was found. `value` is the caller's to make a keyed hash of, and to forget.
package struct MaskFinding: Equatable, Sendable {
    /// Its index in the set's rules; known values come behind them.
    package var rule: Int
    /// Of its first byte in the stream, counted in bytes that came in.
    package var offset: UInt64
    /// How wide it is on a screen.
    package var cells: Int
    /// Separators and escapes taken out; at most its first 1024 bytes.
    package var value: [UInt8]
    /// A part of it had gone out before it was known (`releaseAfter`, or the user typed it).
    package var isPartlyReleased: Bool
}

/// Masks the values in a terminal's output as it passes.
///
/// What comes out is a function of the bytes that came in, however they were cut, but for what the timer and the user's typing release early in the user's
/// stream. Nothing in it is wider or narrower on the screen than before, but for values of the styles `fixed` and `label`. Rules match the text that is read:
/// escapes that move nothing, zero width characters and characters printed over themselves do not hide a value, and a line that was broken at the window's
/// width is tried both ways. Everything is bounded and linear, whatever comes (`Matcher`).
package struct MaskedStream: Sendable {
    private let clock: MaskClock
    let rules: Matcher.Rules
    var output: MaskedOutput
    var matcher: Matcher
    /// The same text with lines joined that a program broke at the window's width; nil where none was of late.
    var joined: Matcher?
    /// The payload of the string that is being read.
    var string: StringPayload?
    /// Of a string that is too long to wait for its end: how far it was looked through.
    var stringMatcher: Matcher?
    /// Where reading goes on. What lies behind it and is held is an unfinished lexeme.
    var reading = 0
    /// Bytes that were read and not given to the matchers yet.
    var run = 0..<0
    var previous: PrintedCharacter?
    var isBehindBackspace = false
    var columns: Int?
    /// Nil where the cursor was moved.
    var column: Int? = 0
    /// How many more bytes of sequences may stand between characters before the text counts as cut: it bounds what is held.
    var patience = MaskedStream.mostPatience
    /// Where the alternate screen began or ended of late, and whether it is on at the end.
    var screens: [(start: Int, isAlternate: Bool)] = [(0, false)]
    private var echo = ExpectedEcho()
    /// The end of the last text that was no echo.
    var unexpectedEnd = 0
    private var releaseTime: UInt64?
    private var findings: [MaskFinding] = []
    /// For each rule, how many findings were told by number only, because nobody took them in time.
    package private(set) var findingsLost: [Int]

    static let mostPatience = 4096
    static let mostFindings = 256
    private static let mostAtOnce = 16384

    /// - Parameters:
    ///   - actions: for each rule of the set; missing ones mask. Known values are always masked.
    ///   - columns: the window's width; nil if there is no terminal.
    ///   - masksAsItComes: a value that may become longer is masked as soon as it is one, whatever comes then, even what may not stand behind it. Nil: for
    ///     users only. A recording next to a user's stream needs it too, or would show what the user did not see.
    package init(
        _ set: MaskSet, known: KnownValues?, actions: [MaskAction], clock: MaskClock, columns: Int?, masksAsItComes: Bool? = nil
    ) {
        let image = set.opened
        let isEarly = masksAsItComes ?? (clock != .strict)
        rules = Matcher.Rules(
            image: image, known: known,
            actions: image.rules.indices.map { $0 < actions.count ? actions[$0] : .mask },
            isProgressive: image.rules.map {
                isEarly && !$0.isCommitted && $0.validator == nil && !$0.hasSuffix && $0.style == .cells
            },
            isShape: image.rules.map { $0.category == .personal || $0.category == .own && !$0.hasPrefix })
        self.clock = clock
        self.columns = columns
        output = MaskedOutput(labels: image.names.map { Array($0.utf8) })
        matcher = Matcher(rules, rawStart: 0)
        findingsLost = [Int](repeating: 0, count: image.rules.count + 1)
    }

    /// Takes bytes of the stream.
    ///
    /// - Parameter now: nanoseconds of a clock that never goes back; 0 where nothing depends on it.
    package mutating func feed(_ bytes: ArraySlice<UInt8>, at now: UInt64) {
        echo.expire(at: now)
        if bytes.count <= Self.mostAtOnce {
            feedPart(bytes, of: nil)
        } else {
            output.settle()
            var rest = bytes
            while !rest.isEmpty {
                let part = rest.prefix(Self.mostAtOnce)
                rest = rest.dropFirst(part.count)
                feedPart(part, of: bytes)
            }
        }
        if case .user(let after?) = clock { releaseTime = heldBytes > 0 ? now + after : nil }
    }

    private mutating func feedPart(_ bytes: ArraySlice<UInt8>, of whole: ArraySlice<UInt8>?) {
        let isPlain = reading == output.end && string == nil && joined == nil && !isBehindBackspace && echo.isEmpty
        let plain = isPlain ? readPlain(bytes) : (count: 0, hasEscape: false)
        if isPlain, plain.count == bytes.count { return decidePlain(bytes, hasEscape: plain.hasEscape, of: whole) }
        output.append(bytes)
        reading += plain.count
        run = reading..<reading
        read(isEnd: false)
        output.unread = reading
        process()
        output.flush(to: limit(isFirm: false))
    }

    /// The same for what nearly all pieces are, whole plain text in which nothing is found: it was read, and need not be copied.
    private mutating func decidePlain(_ bytes: ArraySlice<UInt8>, hasEscape: Bool, of whole: ArraySlice<UInt8>?) {
        reading += bytes.count
        output.unread = reading
        run = reading..<reading
        matcher.process()
        let hold = matcher.hold(isFirm: false)
        let isWhole = hold == matcher.text.end
        if isWhole, !matcher.hasFound, output.position == output.end {
            return output.pass(bytes, isPlain: !hasEscape, of: whole)
        }
        output.append(bytes)
        if matcher.hasFound { takeAll() }
        var limit = isWhole ? reading : output.characterStart(at: matcher.text.rawStart(of: hold))
        if isHeldForEcho(from: limit) { limit = reading }
        output.flush(to: limit)
    }

    /// What may go out now.
    package mutating func takeOutput() -> ArraySlice<UInt8> { output.takeOutput() }

    /// True if there was no escape in what was taken last; false if nobody knows.
    var tookPlain: Bool { output.isPlain }

    /// What was found since the last call.
    package mutating func takeFindings() -> [MaskFinding] {
        defer { findings.removeAll() }
        return findings
    }

    /// Tells what the user typed. Only for the stream of that user.
    package mutating func expectEcho(of typed: ArraySlice<UInt8>, at now: UInt64) {
        guard clock != .strict else { return }
        echo.expect(typed, at: now)
    }

    package mutating func resize(columns: Int) {
        guard self.columns != nil else { return }
        self.columns = columns
        column = nil
    }

    /// When `advance` is to be called; nil if it need not be.
    package var deadline: UInt64? { releaseTime }

    /// Lets go what waited long enough.
    package mutating func advance(at now: UInt64) {
        guard let time = releaseTime, now >= time else { return }
        releaseTime = nil
        output.flush(to: limit(isFirm: true))
    }

    /// The stream ends: what is held is decided, and goes out.
    package mutating func finish() {
        read(isEnd: true)
        output.unread = reading
        matcher.finish()
        joined?.finish()
        takeAll()
        output.flush(to: output.end)
        releaseTime = nil
    }

    /// How many bytes wait.
    package var heldBytes: Int { output.end - output.position }

    // MARK: Deciding

    /// Text that was read, for the echo.
    mutating func noteText(_ range: Range<Int>) {
        if echo.isEmpty {
            unexpectedEnd = range.upperBound
            return
        }
        for position in range {
            if let byte = output.byte(at: position), !echo.take(byte) { unexpectedEnd = position + 1 }
        }
    }

    private mutating func process() {
        matcher.process()
        takeAll()
        guard let last = joined?.joints?.last, let joined else { return }
        if joined.text.end - last > CompiledRule.widestHeld, !joined.isOpen(before: last) { self.joined = nil }
    }

    private mutating func takeAll() {
        for found in matcher.takeFound() { output.add(mark(found)) }
        for finding in matcher.takeFindings() { add(finding) }
        guard joined != nil else { return }
        joined?.process()
        for found in joined?.takeFound() ?? [] { output.add(mark(found)) }
        for finding in joined?.takeFindings() ?? [] { add(finding) }
    }

    func mark(_ found: FoundValue) -> MaskedOutput.Mark {
        var style =
            found.isProgressive || found.rule == rules.tables.ruleCount ? MaskStyle.cells : rules.tables[found.rule].style
        let isAlternate = screens.last { $0.start <= found.range.lowerBound }?.isAlternate ?? false
        if isAlternate, style == .fixed || style == .label { style = .cells }
        return MaskedOutput.Mark(
            rule: found.rule, range: found.range, isProgressive: found.isProgressive, style: style)
    }

    mutating func add(_ finding: MaskFinding) {
        guard findings.count < Self.mostFindings else {
            findingsLost[finding.rule] += 1
            return
        }
        var finding = finding
        let isSeen = finding.rule < rules.actions.count && rules.actions[finding.rule] < .mask
        finding.isPartlyReleased = !isSeen && Int(finding.offset) < output.position && !isCommitted(finding.rule)
        findings.append(finding)
    }

    private func isCommitted(_ rule: Int) -> Bool {
        rule < rules.tables.ruleCount && (rules.tables[rule].isCommitted || rules.isProgressive[rule])
    }

    /// Up to where bytes may go out.
    private func limit(isFirm: Bool) -> Int {
        var limit = limit(of: matcher, isFirm: isFirm)
        if let joined { limit = min(limit, self.limit(of: joined, isFirm: isFirm)) }
        limit = output.characterStart(at: limit)
        if isHeldForEcho(from: limit) { limit = reading }
        // Not read, as it may underline what comes: it is seen in any case, unless a value could begin with it.
        if limit == reading, reading == output.end - 1, let byte = output.byte(at: reading), byte == UInt8(ascii: "_"),
            echo.next == byte || isFree(byte, for: matcher) && (joined.map { isFree(byte, for: $0) } ?? true)
        {
            limit = output.end
        }
        if let string { limit = min(limit, string.limit) }
        return limit
    }

    /// Whether all that is held is echo.
    private func isHeldForEcho(from limit: Int) -> Bool { limit < reading && unexpectedEnd <= max(limit, output.position) }

    /// Whether a byte that comes next would not have to wait.
    private func isFree(_ byte: UInt8, for matcher: Matcher) -> Bool {
        var trial = matcher
        trial.text.append(byte, at: reading, width: 1)
        trial.process()
        return !trial.hasFound && trial.hold(isFirm: false) == trial.text.end
    }

    private func limit(of matcher: Matcher, isFirm: Bool) -> Int {
        let hold = matcher.hold(isFirm: isFirm)
        return hold == matcher.text.end ? reading : matcher.text.rawStart(of: hold)
    }
}
