internal import ArgumentParser
internal import MonitorProtocol

struct AccessGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access",
        abstract: "Look at access that was given for some time, and take it back.",
        discussion: "It was asked for with ssh BASTION request, and approved; `approval show` tells by whom.",
        subcommands: [AccessList.self, AccessRevoke.self])
    @OptionGroup var instance: InstanceOption
    func run() throws { throw MissingSubcommand(of: Self.self) }
}

struct AccessList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List access that has not ended, the one that ends first before the others.")
    @OptionGroup var instance: InstanceOption
    @OptionGroup var json: JSONOption

    func run() throws {
        guard case .accesses(let accesses) = try instance.ask(.listAccesses) else { throw ToolFailure.unexpectedReply }
        if json.isOn { return try JSONDocument.write(accesses.map(AccessDocument.init)) }
        guard !accesses.isEmpty else { return try StandardOutput.write("no access for some time\n") }
        var table = Table(["REQUEST", "USER", "LOGIN@TARGET", "FROM", "UNTIL", "CHANNELS", "GUARD", "RULE"])
        for access in accesses {
            table.add([
                "\(access.approval)", access.user, "\(access.login)@\(access.target)", access.from.forPeople,
                access.until.forPeople, access.channels.joined(separator: ","), access.guardMode, access.rule,
            ])
        }
        try StandardOutput.write(table.text)
    }
}

struct AccessRevoke: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End access before its time, and the sessions that it let begin.")
    @OptionGroup var instance: InstanceOption
    @Option(help: "Why, for the ledger.", transform: { try DecisionReason.checked($0) }) var reason: String
    @OptionGroup var chosen: ApprovalArgument

    func run() throws { try instance.done(.revokeAccess(approval: chosen.number, reason: reason)) }
}

/// Access for some time in JSON. The keys are a contract.
struct AccessDocument: Encodable {
    var approval: Int64
    var state, user, login, target, guardMode, from, until, rule: String
    var channels: [String]
    var endsSessions: Bool

    init(_ access: TimedAccess) {
        approval = access.approval
        state = access.state.rawValue
        user = access.user
        login = access.login
        target = access.target
        guardMode = access.guardMode
        from = access.from.rfc3339
        until = access.until.rfc3339
        rule = access.rule
        channels = access.channels
        endsSessions = access.endsSessions
    }
}
