internal import MonitorProtocol
internal import TerminalStream

/// One stream of a channel on its way through the mask rules.
///
/// At a terminal it goes through twice. The recording's stream waits until it is decided what is a value; the user's need not wait for the echo of what
/// they typed. Without a terminal one stream is both.
struct MaskedChannelStream {
    private enum Way {
        /// Nothing is looked for: these are data, and no rule is about data.
        case untouched
        /// Looked at, and passed on as it is.
        case watched(OutputMask)
        case masked(OutputMask)
        case maskedTwice(recorded: OutputMask, delivered: OutputMask)
        /// What comes now has come too late, and passes nowhere.
        case over
    }

    private var way: Way
    /// Nil where it is masked whatever it is.
    private var text: TextExtent?

    init(_ rules: MaskSet, _ terms: MaskTerms, known: KnownValues?, columns: Int?, rows: Int) {
        text = terms.altering == .whileText ? TextExtent() : nil
        let release = terms.releaseAfter > 0 ? UInt64(terms.releaseAfter) * 1_000_000 : nil
        let stream = { (clock: MaskClock) in
            OutputMask(
                rules, known: known, actions: terms.actions, columnNames: Set(terms.columns), clock: clock, columns: columns,
                rows: rows)
        }
        guard terms.altering == .never else {
            way =
                columns == nil
                ? .masked(stream(.strict))
                : .maskedTwice(recorded: stream(.strict), delivered: stream(.user(releaseAfter: release)))
            return
        }
        // What could only be masked is not looked for where nothing is.
        let actions = terms.actions.map { $0 == .mask ? MaskAction.off : $0 }
        way =
            actions.allSatisfy { $0 == .off }
            ? .untouched
            : .watched(OutputMask(rules, known: nil, actions: actions, columnNames: [], clock: .strict, columns: nil))
    }

    mutating func take(_ bytes: ArraySlice<UInt8>, _ findings: inout MaskFindings, at now: UInt64) -> Masker.Passed {
        guard text?.isText != false else { return Masker.Passed(recorded: bytes, delivered: bytes) }
        let length = text?.lengthOfText(in: bytes) ?? bytes.count
        var passed = feed(bytes.prefix(length), &findings, at: now)
        if length < bytes.count {
            // It was text up to here: what is held of it is decided, and the rest goes on as it is.
            let rest = finish(&findings, at: now).recorded + bytes.dropFirst(length)
            passed.recorded += rest
            passed.delivered += rest
        }
        return passed
    }

    private mutating func feed(_ bytes: ArraySlice<UInt8>, _ findings: inout MaskFindings, at now: UInt64) -> Masker.Passed {
        switch way {
        case .untouched: return Masker.Passed(recorded: bytes, delivered: bytes)
        case .over: return Masker.Passed(recorded: [], delivered: [])
        case .watched(var stream):
            way = .over
            stream.feed(bytes, at: now)
            _ = stream.takeOutput()
            findings.take(from: &stream, at: now)
            way = .watched(stream)
            return Masker.Passed(recorded: bytes, delivered: bytes)
        case .masked(var stream):
            // Taken out while it works, or its buffers would be copied.
            way = .over
            stream.feed(bytes, at: now)
            let passed = stream.takeOutput()
            findings.take(from: &stream, at: now)
            way = .masked(stream)
            return Masker.Passed(recorded: passed, delivered: passed)
        case .maskedTwice(var recorded, var delivered):
            way = .over
            recorded.feed(bytes, at: now)
            delivered.feed(bytes, at: now)
            let passed = Masker.Passed(recorded: recorded.takeOutput(), delivered: delivered.takeOutput())
            findings.take(from: &recorded, at: now)
            findings.noteReleases(of: &delivered)
            way = .maskedTwice(recorded: recorded, delivered: delivered)
            return passed
        }
    }

    mutating func expectEcho(of typed: ArraySlice<UInt8>, at now: UInt64) {
        guard case .maskedTwice(let recorded, var delivered) = way else { return }
        way = .over
        delivered.expectEcho(of: typed, at: now)
        way = .maskedTwice(recorded: recorded, delivered: delivered)
    }

    mutating func resize(columns: Int, rows: Int) {
        guard case .maskedTwice(var recorded, var delivered) = way else { return }
        recorded.resize(columns: columns, rows: rows)
        delivered.resize(columns: columns, rows: rows)
        way = .maskedTwice(recorded: recorded, delivered: delivered)
    }

    var deadline: UInt64? { if case .maskedTwice(_, let delivered) = way { delivered.deadline } else { nil } }

    mutating func release(_ findings: inout MaskFindings, at now: UInt64) -> Masker.Passed {
        guard case .maskedTwice(let recorded, var delivered) = way else { return Masker.Passed(recorded: [], delivered: []) }
        delivered.advance(at: now)
        let passed = Masker.Passed(recorded: [], delivered: delivered.takeOutput())
        findings.noteReleases(of: &delivered)
        way = .maskedTwice(recorded: recorded, delivered: delivered)
        return passed
    }

    /// Nothing more comes.
    mutating func finish(_ findings: inout MaskFindings, at now: UInt64) -> Masker.Passed {
        defer { way = .over }
        switch way {
        case .untouched, .over: return Masker.Passed(recorded: [], delivered: [])
        case .watched(var stream):
            stream.finish()
            findings.take(from: &stream, at: now)
            return Masker.Passed(recorded: [], delivered: [])
        case .masked(var stream):
            stream.finish()
            findings.take(from: &stream, at: now)
            let passed = stream.takeOutput()
            return Masker.Passed(recorded: passed, delivered: passed)
        case .maskedTwice(var recorded, var delivered):
            recorded.finish()
            delivered.finish()
            let passed = Masker.Passed(recorded: recorded.takeOutput(), delivered: delivered.takeOutput())
            findings.take(from: &recorded, at: now)
            findings.noteReleases(of: &delivered)
            return passed
        }
    }
}
