internal import LibSSH
internal import MonitorProtocol
internal import SFTP

/// The gate of one channel that speaks sftp, and what it has to say to the monitor: its questions, and what came of the requests.
final class FileConversation: ChannelGate {
    private var gate = SFTPGate()
    private let channel: ChannelNumber
    private let monitor: MonitorClient
    /// The monitor has not answered yet, so that neither is asked twice and a slow monitor is not flooded.
    private var isAsking = false
    private var isTelling = false
    private(set) var isWaiting = false

    /// What the user has not read, and all reasons of refusals that were ever among it.
    private var notices: [GateNotice] = []
    private var noticed: Set<String> = []

    /// Different reasons that are told to the user of one channel: a client that is refused a thousand files says itself which they are.
    private static let mostNotices = 16

    /// Names and texts in one message, which has to stay below `MessageSocket.largestMessage` whatever is added for each.
    private static let messageBytes = 64 * 1024

    init(_ channel: ChannelNumber, _ monitor: MonitorClient) {
        self.channel = channel
        self.monitor = monitor
    }

    // MARK: Bytes

    var wantsClientBytes: Bool { gate.wantsClientBytes }
    func receive(fromClient bytes: ArraySlice<UInt8>) { gate.receive(fromClient: bytes) }
    func takeToTarget() -> ArraySlice<UInt8> { gate.takeToTarget() }
    var hasBytesForTarget: Bool { gate.hasBytesForTarget }
    var isEmptyTowardsTarget: Bool { gate.isEmptyTowardsTarget }

    func receive(fromTarget bytes: ArraySlice<UInt8>) { gate.receive(fromTarget: bytes) }
    func takeToClient() -> ArraySlice<UInt8> { gate.takeToClient() }
    var hasBytesForClient: Bool { gate.hasBytesForClient }

    var failure: Refusal? { gate.failure.map(Refusal.init) }
    var deadline: UInt64? { nil }
    var mayStartAgain: Bool { false }
    func takesPlainShell(after exit: ChannelExit?) -> Bool { false }
    func resize(columns: UInt32, rows: UInt32) {}

    // MARK: The monitor

    /// Nothing: events go before questions, in `advance`.
    func ask() {}

    func advance(isBehind: Bool) throws(MonitorClient.Failure) {
        // First, because room for events may be what the next question waits for.
        if !isTelling, gate.hasEvents {
            isTelling = true
            try tell { [self] in isTelling = false }
        }
        if !isAsking, let access = gate.question { try ask(access) }
    }

    /// OpenSSH's clients make "Permission denied" of a refusal, whatever reason comes with it.
    func takeNotices() -> [GateNotice] {
        defer { notices = [] }
        return notices
    }

    func finish() throws(MonitorClient.Failure) {
        gate.finish()
        while gate.hasEvents { try tell {} }
    }

    private func ask(_ access: FileAccess) throws(MonitorClient.Failure) {
        isAsking = true
        try monitor.ask(.judgeFile(JudgeFile(channel: channel, access: access))) {
            [self] answer throws(MonitorClient.Failure) in
            if case .held(let notice) = answer.reply {
                isWaiting = true
                return notices.append(.held(notice))
            }
            isWaiting = false
            isAsking = false
            switch answer.reply {
            case .fileJudgement(.allowed(let limit)): gate.answer(.allowed(limit: limit))
            case .fileJudgement(.resolve): gate.answer(.resolve)
            case .refused(let refusal): gate.answer(.refused(reason: refusal.message))
            default: throw MonitorClient.Failure(reason: "unexpected answer about a file")
            }
        }
    }

    private func tell(_ told: @escaping () -> Void) throws(MonitorClient.Failure) {
        let events = gate.takeEvents(atMost: MessageLimit.fileEvents, bytes: Self.messageBytes)
        events.forEach(notice)
        try monitor.ask(.fileEvents(FileEvents(channel: channel, events: events))) { _ in told() }
    }

    private func notice(_ event: FileEvent) {
        // Clients try requests that a server may not know, and go on without them.
        let isKnown = event.operation != .unknown || event.path.asked.isEmpty
        guard case .refused(let reason) = event.outcome, isKnown, noticed.count < Self.mostNotices,
            noticed.insert(reason).inserted
        else { return }
        notices.append(.refusal(reason))
    }
}
