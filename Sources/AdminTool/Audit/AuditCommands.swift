internal import ArgumentParser
internal import MonitorProtocol

struct AuditGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Look at what the policy decided.", subcommands: [AuditList.self])
    @OptionGroup var instance: InstanceOption
    func run() throws { throw MissingSubcommand(of: Self.self) }
}

struct AuditList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the policy's decisions on commands and files, the oldest first.",
        discussion: "Also those on what was refused, which is in no session.")
    @OptionGroup var instance: InstanceOption
    @OptionGroup var json: JSONOption
    @Option(help: "Only those of this session.", transform: { try SessionArgument.id(named: $0) }) var session: SessionID?
    @Option(help: "Only those of this user.") var user: String?
    @Option(help: "Only those on this target.") var target: String?
    @Option(help: ArgumentHelp("Only since so long ago: a number and s, m, h or d.", valueName: "duration")) var since: Lifetime?
    @Flag(help: "Only commands, no files.") var commands = false
    @OptionGroup var length: ListLength

    func run() throws {
        let start = since.map { Timestamp(milliseconds: SituationOption.now - Int64(clamping: $0.seconds) * 1000) }
        let filter = AdminRequest.EventFilter(
            session: session, user: user, target: target, since: start, content: commands ? .commands : .all, limit: length.limit)
        let events = try instance.events(filter)
        if json.isOn { return try JSONDocument.write(events.map(EventDocument.init)) }
        guard !events.isEmpty else { return try StandardOutput.write("no decision\n") }
        var table = Table(["AT", "USER", "LOGIN@TARGET", "VERDICT", "RULE", "OUTCOME", "WHAT"])
        for event in events {
            table.add([
                event.at.forPeople, event.user, "\(event.login)@\(event.target)",
                event.outcome == .told ? nil : event.verdict + (event.uncertain.isEmpty ? "" : " (uncertain)"), event.rule,
                event.outcome.rawValue, event.what,
            ])
        }
        try StandardOutput.write(table.text)
    }
}

extension InstanceOption {
    /// Up to the filter's limit, page by page: a reply holds only so much.
    func events(_ filter: AdminRequest.EventFilter) throws -> [PolicyEvent] {
        var filter = filter
        var events: [PolicyEvent] = []
        while filter.limit > 0 {
            guard case .events(let page) = try ask(.listEvents(filter)) else { throw ToolFailure.unexpectedReply }
            guard let last = page.last else { break }
            // A daemon that does not go forward would be asked for ever.
            guard last.number > filter.after, page.count <= filter.limit else { throw ToolFailure.unexpectedReply }
            events += page
            filter.after = last.number
            filter.limit -= page.count
        }
        return events
    }
}

extension PolicyEvent {
    /// For a cell of a table.
    var what: String {
        switch action {
        case .command(let action): action.text
        case .file(let action):
            ([action.operation, action.path] + (action.secondPath.map { ["→", $0] } ?? [])).joined(separator: " ")
        case .line(let action): action.text
        case .lineReport(let action): action.what
        case .masked(let value): value.what
        case .desk(let action): ([action.word] + (action.text.map { ["(\($0))"] } ?? [])).joined(separator: " ")
        }
    }
}

extension MaskedValue {
    /// For a cell of a table.
    var what: String {
        "value \(fingerprint) of \(cells) cells at \(TimeText.seconds(microseconds: recordingTime)) \(outcome.rawValue)"
            + (isPartlyReleased ? ", a part of it seen" : "")
    }
}

extension LineReportAction {
    /// For a cell of a table.
    var what: String {
        let status = status.map { " with status \($0)" } ?? ""
        return "line \(number == 0 ? "" : "\(number) ")\(kind.rawValue)\(status)\(text.map { ": \($0)" } ?? "")"
    }
}

/// A decision in JSON. The keys are a contract.
struct EventDocument: Encodable {
    var number: Int64
    var at, connectionId, user, login, target, channel, verdict, outcome: String
    @AlwaysThere var session: String?
    @AlwaysThere var rule: String?
    var uncertain: [PolicyEvent.Reason]
    var shadows: [PolicyEvent.Shadow]
    @AlwaysThere var command: Command?
    @AlwaysThere var file: FileAction?
    @AlwaysThere var line: Line?
    @AlwaysThere var lineReport: LineReport?
    @AlwaysThere var masked: Masked?
    @AlwaysThere var desk: DeskAction?
    /// The request by which people allowed it.
    @AlwaysThere var approval: Int64?

    struct Masked: Encodable {
        var rule, outcome, fingerprint: String
        /// Seconds since the recording began, as in the recording.
        var recordingTime: Double
        var offset: UInt64
        var cells: UInt32
        var partlyReleased: Bool

        init(_ value: MaskedValue) {
            rule = value.rule
            outcome = value.outcome.rawValue
            fingerprint = value.fingerprint
            recordingTime = Double(value.recordingTime) / 1_000_000
            offset = value.offset
            cells = value.cells
            partlyReleased = value.isPartlyReleased
        }
    }

    struct Line: Encodable {
        var number: UInt32
        var text, base64, language: String
        var witnesses: [String]
        var commands: [UnderstoodCommand]
        var omitted: Int
    }

    struct LineReport: Encodable {
        var number: UInt32
        var kind: String
        @AlwaysThere var status: UInt8?
        @AlwaysThere var text: String?

        init(_ action: LineReportAction) {
            number = action.number
            kind = action.kind.rawValue
            status = action.status
            text = action.text
        }
    }

    struct Command: Encodable {
        var text, base64: String
        var commands: [UnderstoodCommand]
        var omitted: Int
    }

    init(_ event: PolicyEvent) {
        number = event.number
        at = event.at.rfc3339
        connectionId = event.connectionID
        user = event.user
        login = event.login
        target = event.target
        channel = event.channel.name
        verdict = event.verdict
        outcome = event.outcome.rawValue
        session = event.session?.text
        rule = event.rule
        uncertain = event.uncertain
        shadows = event.shadows
        switch event.action {
        case .command(let action):
            command = Command(
                text: action.text, base64: action.base64, commands: action.commands, omitted: action.omitted)
        case .file(let action): file = action
        case .line(let action):
            line = Line(
                number: action.number, text: action.text, base64: action.base64, language: action.language,
                witnesses: action.witnesses, commands: action.commands, omitted: action.omitted)
        case .lineReport(let action): lineReport = LineReport(action)
        case .masked(let value): masked = Masked(value)
        case .desk(let action): desk = action
        }
        approval = event.approval
    }
}
