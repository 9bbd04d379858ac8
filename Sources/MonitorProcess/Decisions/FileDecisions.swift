internal import MonitorProtocol
internal import Policy
internal import SFTP

/// What was decided about the files of one channel and has not been told to be over.
///
/// The session tells what came of each request; which verdict it had is what was decided here, not what it says. Whatever it has told nothing of
/// when the channel ends is written down as unknown.
struct FileDecisions: Sendable {
    struct Decision: Sendable {
        var access: FileAccess
        var verdict: PolicyVerdict
        var rule: String?
        /// What decides once more bytes than allowed are moved.
        var limit: Policy.FileJudgement.SizeLimit?
        var shadow: ShadowJudgement?
        var isRefused: Bool
    }

    /// The session told what cannot be.
    struct Violation: Error, Equatable {
        let what: String
    }

    private struct Key: Hashable {
        let operation: SFTP.FileOperation
        let asked: [UInt8]
        let absolute: [UInt8]

        init(_ operation: SFTP.FileOperation, _ path: FilePath) {
            self.operation = operation
            asked = path.asked
            absolute = path.absolute
        }
    }

    private var waiting: [Key: [Decision]] = [:]
    private var bytes = 0
    private var count = 0

    /// More than the session's own gate keeps (`SFTPLimit`: handles and requests that are outstanding): only one that was taken over comes here.
    private static let most = 16_384
    private static let mostBytes = 8 << 20

    /// Remembers it until it is told of.
    mutating func add(_ decision: Decision) throws(Violation) {
        count += 1
        bytes += decision.access.byteCount
        guard count <= Self.most, bytes <= Self.mostBytes else { throw Violation(what: "more files were judged than told of") }
        waiting[Key(decision.access.operation, decision.access.path), default: []].append(decision)
    }

    /// What was decided about the access that this event is about. Nil for what the gate answers itself, which is never judged.
    mutating func take(for event: FileEvent) throws(Violation) -> Decision? {
        let key = Key(event.operation, event.path)
        guard var decisions = waiting[key],
            let found = decisions.firstIndex(where: { $0.isRefused == event.isRefused }) ?? decisions.indices.first
        else {
            if case .refused = event.outcome { return nil }
            throw Violation(what: "told of a \(event.operation) that was never judged")
        }
        let decision = decisions.remove(at: found)
        // It was told to refuse this.
        guard !decision.isRefused || event.isRefused else {
            throw Violation(what: "told of a \(event.operation) that was refused")
        }
        waiting[key] = decisions.isEmpty ? nil : decisions
        count -= 1
        bytes -= decision.access.byteCount
        return decision
    }

    /// What has not been told of.
    var untold: [Decision] { waiting.values.flatMap { $0 } }
}

extension FileEvent {
    fileprivate var isRefused: Bool { if case .refused = outcome { true } else { false } }
}

extension FileAccess {
    fileprivate var byteCount: Int {
        [path, second].reduce(0) { $0 + ($1.map { $0.asked.count + $0.absolute.count + ($0.resolved?.count ?? 0) } ?? 0) } + 128
    }
}
