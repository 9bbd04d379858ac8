internal import Policy

/// Reads whom to ask, wherever a file says it, and keeps where that was: for what can be said about it only at the end of the file.
struct ApprovalReader {
    /// Nil if it is not known which there are.
    let groups: [String: Set<UserName>]?
    /// Groups whose members could not all be read.
    var unsure: Set<String> = []
    private(set) var found: [(place: Value, terms: ApprovalTerms)] = []

    static let keys = ["by", "count", "within", "reason", "for"]
    private static let mostSubjects = 100
    private static let people = "users and groups, as in [alice, \"group:leads\"]"

    init(groups: [String: Set<UserName>]?, unsure: Set<String> = []) {
        self.groups = groups
        self.unsure = unsure
    }

    /// `approval:` of a rule, a grant or a request. Nil after a mistake.
    mutating func terms(_ value: Value) -> ApprovalTerms? {
        guard let fields = value.fields(Self.keys, "a mapping with by") else { return nil }
        return terms(fields)
    }

    /// - Parameter fields: with `by` in it, and what else may be there.
    mutating func terms(_ fields: Fields) -> ApprovalTerms? {
        let by = fields.required("by", "who is asked: \(Self.people)")
        let approvers = by?.items(Self.people, atMost: Self.mostSubjects)?.compactMap { $0.subject(groups.map { Set($0.keys) }) }
        let count = fields.condition("count").map { $0.number(1...ApprovalTerms.mostPeople) }
        let within = fields.condition("within").map { $0.shortDuration(10...7 * 86_400) }
        let reason = fields.condition("reason")?.word("required or optional", among: ["required", "optional"])
        let covered = fields.condition("for").map { $0.shortDuration(10...86_400) }
        guard let by, let approvers, !approvers.isEmpty else { return nil }
        let terms = ApprovalTerms(
            approvers: Set(approvers), count: (count ?? 1) ?? 1,
            timeLimitSeconds: (within ?? nil) ?? ApprovalTerms.usualTimeLimitSeconds, needsReason: reason == "required",
            coveredSeconds: covered ?? nil)
        guard checkPeople(terms, by, fields["count"]) else { return nil }
        found.append((fields.whole, terms))
        return terms
    }

    /// Whether there are as many people as have to say yes. What is not known is let pass.
    private func checkPeople(_ terms: ApprovalTerms, _ by: Value, _ count: Value?) -> Bool {
        guard let people = people(terms.approvers), people.count < terms.count else { return true }
        if people.isEmpty {
            by.report("names nobody: these groups have no members")
        } else {
            let names = people.count == 1 ? "1 person" : "\(people.count) people"
            (count ?? by).report("is \(terms.count), and \"by\" names \(names) in all")
        }
        return false
    }

    private func people(_ subjects: Set<AccessSubject>) -> Set<UserName>? {
        guard let groups else { return nil }
        var people: Set<UserName> = []
        for subject in subjects {
            switch subject {
            case .user(let name): people.insert(name)
            case .group(let name):
                guard !unsure.contains(name) else { return nil }
                people.formUnion(groups[name] ?? [])
            }
        }
        return people
    }

    /// Warns of those who are asked and may not decide anywhere.
    func warn(_ access: AccessRules) {
        var deciders: Set<UserName> = []
        for rule in access.deskRules where rule.rights.contains(.decide) { deciders.formUnion(access.people(rule.to)) }
        for (place, terms) in found {
            let able = access.people(terms.approvers).intersection(deciders).count
            guard able < terms.count else { continue }
            place.warn(
                "\(able == 0 ? "nobody" : "only \(able)") of those who are asked may decide: give them a grant in access.yaml with rights: [decide]"
            )
        }
    }
}
