internal import MonitorProtocol
internal import OpenSSHKeys
internal import TerminalStream

/// Values that were found and that the monitor has not heard of. Bounded: what comes too quickly is counted and not listed.
struct MaskFindings {
    /// Single values of one rule that are listed in one second.
    static let mostInASecond = 20
    /// Values that wait to be told.
    private static let mostWaiting = 1024

    private let actions: [MaskAction]
    private let startedAt: UInt64
    private var waiting: [MaskReport] = []
    private var unlisted: [UInt32: UInt64] = [:]
    private var second: UInt64 = 0
    private var listedInSecond: [UInt32: Int] = [:]
    /// Where values begin of which a part had gone out to the user, and that the recording's stream has not found yet.
    private var released: [UInt64] = []
    /// A rule whose values end the session has found one.
    private(set) var endsSession = false

    /// - Parameter startedAt: when the recording began.
    init(_ actions: [MaskAction], startedAt: UInt64) {
        self.actions = actions
        self.startedAt = startedAt
    }

    /// Takes what the stream of the recording has found.
    mutating func take(from stream: inout OutputMask, at now: UInt64) {
        for (rule, count) in stream.takeUntold() { unlisted[UInt32(rule), default: 0] += UInt64(count) }
        for var finding in stream.takeFindings() {
            add(finding, at: now)
            wipe(&finding.value)
        }
    }

    private mutating func add(_ finding: MaskFinding, at now: UInt64) {
        let rule = UInt32(finding.rule)
        if finding.rule < actions.count, actions[finding.rule] == .endSession { endsSession = true }
        let thisSecond = now / 1_000_000_000
        if thisSecond != second {
            second = thisSecond
            listedInSecond = [:]
        }
        listedInSecond[rule, default: 0] += 1
        guard listedInSecond[rule, default: 0] <= Self.mostInASecond, waiting.count < Self.mostWaiting else {
            unlisted[rule, default: 0] += 1
            return
        }
        let wasReleased = released.firstIndex(of: finding.offset).map { released.remove(at: $0) } != nil
        waiting.append(
            MaskReport(
                rule: rule, at: (now - startedAt) / 1000, offset: finding.offset, cells: UInt32(clamping: finding.cells),
                digest: sha256(finding.value), isPartlyReleased: wasReleased))
    }

    /// Takes from the user's stream only of which values a part had gone out.
    mutating func noteReleases(of stream: inout OutputMask) {
        _ = stream.takeUntold()
        for var finding in stream.takeFindings() {
            if finding.isPartlyReleased {
                if let index = waiting.firstIndex(where: { $0.offset == finding.offset }) {
                    waiting[index].isPartlyReleased = true
                } else {
                    released = released.suffix(63) + [finding.offset]
                }
            }
            wipe(&finding.value)
        }
    }

    var isEmpty: Bool { waiting.isEmpty && unlisted.isEmpty }

    /// The next ones to tell. Never without any; ask `isEmpty` before.
    mutating func takeReports(of channel: ChannelNumber) -> MaskReports {
        let found = Array(waiting.prefix(MaskReports.most))
        waiting.removeFirst(found.count)
        let counted = unlisted.prefix(MaskReports.most)
        for (rule, _) in counted { unlisted[rule] = nil }
        return MaskReports(
            channel: channel, found: found, unlisted: counted.map { UnlistedMasks(rule: $0.key, count: $0.value) })
    }
}
