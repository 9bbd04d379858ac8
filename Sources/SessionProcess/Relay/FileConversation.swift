internal import MonitorProtocol
internal import SFTP

/// The gate of one channel that speaks sftp, and what it has to say to the monitor: its questions, and what came of the requests.
///
/// The pumps put bytes into `gate` and take them out; `advance` asks and tells.
final class FileConversation {
    var gate = SFTPGate()
    private let channel: ChannelNumber
    private let monitor: MonitorClient
    /// Tells the user: OpenSSH's clients show `Permission denied` and not the sentence that comes with it.
    private let note: (String) -> Void
    private var notes = 0
    /// The monitor has not answered yet, so that neither is asked twice and a slow monitor is not flooded.
    private var isAsking = false
    private var isTelling = false

    /// Names and texts in one message, which has to stay below `MessageSocket.largestMessage` whatever is added for each.
    private static let messageBytes = 64 * 1024

    /// Refusals that are noted on one channel; whoever meets more has understood.
    private static let mostNotes = 50

    init(_ channel: ChannelNumber, _ monitor: MonitorClient, note: @escaping (String) -> Void) {
        self.channel = channel
        self.monitor = monitor
        self.note = note
    }

    func advance() throws(MonitorClient.Failure) {
        // First, because room for events may be what the next question waits for.
        if !isTelling, gate.hasEvents {
            isTelling = true
            try tell { [self] in isTelling = false }
        }
        if !isAsking, let access = gate.question { try ask(access) }
    }

    /// The channel is over: tells what is left, before the monitor hears of the channel's end.
    func finish() throws(MonitorClient.Failure) {
        gate.finish()
        while gate.hasEvents { try tell(isOver: true) {} }
    }

    private func ask(_ access: FileAccess) throws(MonitorClient.Failure) {
        isAsking = true
        try monitor.ask(.judgeFile(JudgeFile(channel: channel, access: access))) {
            [self] answer throws(MonitorClient.Failure) in
            isAsking = false
            switch answer.reply {
            case .fileJudgement(.allowed(let limit)): gate.answer(.allowed(limit: limit))
            case .fileJudgement(.resolve): gate.answer(.resolve)
            case .refused(let refusal): gate.answer(.refused(reason: refusal.message))
            default: throw MonitorClient.Failure(reason: "unexpected answer about a file")
            }
        }
    }

    private func tell(isOver: Bool = false, _ told: @escaping () -> Void) throws(MonitorClient.Failure) {
        let events = gate.takeEvents(atMost: MessageLimit.fileEvents, bytes: Self.messageBytes)
        if !isOver { noteRefusals(among: events) }
        try monitor.ask(.fileEvents(FileEvents(channel: channel, events: events))) { _ in told() }
    }

    private func noteRefusals(among events: [FileEvent]) {
        for event in events {
            guard case .refused(let reason) = event.outcome, notes <= Self.mostNotes else { continue }
            notes += 1
            note(notes > Self.mostNotes ? "further refusals are not shown" : reason)
        }
    }
}
