internal import ArgumentParser
internal import Foundation
internal import Guard
internal import MonitorProtocol

struct SessionLines: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commands",
        abstract: "List what was run in one session: the lines that were typed, or the command that it was begun with.",
        discussion: """
            The oldest first, with what the policy decided and what came of each. A line with a question mark behind its verdict could not be read for \
            certain.
            """)
    @OptionGroup var instance: InstanceOption
    @OptionGroup var json: JSONOption
    @OptionGroup var chosen: SessionArgument
    @OptionGroup var length: ListLength

    func run() throws {
        guard case .sessions(let sessions) = try instance.ask(.showSession(try chosen.id().text)) else {
            throw ToolFailure.unexpectedReply
        }
        guard let session = sessions.first else { throw chosen.notFound }
        let lines = try lines(of: session)
        if json.isOn { return try JSONDocument.write(lines) }
        guard !lines.isEmpty else { return try StandardOutput.write("no line\n") }
        var table = Table(["TIME", "VERDICT", "EXIT", "LINE"])
        for line in lines {
            table.add([
                line.moment.forPeople, line.verdict + (line.certain ? "" : "?"),
                line.exitStatus.map { "\($0)" } ?? (line.outcome == .ran ? nil : line.outcome.rawValue), line.line,
            ])
        }
        try StandardOutput.write(table.text)
    }

    /// The first ones, with what was told of them at any time later. All pages are read; only the lines asked for are kept.
    private func lines(of session: SessionSummary) throws -> [LineDocument] {
        var lines: [LineDocument] = []
        var positions: [UInt32: Int] = [:]
        var filter = AdminRequest.EventFilter(session: session.id, content: .lines, limit: Self.page)
        while case let events = try instance.events(filter), let last = events.last {
            for event in events {
                switch event.action {
                case .line(let action) where lines.count < length.limit:
                    positions[action.number] = lines.count
                    lines.append(LineDocument(event, action))
                case .command(let action) where lines.count < length.limit: lines.append(LineDocument(event, action, session))
                case .lineReport(let action):
                    if let position = positions[action.number] { lines[position].add(action, at: event.at) }
                case .line, .command, .file, .masked, .desk: break
                }
            }
            filter.after = last.number
        }
        return lines
    }

    /// Events that are held in memory at once.
    private static let page = 1000
}

/// A line in JSON. The keys are a contract.
struct LineDocument: Encodable {
    enum Outcome: String, Encodable {
        case ran
        case refused
        case withdrawn
        /// Nothing was told of it since.
        case allowed
    }
    /// Of the session's lines, from 1; 0 for the command of an exec session.
    var number: UInt32
    var at: String
    /// Invalid UTF-8 as U+FFFD.
    var line: String
    var lineBase64, language: String
    var witnesses: [String]
    /// The line is known. What it would do may be in doubt all the same.
    var certain: Bool
    var doubts: [PolicyEvent.Reason]
    var verdict: String
    @AlwaysThere var rule: String?
    var outcome: Outcome
    @AlwaysThere var exitStatus: UInt32?
    @AlwaysThere var endedAt: String?
    /// For people.
    var moment: Timestamp

    private enum CodingKeys: CodingKey {
        case number, at, line, lineBase64, language, witnesses, certain, doubts, verdict, rule, outcome, exitStatus, endedAt
    }

    init(_ event: PolicyEvent, _ action: LineAction) {
        self.init(event, number: action.number, action.text, action.base64, action.language, action.witnesses)
    }

    init(_ event: PolicyEvent, _ action: CommandAction, _ session: SessionSummary) {
        self.init(event, number: 0, action.text, action.base64, "shell", [])
        guard outcome == .allowed, let ended = session.endedAt else { return }
        outcome = .ran
        exitStatus = session.exitStatus
        endedAt = ended.rfc3339
    }

    private init(
        _ event: PolicyEvent, number: UInt32, _ text: String, _ base64: String, _ language: String, _ witnesses: [String]
    ) {
        self.number = number
        moment = event.at
        at = event.at.rfc3339
        line = text
        lineBase64 = base64
        self.language = language
        self.witnesses = witnesses
        doubts = event.uncertain
        certain = !doubts.contains { $0.kind == "unread-line" }
        verdict = event.verdict
        rule = event.rule
        let hadRun = doubts.contains { $0.text == LineDoubt.alreadyRan.text }
        outcome = event.outcome == .refused ? .refused : hadRun ? .ran : .allowed
    }

    mutating func add(_ report: LineReportAction, at moment: Timestamp) {
        switch report.kind {
        case .ended:
            outcome = .ran
            exitStatus = report.status.map { UInt32($0) }
            endedAt = moment.rfc3339
        case .withdrawn: outcome = .withdrawn
        case .dropped, .alarm, .reading: break
        }
    }
}
