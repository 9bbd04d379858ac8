internal import Desk
internal import LibSSH
internal import MonitorProtocol

/// A person at the desk's screens: one terminal channel without a target. Keys go to `DeskScreen`, and what it wants goes to the monitor.
final class DeskVisit {
    enum Step {
        /// Nothing to do until something comes.
        case waits
        /// The person has left.
        case left
        /// They have chosen, and the screen is theirs again.
        case connects(target: String, login: String)
    }

    private var screen: DeskScreen
    private let client: Channel
    private let connection: Connection
    private var output = DeskOutput()
    private var targets: [DeskTarget] = []
    /// The page that was shown last, and the request that is open, whole.
    private var page: [DeskApprovalRow] = []
    private var total = 0
    private var opened: DeskApprovalRow?
    private var isAsking = false
    private var nextLook: UInt64
    private var end: Step?

    /// How often new requests are looked for.
    private static let interval = 2 * nanosecondsPerSecond

    init(_ client: Channel, terminal: TerminalRequest, user: String, connection: Connection) throws(MonitorClient.Failure) {
        self.client = client
        self.connection = connection
        let now = connection.now()
        screen = DeskScreen(user: user, columns: Int(terminal.columns), rows: Int(terminal.rows), at: now)
        nextLook = now
        output.append(DeskScreen.enter)
        try askForTargets()
    }

    var deadline: UInt64? { end == nil ? [isAsking ? nil : nextLook, screen.deadline].compactMap { $0 }.min() : nil }

    func resize(columns: UInt32, rows: UInt32) { screen.resize(columns: Int(columns), rows: Int(rows)) }

    func advance() throws(MonitorClient.Failure) -> Step {
        let now = connection.now()
        if end == nil { try read(at: now) }
        if end == nil, now >= nextLook, !isAsking { try lookForApprovals(at: now) }
        // On a slow link only what is on the screen in the end is sent.
        if end == nil, output.isEmpty { output.append(screen.takeOutput()) }
        output.deliver(to: client)
        guard let end, output.isEmpty else { return .waits }
        return end
    }

    private func read(at now: UInt64) throws(MonitorClient.Failure) {
        var keys = [UInt8](repeating: 0, count: 4096)
        while let count = keys.withUnsafeMutableBytes({ client.read(into: $0)?.count }), count > 0 {
            connection.noteActivity()
            screen.receive(keys: keys[..<count], at: now)
        }
        screen.advance(at: now)
        if client.isDrained { finish(.left) }
        for action in screen.takeActions() {
            switch action {
            case .leave: finish(.left)
            case .connect(let target, let login): finish(.connects(target: target, login: login))
            case .open(let number): try open(number)
            case .approve(let number, let reason): try decide(number, approves: true, reason)
            case .deny(let number, let reason): try decide(number, approves: false, reason)
            }
        }
    }

    private func finish(_ step: Step) {
        guard end == nil else { return }
        end = step
        output.append(DeskScreen.leave)
    }

    // MARK: The monitor

    private func askForTargets() throws(MonitorClient.Failure) {
        try connection.monitor.ask(.deskView(.targets(after: UInt32(targets.count)))) {
            [self] answer throws(MonitorClient.Failure) in
            guard case .deskPage(.targets(let rows, let isLast)) = answer.reply else { return try refused(answer) }
            targets += rows.map { DeskTarget(name: $0.name, aliases: $0.aliases, logins: $0.logins) }
            // A screen that shows more is read by nobody.
            if isLast || targets.count >= 10_000 || rows.isEmpty { screen.show(targets: targets) } else { try askForTargets() }
        }
    }

    private func lookForApprovals(at now: UInt64) throws(MonitorClient.Failure) {
        isAsking = true
        try connection.monitor.ask(.deskView(.approvals)) { [self] answer throws(MonitorClient.Failure) in
            isAsking = false
            nextLook = connection.now() + Self.interval
            guard case .deskPage(.approvals(let rows, let total)) = answer.reply else { return try refused(answer) }
            page = rows
            self.total = Int(total)
            showPage()
        }
    }

    private func open(_ number: UInt64) throws(MonitorClient.Failure) {
        try connection.monitor.ask(.deskView(.approval(number))) { [self] answer throws(MonitorClient.Failure) in
            guard case .deskPage(.approvals(let rows, _)) = answer.reply, let row = rows.first else { return try refused(answer) }
            opened = row
            showPage()
            guard let file = answer.takeDescriptor() else { return }
            screen.show(screenful: LastScreenful.lines(of: file), of: number)
        }
    }

    private func decide(_ number: UInt64, approves: Bool, _ reason: String?) throws(MonitorClient.Failure) {
        let decision = Decide(approval: number, approves: approves, reason: reason)
        try connection.monitor.ask(.decide(decision)) { [self] answer throws(MonitorClient.Failure) in
            guard case .desk(let reply) = answer.reply else { return try refused(answer) }
            screen.show(outcome: reply.text)
            nextLook = connection.now()
        }
    }

    private func refused(_ answer: MonitorClient.Answer) throws(MonitorClient.Failure) {
        guard case .refused(let refusal) = answer.reply else {
            throw MonitorClient.Failure(reason: "unexpected answer at the desk")
        }
        screen.show(outcome: refusal.message)
        nextLook = connection.now() + Self.interval
    }

    private func showPage() {
        var rows = page
        if let opened, let index = rows.firstIndex(where: { $0.number == opened.number }) {
            // The list has the beginning of it alone.
            rows[index].command = opened.command
            rows[index].isCut = opened.isCut
            rows[index].understood = opened.understood
            rows[index].uncertain = opened.uncertain
        }
        screen.show(approvals: rows.map(DeskApproval.init), total: total)
    }
}

extension DeskApproval {
    fileprivate init(_ row: DeskApprovalRow) {
        self.init(
            number: row.number, kind: row.kind, user: row.user, target: row.target, login: row.login, command: row.command,
            understood: row.understood, rule: row.rule, uncertain: row.uncertain, askedSecondsAgo: row.askedSecondsAgo,
            expiresInSeconds: row.expiresInSeconds, approvedBy: row.approvedBy, needed: Int(row.needed),
            needsReason: row.needsReason, mayDecide: !row.isCut, requesterReason: row.requesterReason)
    }
}
