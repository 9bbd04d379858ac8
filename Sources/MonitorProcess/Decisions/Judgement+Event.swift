internal import Guard
internal import MonitorProtocol
internal import Policy

extension Judgement {
    /// As the ledger keeps it: cut to what a row may hold, and without secrets that stand in the command.
    func event(
        on command: [UInt8], by maker: EventMaker, outcome: PolicyEvent.Outcome, hiding masks: CompiledMasks
    ) -> PolicyEvent {
        let shown = masks.masked(command)
        return maker.event(
            verdict: verdict, outcome: outcome, rule: rule, doubts: doubts, shadow: shadow,
            action: .command(CommandAction(bytes: shown, commands: understood(masks, clean: shown == command ? command : []))))
    }

    /// A line as the ledger keeps it. It differs from an exec request's row in the action alone.
    func event(
        on question: LineQuestion, by maker: EventMaker, outcome: PolicyEvent.Outcome, hiding masks: CompiledMasks
    ) -> PolicyEvent {
        let shown = masks.masked(question.text)
        return maker.event(
            verdict: verdict, outcome: outcome, rule: rule, doubts: doubts, shadow: shadow,
            action: .line(
                LineAction(
                    number: question.number, bytes: shown,
                    commands: understood(masks, clean: shown == question.text ? question.text : []),
                    language: question.language.name,
                    witnesses: question.witnesses.names)))
    }

    /// All of them, the later ones without words once there are too many.
    ///
    /// - Parameter clean: a text in which the masks find nothing. Most lines are one command, written as it is understood: they are looked through once.
    func understood(_ masks: CompiledMasks, clean: [UInt8] = []) -> [UnderstoodCommand] {
        var room = Self.mostText
        return commands.map { judged in
            var command = judged.understood
            if !command.words.joined(separator: " ").utf8.elementsEqual(clean) {
                command.words = masks.masked(words: command.words)
            }
            room -= command.words.reduce(0) { $0 + $1.utf8.count }
            if room < 0 { command.words = [] }
            return command
        }
    }

    /// Bytes of words in a row of the ledger. Escapes of JSON make six of one at worst.
    private static let mostText = 96 * 1024
}

extension JudgedCommand {
    fileprivate var understood: UnderstoodCommand {
        let sure = matches.filter { $0.doubt == nil && $0.isEnforced }.sorted { $0.verdict > $1.verdict }
        return UnderstoodCommand(
            words: command.words.prefix(Self.mostWords).map { String(($0.known ?? $0.source).prefix(Self.longestWord)) },
            via: Array(command.carriers.prefix(Self.mostWords)), verdict: verdict.rawValue,
            rules: sure.prefix(Self.mostWords).map(\.rule))
    }

    // The whole command is beside it; this is what was understood, for people.
    private static let mostWords = 32
    private static let longestWord = 200
}

/// Who does it, where and when: what all events of a channel have in common.
struct EventMaker: Sendable {
    var connectionID: String
    /// Nil for what is refused before it is a session.
    var session: SessionID?
    var user: String
    var target: String
    var login: String
    var channel: ChannelKind
    var at: Timestamp

    func event(
        verdict: PolicyVerdict, outcome: PolicyEvent.Outcome, rule: String?, doubts: [Doubt], shadow: ShadowJudgement?,
        action: PolicyEvent.Action
    ) -> PolicyEvent {
        PolicyEvent(
            at: at, connectionID: connectionID, session: session, user: user, target: target, login: login, channel: channel,
            verdict: verdict.rawValue, outcome: outcome, rule: rule,
            uncertain: doubts.prefix(Self.mostReasons).map { PolicyEvent.Reason(kind: $0.kind.rawValue, text: $0.text) },
            shadows: shadow.map { shadow in
                shadow.rules.prefix(Self.mostReasons).map { PolicyEvent.Shadow(rule: $0, verdict: shadow.verdict.rawValue) }
            } ?? [],
            action: action)
    }

    /// What a session told, where nothing is decided.
    func event(on action: LineReportAction) -> PolicyEvent {
        event(verdict: .allow, outcome: .told, rule: nil, doubts: [], shadow: nil, action: .lineReport(action))
    }

    /// What was done at the desk.
    func event(on action: DeskAction) -> PolicyEvent {
        event(verdict: .allow, outcome: .passed, rule: nil, doubts: [], shadow: nil, action: .desk(action))
    }

    private static let mostReasons = 16
}
