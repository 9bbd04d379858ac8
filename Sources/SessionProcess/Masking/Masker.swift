internal import LibSSH
internal import MonitorProtocol
internal import TerminalStream

/// Takes secrets out of what the target sends on one channel, before it is recorded or seen (promise 3). `UpstreamToClient` records and delivers
/// nothing that has not come through here.
struct Masker {
    /// What may go on now.
    struct Passed {
        var recorded: ArraySlice<UInt8>
        var delivered: ArraySlice<UInt8>
    }

    private(set) var findings: MaskFindings
    private var output: MaskedChannelStream
    /// Apart from the output, or a value cut in one would be completed by the other.
    private var errors: MaskedChannelStream
    private let isTerminal: Bool

    /// - Parameters:
    ///   - known: values that are masked wherever they stand; nil if there are none.
    ///   - columns: of the user's window; nil without a terminal.
    ///   - rows: of the user's window.
    ///   - now: when the recording began.
    init(_ rules: MaskSet, _ terms: MaskTerms, known: KnownValues?, columns: Int?, rows: Int, at now: UInt64) {
        findings = MaskFindings(terms.actions, startedAt: now)
        isTerminal = columns != nil
        output = MaskedChannelStream(rules, terms, known: known, columns: columns, rows: rows)
        errors = MaskedChannelStream(rules, terms, known: known, columns: nil, rows: rows)
    }

    /// Takes the next bytes of one stream.
    mutating func take(_ bytes: ArraySlice<UInt8>, of stream: ChannelStream, at now: UInt64) -> Passed {
        switch stream {
        case .output: output.take(bytes, &findings, at: now)
        case .errors: errors.take(bytes, &findings, at: now)
        }
    }

    /// The next findings to tell the monitor. Ask `findings.isEmpty` before.
    mutating func takeReports(of channel: ChannelNumber) -> MaskReports { findings.takeReports(of: channel) }

    /// What the user has typed may come back as it is.
    mutating func expectEcho(of typed: ArraySlice<UInt8>, at now: UInt64) {
        if isTerminal { output.expectEcho(of: typed, at: now) }
    }

    mutating func resize(columns: UInt32, rows: UInt32) {
        if isTerminal, columns > 0, rows > 0 { output.resize(columns: Int(columns), rows: Int(rows)) }
    }

    /// When `release` has something although nothing comes.
    var deadline: UInt64? { output.deadline }

    /// What the user need not wait for any longer.
    mutating func release(at now: UInt64) -> Passed { output.release(&findings, at: now) }

    /// The stream is over: what was held is decided.
    mutating func finish(_ stream: ChannelStream, at now: UInt64) -> Passed {
        switch stream {
        case .output: output.finish(&findings, at: now)
        case .errors: errors.finish(&findings, at: now)
        }
    }
}
