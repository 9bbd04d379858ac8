import Testing

@testable import Policy

/// What the configuration says in one moment of a walk, in the plainest terms.
struct ApprovalWorld {
    /// Who is in which group.
    var groups: [String: Set<String>]
    /// Who has `decide` on the one target.
    var deciders: Set<String>
    /// Who may reach the target.
    var granted: Set<String>
    /// What each rule asks.
    var rules: [String: [ApprovalTerms]]
    var allowsLocal = true

    static let people = ["ann", "bob", "cem", "dan", "eva"]
    private static let names = people.reduce(into: [String: UserName]()) { $0[$1] = UserName($1) }
    private static let target: (name: TargetName, target: Target) = {
        guard let name = TargetName("web"), let login = LoginName("root") else { preconditionFailure("these are names") }
        let address = TargetAddress(host: "h", port: 22)
        return (name, Target(name: name, aliases: [], address: address, hostKeys: [[0]], labels: [:], logins: [login]))
    }()
    static let localAdministrator = "uid 0"

    static func user(_ person: String) -> UserName {
        guard let name = names[person] else { preconditionFailure("\(person) is nobody") }
        return name
    }

    func includes(_ person: String, _ terms: ApprovalTerms) -> Bool {
        terms.approvers.contains { subject in
            switch subject {
            case .user(let name): name.text == person
            case .group(let name): groups[name]?.contains(person) ?? false
            }
        }
    }

    func check() -> ApproverCheck {
        let rule = DeskRule(
            name: "decide", to: [.group("deciders")], targets: [.name(Self.target.name)], rights: [.decide])
        var groups = groups.mapValues { Set($0.map(Self.user)) }
        groups["deciders"] = Set(deciders.map(Self.user))
        let access = AccessRules(groups: groups, targets: [Self.target.target], grants: [], deskRules: [rule])
        return ApproverCheck(access: access, at: 0, allowsLocal: allowsLocal)
    }
}

/// The state machine again, as a list that is walked for each question: slow, and short enough to be believed.
struct ApprovalModel {
    struct Request {
        let number: Int64
        let bond: ApprovalRequest.Bond
        let terms: [ApprovalTerms]
        var deadline: UInt64
        var state = ApprovalState.waiting
        var yes: [String] = []
        var requester: String { bond.requester.text }
    }
    struct Covering {
        let key: [String]
        let number: Int64
        let terms: Set<ApprovalTerms>
        let until: UInt64
    }

    let bounds: ApprovalBook.Bounds
    var requests: [Request] = [] {
        didSet { open.removeAll { requests[$0].state.isOver } }
    }
    /// Positions in `requests` of those that are not over.
    private(set) var open: [Int] = []
    var coverings: [Covering] = []

    var nextDeadline: UInt64? { open.map { requests[$0].deadline }.min() }

    static func key(_ bond: ApprovalRequest.Bond) -> [String] {
        [bond.kind.rawValue, bond.requester.text, bond.target, bond.login, "\(bond.digest)", bond.rule ?? "-"]
    }

    private func counts(_ person: String, _ request: Request, _ terms: ApprovalTerms, _ world: ApprovalWorld) -> Bool {
        if person == ApprovalWorld.localAdministrator { return world.allowsLocal }
        return person != request.requester && world.includes(person, terms) && world.deciders.contains(person)
    }

    private func isSatisfied(_ request: Request, _ world: ApprovalWorld) -> Bool {
        request.terms.allSatisfy { terms in
            Set(request.yes.filter { counts($0, request, terms, world) }).count >= terms.count
        }
    }

    private func isEnough(_ request: Request, _ world: ApprovalWorld) -> Bool {
        request.terms.allSatisfy { terms in
            let people = ApprovalWorld.people.filter { counts($0, request, terms, world) }.count
            return people + (request.yes.contains(ApprovalWorld.localAdministrator) ? 1 : 0) >= terms.count
        }
    }

    /// `waiting`, `nobody`, or which bound it is.
    mutating func ask(
        _ number: Int64, _ bond: ApprovalRequest.Bond, _ terms: [ApprovalTerms], _ now: UInt64, _ world: ApprovalWorld
    ) -> String {
        let all = open.map { requests[$0] }
        if all.count >= bounds.everywhere { return "everywhere" }
        if all.filter({ $0.bond.connection == bond.connection }).count >= bounds.perConnection { return "connection" }
        if all.filter({ $0.requester == bond.requester.text }).count >= bounds.perRequester { return "requester" }
        let limit = UInt64(terms.map(\.timeLimitSeconds).min() ?? 0) * 1_000_000_000
        let request = Request(number: number, bond: bond, terms: terms, deadline: now + limit)
        guard !terms.isEmpty, isEnough(request, world) else { return "nobody" }
        open.append(requests.count)
        requests.append(request)
        return "waiting"
    }

    mutating func vote(_ index: Int, _ person: String, yes: Bool, reason: Bool, _ now: UInt64, _ world: ApprovalWorld) -> String {
        let request = requests[index]
        guard request.terms.contains(where: { counts(person, request, $0, world) }) else { return "may not" }
        if request.state != .waiting { return "decided \(request.state)" }
        if now >= request.deadline { return "decided expired" }
        if request.terms.contains(where: \.needsReason), !reason { return "needs reason" }
        if !yes {
            requests[index].state = .denied
            return "denied"
        }
        dropVotes(index, world)
        let again = requests[index].yes.contains(person)
        if !again { requests[index].yes.append(person) }
        guard isSatisfied(requests[index], world) else { return again ? "again" : "counted" }
        requests[index].state = .approved
        requests[index].deadline = now + 60_000_000_000
        return "approved"
    }

    private mutating func dropVotes(_ index: Int, _ world: ApprovalWorld) {
        let request = requests[index]
        requests[index].yes = request.yes.filter { person in
            request.terms.contains { counts(person, request, $0, world) }
        }
    }

    mutating func use(_ index: Int, by bond: ApprovalRequest.Bond, _ now: UInt64) -> Bool {
        let request = requests[index]
        guard request.state == .approved, bond == request.bond, now < request.deadline else { return false }
        requests[index].state = .used
        let seconds = request.terms.map(\.coveredSeconds)
        if request.bond.kind != .access, !seconds.contains(nil), let shortest = seconds.compactMap({ $0 }).min() {
            let key = Self.key(bond)
            coverings.removeAll { $0.key == key }
            coverings.append(
                Covering(
                    key: key, number: request.number, terms: Set(request.terms), until: now + UInt64(shortest) * 1_000_000_000))
            if coverings.count > bounds.coverings { coverings.removeFirst() }
        }
        return true
    }

    mutating func covering(_ bond: ApprovalRequest.Bond, _ terms: [ApprovalTerms], _ now: UInt64) -> Int64? {
        guard let index = coverings.firstIndex(where: { $0.key == Self.key(bond) }) else { return nil }
        guard now < coverings[index].until, coverings[index].terms == Set(terms) else {
            coverings.remove(at: index)
            return nil
        }
        return coverings[index].number
    }

    mutating func end(_ index: Int, _ state: ApprovalState) -> Bool {
        guard !requests[index].state.isOver else { return false }
        requests[index].state = state
        return true
    }

    /// The numbers of those that end.
    mutating func expire(_ now: UInt64) -> Set<Int64> {
        let due = open.filter { requests[$0].deadline <= now }
        for index in due { requests[index].state = requests[index].state == .approved ? .withdrawn : .expired }
        return Set(due.map { requests[$0].number })
    }

    mutating func disconnect(_ connection: String) -> Set<Int64> {
        let gone = open.filter { requests[$0].bond.connection == connection && requests[$0].bond.kind != .access }
        for index in gone { requests[index].state = .withdrawn }
        return Set(gone.map { requests[$0].number })
    }

    mutating func reload(_ world: ApprovalWorld) -> Set<Int64> {
        coverings.removeAll { Set(world.rules[$0.key[5]] ?? []) != $0.terms }
        var ended: Set<Int64> = []
        for index in open {
            dropVotes(index, world)
            let request = requests[index]
            let isSame = Set(world.rules[request.bond.rule ?? ""] ?? []) == Set(request.terms)
            let canGoOn = request.state == .approved ? isSatisfied(request, world) : isEnough(request, world)
            guard !(world.granted.contains(request.requester) && isSame && canGoOn) else { continue }
            requests[index].state = .void
            ended.insert(request.number)
        }
        return ended
    }
}
