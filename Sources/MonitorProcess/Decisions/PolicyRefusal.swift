internal import MonitorProtocol
internal import Policy

/// What a policy's decision means for the user where nobody is asked: what is neither allowed nor masked is refused, with the reason.
struct PolicyRefusal: Sendable {
    /// What it is about where that is not plain: an operation and a file.
    var subject: String?
    var verdict: PolicyVerdict
    var rule: String?
    /// The rule's own words for the user.
    var message: String?
    var doubts: [Doubt] = []
    /// What the user can do about it, a sentence.
    var howToAsk: String

    /// Nil if it may go on.
    var refusal: Refusal? {
        guard verdict > .mask else { return nil }
        return Refusal(
            message: sentence, exitStatus: Refusal.refusedStatus,
            facts: PolicyFacts(verdict: verdict.rawValue, rule: rule, uncertain: doubts.map(\.text)))
    }

    /// One line: what decided, why, and how to ask.
    private var sentence: String {
        let reason = [
            subject.map { cut($0, atBytes: Self.longestSubject) }, cause,
            message.map { cut(escaped($0), atBytes: Self.longestMessage) },
        ]
        .compactMap { $0 }.joined(separator: ": ")
        return "\(Self.ended(reason)) \(cut(howToAsk, atBytes: Self.longestMessage))"
    }

    private var cause: String {
        switch (verdict, rule) {
        case (.block, let rule?): "blocked by rule \"\(rule)\""
        case (.approve, let rule?): "rule \"\(rule)\" wants an approval, and nobody is named who could give it, so it was not run"
        case (_, nil) where !doubts.isEmpty:
            "not run, because it cannot be known what it would do (\(reasons))" + approvalNote
        case (_, nil): "not run, because no rule allows it" + approvalNote
        case (.allow, _), (.mask, _): preconditionFailure("what is allowed is not refused")
        }
    }

    private var approvalNote: String {
        verdict == .approve ? "; an approval is wanted, and nobody is named who could give it" : ""
    }

    private var reasons: String {
        let shown = doubts.prefix(Self.mostReasons).map { cut(escaped($0.text), atBytes: Self.longestReason) }
        return (shown + (doubts.count > shown.count ? ["and more"] : [])).joined(separator: "; ")
    }

    private static func ended(_ text: String) -> String { text.last.map { ".!?…".contains($0) } == true ? text : text + "." }

    // Bytes. Together with the cause, which has at most 250 beside its reasons, they fit into `MessageLimit.sentence`: a longer sentence would be cut at
    // its end, where it says how to ask.
    private static let longestSubject = 160
    private static let longestMessage = 280
    private static let longestReason = 180
    private static let mostReasons = 2
}
