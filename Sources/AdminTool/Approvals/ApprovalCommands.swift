internal import ArgumentParser
internal import MonitorProtocol

struct ApprovalGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approval",
        abstract: "Look at requests for approvals, and decide as this machine's administrator.",
        discussion: """
            People decide at the desk, with their certificates: ssh BASTION approvals. What is decided here is marked as the local administrator's, \
            and refused where policy.yaml says approvals: {local: false}.
            """,
        subcommands: [ApprovalList.self, ApprovalShow.self, ApprovalApprove.self, ApprovalDeny.self])
    @OptionGroup var instance: InstanceOption
    func run() throws { throw MissingSubcommand(of: Self.self) }
}

struct ApprovalList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the requests that are open, in the order in which they were asked.",
        discussion: "With --all also those that are over, and the newest first.")
    @OptionGroup var instance: InstanceOption
    @OptionGroup var json: JSONOption
    @Flag(help: "Also those that are over.") var all = false
    @Option(help: "Only those of this user.") var user: String?
    @OptionGroup var length: ListLength

    func run() throws {
        let approvals = try instance.approvals(
            .init(states: all ? [] : AdminRequest.ApprovalFilter.open, user: user, newestFirst: all, limit: length.limit))
        if json.isOn { return try JSONDocument.write(approvals.map { ApprovalDocument($0) }) }
        guard !approvals.isEmpty else { return try StandardOutput.write("no request\n") }
        var table = Table(["NUMBER", "STATE", "USER", "LOGIN@TARGET", "ASKED", "EXPIRES", "YES", "RULE", "WHAT"])
        for approval in approvals {
            table.add([
                "\(approval.number)", approval.state.rawValue, approval.user, "\(approval.login)@\(approval.target)",
                approval.createdAt.forPeople, approval.expiresAt.forPeople,
                "\(approval.approvedBy.count) of \(approval.count)", approval.rule, approval.what,
            ])
        }
        try StandardOutput.write(table.text)
    }
}

struct ApprovalShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show everything known of one request, and what happened to it.")
    @OptionGroup var instance: InstanceOption
    @OptionGroup var json: JSONOption
    @OptionGroup var chosen: ApprovalArgument

    func run() throws {
        guard case .approval(let approval, let steps) = try instance.ask(.showApproval(number: chosen.number)) else {
            throw ToolFailure.unexpectedReply
        }
        if json.isOn { return try JSONDocument.write(ApprovalDocument(approval, steps)) }
        var facts: [(String, String?)] = [
            ("request", "\(approval.number), \(approval.state.rawValue)"),
            ("of", "\(approval.user), \(approval.kind.rawValue)"),
            ("login", "\(approval.login)@\(approval.target)"),
            ("what", approval.kind == .session ? nil : approval.text),
        ]
        facts += approval.commands.filter { !$0.words.isEmpty }.map { ("runs", $0.line) }
        facts += [("rule", approval.rule)]
        facts += approval.uncertain.map { ("uncertain", $0) }
        facts += [
            ("reason", approval.reason),
            ("asked of", "\(approval.count) of \(approval.approvers.joined(separator: ", "))"),
            ("approved by", approval.approvedBy.isEmpty ? nil : approval.approvedBy.joined(separator: ", ")),
            ("for", approval.seconds.map { "\($0) s" }),
            ("asked", approval.createdAt.forPeople),
            ("expires", approval.expiresAt.forPeople),
            ("ended", approval.endedAt?.forPeople),
            ("session", approval.session?.text),
            ("connection", approval.connectionID),
        ]
        facts += steps.map { ("step", $0.line) }
        try StandardOutput.write(Table.facts(facts))
    }
}

struct ApprovalApprove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Say yes to a request, as this machine's administrator.")
    @OptionGroup var instance: InstanceOption
    @Option(help: "Why, for the requester and the ledger.", transform: { try DecisionReason.checked($0) }) var reason: String?
    @OptionGroup var chosen: ApprovalArgument

    func run() throws { try instance.done(.decideApproval(number: chosen.number, approve: true, reason: reason)) }
}

struct ApprovalDeny: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deny", abstract: "Say no to a request, as this machine's administrator: it is over.")
    @OptionGroup var instance: InstanceOption
    @Option(help: "Why, for the requester and the ledger.", transform: { try DecisionReason.checked($0) }) var reason: String
    @OptionGroup var chosen: ApprovalArgument

    func run() throws { try instance.done(.decideApproval(number: chosen.number, approve: false, reason: reason)) }
}

/// A request's number.
struct ApprovalArgument: ParsableArguments {
    @Argument(help: "Its number in `approval list`.") var number: Int64

    func validate() throws {
        guard number > 0 else { throw ValidationError("requests are counted from 1") }
    }
}

enum DecisionReason {
    /// What the ledger keeps of one, in bytes.
    private static let longest = 500

    static func checked(_ text: String) throws -> String {
        guard text.contains(where: { !$0.isWhitespace }) else { throw ValidationError("a reason says something") }
        guard text.utf8.count <= longest else { throw ValidationError("a reason is at most \(longest) bytes") }
        return text
    }
}

extension InstanceOption {
    /// Up to the filter's limit, page by page: a reply holds only so much.
    func approvals(_ filter: AdminRequest.ApprovalFilter) throws -> [Approval] {
        var filter = filter
        var approvals: [Approval] = []
        var left = filter.limit
        while left > 0 {
            filter.limit = min(left, 1000)
            guard case .approvals(let page) = try ask(.listApprovals(filter)) else { throw ToolFailure.unexpectedReply }
            guard let last = page.last else { break }
            // A daemon that does not go forward would be asked for ever.
            let isForward = filter.after == 0 || (filter.newestFirst ? last.number < filter.after : last.number > filter.after)
            guard isForward, last.number > 0, page.count <= filter.limit else { throw ToolFailure.unexpectedReply }
            approvals += page
            filter.after = last.number
            left -= page.count
        }
        return approvals
    }
}
