internal import MonitorProtocol
internal import Policy

/// What a policy's decision means for the user in this version, which neither asks approvers nor masks output: anything but `allow` is refused, with the
/// reason. A command whose output should have been masked does not run unmasked.
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
        guard verdict != .allow else { return nil }
        return Refusal(
            message: sentence, exitStatus: Refusal.refusedStatus,
            facts: PolicyFacts(verdict: verdict.rawValue, rule: rule, uncertain: doubts.map(\.text)))
    }

    /// One line: what decided, why, and how to ask.
    private var sentence: String {
        let reason = [subject, cause, message.map { escaped($0, limit: Self.longestMessage) }].compactMap { $0 }.joined(
            separator: ": ")
        return "\(Self.ended(reason)) \(howToAsk)"
    }

    private var cause: String {
        switch (verdict, rule) {
        case (.block, let rule?): "blocked by rule \"\(rule)\""
        case (.approve, let rule?): "rule \"\(rule)\" wants an approval, which this version cannot ask for, so it was not run"
        case (.mask, let rule?): "rule \"\(rule)\" wants the output masked, which this version cannot do, so it was not run"
        case (_, nil) where !doubts.isEmpty:
            "not run, because it cannot be known what it would do (\(reasons))" + approvalNote
        case (_, nil): "not run, because no rule allows it" + approvalNote
        case (.allow, _): preconditionFailure("what is allowed is not refused")
        }
    }

    private var approvalNote: String { verdict == .approve ? "; an approval is wanted, which this version cannot ask for" : "" }

    private var reasons: String {
        let shown = doubts.prefix(Self.mostReasons).map { escaped($0.text, limit: Self.longestReason) }
        return (shown + (doubts.count > shown.count ? ["and more"] : [])).joined(separator: "; ")
    }

    private static func ended(_ text: String) -> String { text.last.map { ".!?…".contains($0) } == true ? text : text + "." }

    // The sentence has to fit into a message of 1 KiB, with room for how to ask.
    private static let longestMessage = 400
    private static let longestReason = 160
    private static let mostReasons = 2
}
