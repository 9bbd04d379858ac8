internal import Guard
internal import LibSSH
internal import MonitorProtocol

/// The guard of one terminal channel, and what it has to say to the monitor: its questions, and what came of the lines.
final class LineConversation: ChannelGate {
    private var lines: LineGuard
    private let terms: GuardTerms
    private let channel: ChannelNumber
    private let monitor: MonitorClient
    private let now: () -> UInt64
    /// Reports are on their way, so that a slow monitor is not flooded.
    private var isTelling = false
    /// Under which number the monitor knows a question that it has not answered.
    private var asked: [UInt32: UInt32] = [:]
    private(set) var failure: Refusal?

    init(
        _ channel: ChannelNumber, _ terms: GuardTerms, terminal: TerminalRequest, _ monitor: MonitorClient,
        now: @escaping () -> UInt64
    ) {
        self.channel = channel
        self.terms = terms
        self.monitor = monitor
        self.now = now
        lines = LineGuard(terms, columns: Int(terminal.columns), rows: Int(terminal.rows), at: now())
    }

    // MARK: Bytes

    var wantsClientBytes: Bool { lines.wantsUserBytes }
    func receive(fromClient bytes: ArraySlice<UInt8>) { lines.receive(fromUser: bytes, at: now()) }
    func takeToTarget() -> ArraySlice<UInt8> { lines.takeToTarget() }
    var hasBytesForTarget: Bool { lines.hasBytesForTarget }
    /// Never: the keys that release a line go the same way, and may follow what the client sent last. The program would not notice anyway: a terminal has no
    /// end of input but ^D.
    var isEmptyTowardsTarget: Bool { false }

    func receive(fromTarget bytes: ArraySlice<UInt8>) { lines.receive(fromTarget: bytes, at: now()) }
    func takeToClient() -> ArraySlice<UInt8> { lines.takeToUser() }
    var hasBytesForClient: Bool { lines.hasBytesForUser }

    func resize(columns: UInt32, rows: UInt32) { lines.resize(columns: Int(columns), rows: Int(rows)) }
    func takeNotices() -> [GateNotice] { [] }

    var mayStartAgain: Bool { lines.wantsPlainShell }

    func takesPlainShell(after exit: ChannelExit?) -> Bool {
        guard case .status(let status) = exit, status != 0, lines.wantsPlainShell else { return false }
        lines.startPlainly()
        return true
    }

    // MARK: The monitor

    var deadline: UInt64? { lines.deadline }
    var isWaiting: Bool { lines.isWaiting }

    func ask() throws(MonitorClient.Failure) { while let question = lines.takeQuestion() { try ask(question) } }

    func advance(isBehind: Bool) throws(MonitorClient.Failure) {
        lines.advance(at: now(), isBehind: isBehind)
        try ask()
        for number in lines.takeWithdrawn() {
            if let request = asked[number] { try monitor.ask(.withdraw(request: request)) { _ in } }
        }
        for number in lines.takeVoid() {
            if let request = asked[number] { try monitor.ask(.withdraw(request: request, isVoid: true)) { _ in } }
        }
        if !isTelling, lines.hasReports {
            isTelling = true
            try tell { [self] in isTelling = false }
        }
    }

    func finish() throws(MonitorClient.Failure) {
        // Where lines are only observed a report can be about one that was not asked about yet.
        try ask()
        while lines.hasReports { try tell {} }
    }

    private func ask(_ question: LineQuestion) throws(MonitorClient.Failure) {
        let number = question.number
        asked[number] = try monitor.ask(.judgeLine(JudgeLine(channel: channel, question: question))) {
            [self] answer throws(MonitorClient.Failure) in
            switch answer.reply {
            case .held(let notice): lines.hold(number, approval: notice.approval, message: notice.message, at: now())
            case .lineJudgement(let judgement):
                asked[number] = nil
                lines.answer(judgement, to: number, at: now())
            default: throw MonitorClient.Failure(reason: "unexpected answer about a line")
            }
        }
    }

    private func tell(_ told: @escaping () -> Void) throws(MonitorClient.Failure) {
        let reports = lines.takeReports(atMost: MessageLimit.lineReports)
        for case .alarm(let alarm) in reports.map(\.content) where terms.isEnforced && alarm.endsSession {
            failure = Refusal(
                message: "\(alarm.text): this session ends here.", exitStatus: Refusal.refusedStatus)
        }
        try monitor.ask(.lineReports(LineReports(channel: channel, reports: reports))) { _ in told() }
    }
}
