internal import ArgumentParser
internal import Foundation
internal import Guard
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy

struct PolicyReplay: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Judge the commands of the past anew and list the verdicts that would change.",
        discussion: "With --policy FILE by a candidate before it is live. Exit status 0 whatever changes.")
    @OptionGroup var instance: InstanceOption
    @OptionGroup var policy: PolicyOption
    @Option(help: ArgumentHelp("How far back: a number and s, m, h or d.", valueName: "duration")) var since: Lifetime
    @Option(help: "Only what this user ran.") var user: String?
    @Option(help: "Only what ran on this target.") var target: String?
    @OptionGroup var json: JSONOption

    func run() throws {
        let loaded = try policy.load(instance)
        let start = Timestamp(milliseconds: SituationOption.now - Int64(clamping: since.seconds) * 1000)
        var filter = AdminRequest.EventFilter(user: user, target: target, since: start, content: .commands, limit: Self.page)
        var changes: [Change] = []
        var count = 0
        while case let events = try instance.events(filter), let last = events.last {
            for event in events {
                var situation = Situation(
                    user: UserName(event.user), target: loaded.access.target(named: event.target), login: event.login,
                    channel: event.channel.accessChannel, at: event.at.milliseconds)
                let text: String
                let judgement: Judgement
                switch event.action {
                case .command(let action):
                    text = action.text
                    judgement = loaded.policy.judge(command: action.bytes, in: situation)
                case .line(let action):
                    text = action.text
                    situation.isGuarded = true
                    let line = TypedLine(action, event.uncertain)
                    judgement = loaded.policy.judge(line, reading: line.reading, in: situation)
                case .file, .lineReport, .masked, .desk: continue
                }
                count += 1
                if judgement.verdict.rawValue != event.verdict { changes.append(Change(event, text, judgement)) }
            }
            filter.after = last.number
        }
        if json.isOn { return try JSONDocument.write(changes) }
        for change in changes {
            try StandardOutput.write(SafeText.escaped(change.text) + "\n")
        }
        try StandardOutput.write("\(count) commands judged, \(changes.count) verdicts would change\n")
    }

    /// Events that are held in memory at once.
    private static let page = 1000

    /// A verdict that would be another one. The keys are a contract.
    struct Change: Encodable {
        var at, user, login, target, command, was, now: String
        @AlwaysThere var session: String?
        @AlwaysThere var ruleThen: String?
        @AlwaysThere var ruleNow: String?
        var uncertain: [String]

        init(_ event: PolicyEvent, _ text: String, _ judgement: Judgement) {
            at = event.at.rfc3339
            user = event.user
            login = event.login
            target = event.target
            session = event.session?.text
            command = text
            was = event.verdict
            ruleThen = event.rule
            now = judgement.verdict.rawValue
            ruleNow = judgement.rule
            uncertain = judgement.doubts.map(\.text)
        }

        var text: String {
            let rule = ruleNow.map { " by \($0)" } ?? ""
            return "\(at)  \(user)  \(login)@\(target)  \(was) → \(now)\(rule)  \(command)"
        }
    }
}

extension TypedLine {
    /// As it was, but for what its words meant in that shell: the ledger does not keep that.
    fileprivate init(_ action: LineAction, _ reasons: [PolicyEvent.Reason]) {
        self.init(
            text: action.bytes, language: LineLanguage.allCases.first { $0.name == action.language } ?? .shell,
            isFromEditor: action.witnesses.contains("editor"),
            doubts: LineDoubt.allCases.filter { doubt in
                reasons.contains { $0.kind == Doubt.Kind.unreadLine.rawValue && $0.text == doubt.text }
            })
    }
}

extension ChannelKind {
    fileprivate var accessChannel: AccessChannel {
        switch self {
        case .shell: .shell
        case .exec: .exec
        case .sftp: .sftp
        }
    }
}
