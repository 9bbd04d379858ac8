internal import Guard
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import SFTP

/// What people are asked to decide about, by a session that waits for it.
struct ApprovalQuestion: Sendable {
    var kind: Approval.Kind
    var connectionID: String
    /// Where the requester comes from.
    var from: IPAddress
    /// Nil for what is not part of a session yet.
    var session: SessionID?
    /// Who asks.
    var user: String
    var target: String
    var login: String
    /// What would be done, exactly, with all that gives it its meaning: the approval is for these bytes and no others.
    var bytes: [UInt8]
    /// The same for people's eyes: secrets are masked.
    var shown: [UInt8]
    var commands: [UnderstoodCommand] = []
    var rule: String?
    var uncertain: [String] = []
    var terms: [ApprovalTerms]
    /// The requester's own words.
    var reason: String?
    /// Of access: for how long.
    var seconds: UInt32?
}

/// What came of a request.
enum ApprovalOutcome: Equatable, Sendable {
    /// Enough people said yes. Nothing may be done before `ApprovalDesk.use` has said so too.
    case approved
    case denied(by: String, reason: String?)
    case expired
    case withdrawn
    /// Why, a sentence without its full stop.
    case void(String)

    /// For whoever asked: nil if it may go on.
    func refusal(of number: Int64) -> Refusal? {
        switch self {
        case .approved: nil
        case .denied(let person, let reason):
            Refusal(
                message: "request \(number) was denied by \(escaped(person, limit: 80))"
                    + (reason.map { ": \(escaped($0, limit: 300))" } ?? ""), exitStatus: Refusal.refusedStatus,
                facts: Self.facts)
        case .expired:
            Refusal(
                message: "nobody decided about request \(number) in time.", exitStatus: Refusal.timedOutStatus, facts: Self.facts)
        case .withdrawn:
            Refusal(message: "request \(number) was withdrawn.", exitStatus: Refusal.withdrawnStatus, facts: Self.facts)
        case .void(let why):
            Refusal(message: "request \(number) is void: \(why).", exitStatus: Refusal.refusedStatus, facts: Self.facts)
        }
    }

    private static let facts = PolicyFacts(verdict: PolicyVerdict.approve.rawValue, rule: nil, uncertain: [])
}

extension ApprovalQuestion {
    /// That a session begins at all.
    init(_ session: SessionSummary, from: IPAddress, kind: Approval.Kind, terms: [ApprovalTerms]) {
        self.init(
            kind: kind, connectionID: session.connectionID, from: from, session: nil, user: session.user, target: session.target,
            login: session.login, bytes: Array(session.kind.name.utf8), shown: Array(session.kind.name.utf8), terms: terms)
    }

    /// A command or a line.
    init(
        _ session: SessionSummary, from: IPAddress, kind: Approval.Kind, bytes: [UInt8], shown: [UInt8], _ judgement: Judgement,
        _ masks: CompiledMasks
    ) {
        self.init(
            kind: kind, connectionID: session.connectionID, from: from, session: session.id, user: session.user,
            target: session.target,
            login: session.login, bytes: bytes, shown: shown, commands: judgement.understood(masks), rule: judgement.rule,
            uncertain: judgement.doubts.map(\.text), terms: judgement.approvals)
    }

    /// An operation on a file.
    init(_ session: SessionSummary, from: IPAddress, of access: FileAccess, _ judgement: Policy.FileJudgement) {
        let text = Self.text(of: access)
        self.init(
            kind: .file, connectionID: session.connectionID, from: from, session: session.id, user: session.user,
            target: session.target,
            login: session.login, bytes: text, shown: text, rule: judgement.rule, terms: judgement.approvals)
    }

    /// No two operations have the same text, whatever their files are called.
    static func text(of access: FileAccess) -> [UInt8] {
        var text = Array("\(access.operation)".utf8)
        func add(_ word: String, _ path: [UInt8]) { text += Array(word.utf8) + quoted(path) }
        add(" ", access.path.absolute)
        if let resolved = access.path.resolved, resolved != access.path.absolute { add(" -> ", resolved) }
        if let second = access.second {
            add(" to ", second.absolute)
            if let resolved = second.resolved, resolved != second.absolute { add(" -> ", resolved) }
        }
        return text
    }

    /// As a shell would want it: a name with blanks in it cannot pass for two.
    private static func quoted(_ path: [UInt8]) -> [UInt8] {
        let plain = Set("/._-+@:,=~%".utf8)
        let isPlain = path.allSatisfy { byte in
            byte >= 0x80 || plain.contains(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
        }
        if isPlain { return path }
        let quote = UInt8(ascii: "'")
        return [quote] + path.flatMap { $0 == quote ? Array("'\\''".utf8) : [$0] } + [quote]
    }
}

extension LineQuestion {
    /// The line with all that its judgement hung on: what its words mean in this shell, what else it may be, why it is not certain. The same words are another
    /// line when one of them was made an alias.
    var approvedBytes: [UInt8] {
        var question = self
        question.number = 0
        question.replaces = nil
        return SessionRequest.judgeLine(JudgeLine(channel: ChannelNumber(0), question: question)).encoded(number: 1)
    }
}

extension BeginChannel {
    /// The command, and what reads it: at a terminal a shell's lines are judged one by one, without one nobody sees what it reads.
    var approvedBytes: [UInt8] { [kind.rawValue, terminal == nil ? 0 : 1] + command }
}
