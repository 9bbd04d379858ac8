internal import Policy

/// A judgement in JSON. The keys are a contract; `verdict`, `rule`, `uncertain` and `commands` are what programs look at.
struct JudgementDocument: Encodable {
    /// Bytes that are not UTF-8 are U+FFFD; of a very long one the beginning.
    var command: String
    var verdict: String
    @AlwaysThere var rule: String?
    @AlwaysThere var message: String?
    /// Why it cannot be known what would run, a sentence each; empty when it is known.
    var uncertain: [String]
    var commands: [Command]
    @AlwaysThere var shadow: Shadow?
    /// Who is asked where the verdict is approve, all of these; empty where nobody can be asked, and then it is refused.
    var approvals: [AskedPeople]

    struct Command: Encodable {
        /// What is only known when it runs as it was typed.
        var words: [String]
        /// Through which programs, outermost first.
        var via: [String]
        var verdict: String
        @AlwaysThere var rule: String?
        var matches: [Match]

        init(_ judged: JudgedCommand) {
            words = judged.command.words.map { $0.known ?? $0.source }
            via = judged.command.carriers
            verdict = judged.verdict.rawValue
            rule = judged.rule
            matches = judged.matches.map(Match.init)
        }
    }

    struct Match: Encodable {
        var rule, verdict: String
        /// False for a rule with `enforce: false`.
        var enforced: Bool
        /// Null if it surely matches; else why it only may.
        @AlwaysThere var maybe: String?

        init(_ match: RuleMatch) {
            rule = match.rule
            verdict = match.verdict.rawValue
            enforced = match.isEnforced
            maybe = match.doubt?.text
        }
    }

    /// What it would be with the rules that have `enforce: false`.
    struct Shadow: Encodable {
        var verdict: String
        @AlwaysThere var rule: String?
        var rules: [String]

        init(_ shadow: ShadowJudgement) {
            verdict = shadow.verdict.rawValue
            rule = shadow.rule
            rules = shadow.rules
        }
    }

    init(_ command: [UInt8], _ judgement: Judgement) {
        self.command = String(decoding: command, as: UTF8.self)
        verdict = judgement.verdict.rawValue
        rule = judgement.rule
        message = judgement.message
        uncertain = judgement.doubts.map(\.text)
        commands = judgement.commands.map(Command.init)
        shadow = judgement.shadow.map(Shadow.init)
        approvals = judgement.approvals.map(AskedPeople.init)
    }
}

/// As `JudgementDocument`, for one file operation.
struct FileJudgementDocument: Encodable {
    var operation, path, verdict: String
    @AlwaysThere var rule: String?
    @AlwaysThere var message: String?
    @AlwaysThere var sizeLimit: Limit?
    @AlwaysThere var shadow: JudgementDocument.Shadow?
    var approvals: [AskedPeople]
    /// As for people.
    private let asked: [String]

    private enum CodingKeys: CodingKey { case operation, path, verdict, rule, message, sizeLimit, shadow, approvals }

    struct Limit: Encodable {
        var bytes: UInt64
        var rule, verdict: String
    }

    init(_ operation: FileOperation, _ judgement: FileJudgement) {
        self.operation = operation.kind.rawValue
        path = operation.path
        verdict = judgement.verdict.rawValue
        rule = judgement.rule
        message = judgement.message
        sizeLimit = judgement.sizeLimit.map { Limit(bytes: $0.bytes, rule: $0.rule, verdict: $0.verdict.rawValue) }
        shadow = judgement.shadow.map(JudgementDocument.Shadow.init)
        approvals = judgement.approvals.map(AskedPeople.init)
        asked = AskedPeople.lines(judgement.verdict, judgement.approvals)
    }

    var text: String {
        Table.facts([
            ("operation", "\(operation) \(path)"),
            ("verdict", verdict + (rule.map { " by rule \($0)" } ?? "")),
            ("message", message),
            ("asked", asked.isEmpty ? nil : asked.joined(separator: "; and ")),
            ("larger", sizeLimit.map { "\($0.verdict) by rule \($0.rule) from \($0.bytes) bytes on" }),
            ("shadow", shadow.map { "\($0.verdict) with \($0.rules.joined(separator: ", "))" }),
        ])
    }
}

extension FileOperation {
    /// `OPERATION PATH`, as in the tests of policy.yaml.
    init?(words text: String) {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else { return nil }
        self.init(kind, String(parts[1]))
    }
}
