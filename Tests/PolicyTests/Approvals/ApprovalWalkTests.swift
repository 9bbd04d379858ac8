import Testing

@testable import Policy

/// Random orders of everything that can happen, in the book and in a model of it. Each walk is named by its seed.
struct ApprovalWalkTests {
    private static let walks = 2000
    private static let events = 200
    private static let parts = 4

    @Test(arguments: 0..<parts)
    func `whatever happens in whatever order, nothing runs unapproved, twice, or approved by who asked, and all ends`(part: Int) {
        var used = 0
        for seed in (1...UInt64(Self.walks / Self.parts)).map({ $0 * UInt64(Self.parts) + UInt64(part) }) {
            let walk = Self.walk(seed: seed)
            used += walk.used.count
            guard walk.failure != nil else { continue }
            // Again, and this time it says how it came to that.
            Issue.record("seed \(seed): \(Self.walk(seed: seed, isTold: true).failure ?? "")")
            return
        }
        // Walks in which nothing is ever approved would promise nothing.
        #expect(used > Self.walks / Self.parts)
    }

    private static func walk(seed: UInt64, isTold: Bool = false) -> ApprovalWalk {
        var walk = ApprovalWalk(seed: seed, isTold: isTold)
        for _ in 0..<events where walk.failure == nil { walk.step() }
        walk.finish()
        return walk
    }
}

/// One walk: the book and the model, side by side.
private struct ApprovalWalk {
    private var random: SplitMix
    private var book: ApprovalBook
    private var model: ApprovalModel
    private var world: ApprovalWorld
    private var check: ApproverCheck
    private var now: UInt64
    private var lastNumber: Int64 = 0
    private(set) var used: Set<Int64> = []
    private(set) var failure: String?
    private var steps = 0
    /// Whether to write down what is done, for the message. It takes more time than the walk.
    private let isTold: Bool
    private var told: [String] = []

    init(seed: UInt64, isTold: Bool) {
        self.isTold = isTold
        random = SplitMix(seed: seed)
        var bounds = ApprovalBook.Bounds()
        (bounds.everywhere, bounds.perConnection, bounds.perRequester) = (12, 5, 6)
        (bounds.coverings, bounds.ended) = (4, 400)
        book = ApprovalBook(bounds: bounds)
        model = ApprovalModel(bounds: bounds)
        world = ApprovalWorld(
            groups: ["leads": ["ann", "bob", "cem"], "dba": ["cem", "dan"]], deciders: Set(ApprovalWorld.people),
            granted: Set(ApprovalWorld.people), rules: [:])
        now = random.below(1 << 40)
        for rule in Self.ruleNames { world.rules[rule] = Self.terms(&random) }
        check = world.check()
    }

    private static let ruleNames = ["a", "b", "c"]
    private static let connections = ["c1", "c2", "c3"]

    private static func terms(_ random: inout SplitMix) -> [ApprovalTerms] {
        (0...random.below(2)).map { _ in
            var approvers: Set<AccessSubject> = [.user(ApprovalWorld.user(random.pick(ApprovalWorld.people)))]
            if random.below(4) > 0 { approvers.insert(.group(random.pick(["leads", "dba"]))) }
            return ApprovalTerms(
                approvers: approvers, count: Int(1 + random.below(3) / 2), timeLimitSeconds: UInt32(10 + random.below(90)),
                needsReason: random.below(8) == 0, coveredSeconds: random.below(2) == 0 ? nil : UInt32(10 + random.below(200)))
        }
    }

    mutating func step() {
        now += random.below(8) == 0 ? random.below(30_000_000_000) : random.below(1_000_000_000)
        switch random.below(100) {
        case 0..<25: ask()
        case 25..<60: vote()
        case 60..<74: use()
        case 74..<79: withdraw()
        case 79..<82: disconnect()
        case 82..<90: expire()
        case 90..<94: changePeople(reloads: random.below(2) == 0)
        case 94..<97: changePolicy()
        default: void()
        }
        steps += 1
        compare(wholly: steps % 5 == 0)
    }

    mutating func finish() {
        guard failure == nil else { return }
        // However long nobody does anything, it ends.
        var rounds = 0
        while let next = book.nextDeadline, failure == nil {
            now = max(now, next)
            expire()
            compare(wholly: true)
            rounds += 1
            if rounds > 20 { return fail("does not end") }
        }
        if book.count != 0 { fail("\(book.count) never end") }
        for request in model.requests where !request.state.isOver { fail("\(request.number) never ends") }
    }

    private mutating func fail(_ what: String) {
        guard failure == nil else { return }
        failure = "\(what) after \(told.suffix(12).joined(separator: "; "))"
    }

    private mutating func expect<Answer: Equatable>(_ one: Answer, _ other: Answer, _ what: @autoclosure () -> String) {
        if isTold { told.append("\(what()): \(one)") }
        if one != other { fail("\(what()) gave \(one), and the model says \(other),") }
    }

    private mutating func bond() -> ApprovalRequest.Bond {
        ApprovalRequest.Bond(
            kind: random.below(6) == 0 ? .access : .command, requester: ApprovalWorld.user(random.pick(ApprovalWorld.people)),
            connection: random.pick(Self.connections), session: nil, place: random.below(3), target: "web", login: "root",
            digest: [UInt8(random.below(3))], rule: random.pick(Self.ruleNames))
    }

    /// Mostly one that is open.
    private mutating func anyRequest() -> Int? {
        guard !model.requests.isEmpty else { return nil }
        let open = model.open
        return open.isEmpty || random.below(6) == 0 ? Int(random.below(UInt64(model.requests.count))) : random.pick(open)
    }
}

// MARK: - Events

extension ApprovalWalk {
    private mutating func ask() {
        let bond = bond()
        let terms = world.rules[bond.rule ?? ""] ?? []
        let covering = book.number(covering: bond, terms, at: now)
        let expected = model.covering(bond, terms, now)
        expect(covering, expected, "covering")
        guard covering == nil else { return }
        lastNumber += 1
        let number = lastNumber
        let answer =
            switch book.add(number, bond, terms, at: now, check) {
            case .waiting: "waiting"
            case .nobody: "nobody"
            case .noRoom(let bound): bound.rawValue
            }
        expect(answer, model.ask(number, bond, terms, now, world), "ask \(number) by \(bond.requester)")
    }

    private mutating func vote() {
        guard let index = anyRequest() else { return }
        let isLocal = random.below(12) == 0
        let person = isLocal ? ApprovalWorld.localAdministrator : random.pick(ApprovalWorld.people)
        let voter =
            isLocal ? ApprovalVoter.localAdministrator(uid: UInt32(random.below(2))) : .person(ApprovalWorld.user(person))
        let saysYes = random.below(6) > 0
        let hasReason = random.below(2) == 0
        let ballot = ApprovalBallot(voter, saysYes: saysYes, reason: hasReason ? "because" : " \u{200B}")
        let number = model.requests[index].number
        let answer = Self.words(book.vote(number, ballot, at: now, check))
        let expected = model.vote(index, person, yes: saysYes, reason: hasReason, now, world)
        expect(answer, expected, "\(person) says \(saysYes) to \(number)")
        if answer == "approved", person == model.requests[index].requester { fail("\(number) was approved by who asked") }
    }

    private static func words(_ answer: ApprovalAnswer) -> String {
        switch answer {
        case .counted: "counted"
        case .approved: "approved"
        case .denied: "denied"
        case .alreadyCounted: "again"
        case .alreadyDecided(let state, _): "decided \(state)"
        case .mayNot: "may not"
        case .needsReason: "needs reason"
        case .unknown: "unknown"
        }
    }

    private mutating func use() {
        let approved = model.requests.indices.filter { model.requests[$0].state == .approved }
        guard let index = random.below(4) == 0 ? anyRequest() : approved.isEmpty ? nil : random.pick(approved) else { return }
        let number = model.requests[index].number
        var bond = model.requests[index].bond
        switch random.below(12) {
        case 0: bond.place += 1
        case 1: bond.digest = [9]
        case 2: bond.connection = "other"
        default: break
        }
        let isUsed = book.use(number, by: bond, at: now) != nil
        expect(isUsed, model.use(index, by: bond, now), "use \(number)")
        guard isUsed else { return }
        if !used.insert(number).inserted { fail("\(number) ran twice") }
        let yes = model.requests[index].yes
        if yes.isEmpty || yes.contains(model.requests[index].requester) { fail("\(number) ran without a second person") }
        if book.use(number, by: bond, at: now) != nil { fail("\(number) ran twice at once") }
    }

    private mutating func withdraw() {
        guard let index = anyRequest() else { return }
        let request = model.requests[index]
        let person = random.below(3) == 0 ? random.pick(ApprovalWorld.people) : request.requester
        let isEnded = book.withdraw(request.number, by: ApprovalWorld.user(person)) != nil
        let expected = person == request.requester && model.end(index, .withdrawn)
        expect(isEnded, expected, "\(person) takes back \(request.number)")
    }

    private mutating func void() {
        guard let index = anyRequest() else { return }
        let number = model.requests[index].number
        let isEnded = book.void(number) != nil
        expect(isEnded, model.end(index, .void), "change \(number)")
    }

    private mutating func disconnect() {
        let connection = random.pick(Self.connections)
        expectSame(book.end(connection: connection), model.disconnect(connection), "\(connection) ends")
    }

    private mutating func expire() { expectSame(book.expire(at: now), model.expire(now), "time passes") }

    /// People join and leave groups, get and lose the right to decide and their access; also by the clock, without a reload.
    private mutating func changePeople(reloads: Bool) {
        let person = random.pick(ApprovalWorld.people)
        switch random.below(reloads ? 4 : 2) {
        case 0: toggle(&world.deciders, person)
        case 1:
            let group = random.pick(["leads", "dba"])
            toggle(&world.groups[group, default: []], person)
        case 2: toggle(&world.granted, person)
        default: world.allowsLocal.toggle()
        }
        check = world.check()
        if reloads { reload() }
    }

    private mutating func changePolicy() {
        let rule = random.pick(Self.ruleNames)
        switch random.below(4) {
        case 0: world.rules[rule] = []
        case 1: world.rules[rule]?.reverse()
        default: world.rules[rule] = Self.terms(&random)
        }
        reload()
    }

    private func toggle(_ people: inout Set<String>, _ person: String) {
        if people.remove(person) == nil { people.insert(person) }
    }

    private mutating func reload() {
        let world = world
        let ended = book.recheck(
            check,
            standing: { request in
                guard world.granted.contains(request.bond.requester.text) else { return .notGranted }
                return .needs(world.rules[request.bond.rule ?? ""] ?? [])
            }, isCovered: { Set(world.rules[$0.key.rule ?? ""] ?? []) == $0.terms })
        expectSame(ended, model.reload(world), "reload")
    }

    private mutating func expectSame(_ endings: [ApprovalEnding], _ expected: Set<Int64>, _ what: String) {
        expect(Set(endings.map(\.request.number)), expected, what)
        if Set(endings.map(\.request.number)).count != endings.count { fail("\(what): one ended twice") }
        if endings.contains(where: { !$0.request.state.isOver || $0.request.state != $0.cause.state }) { fail("\(what): no end") }
    }

    /// The book against the model.
    private mutating func compare(wholly: Bool) {
        guard book.count == model.open.count else {
            return fail("\(book.count) are open, and the model has \(model.open.count),")
        }
        guard wholly else { return }
        if book.nextDeadline != model.nextDeadline { return fail("the next deadline is another one") }
        for request in model.open.map({ model.requests[$0] }) {
            guard let found = book[request.number] else { return fail("\(request.number) is lost") }
            if found.state != request.state || found.deadline != request.deadline || found.votes.count != request.yes.count {
                return fail("\(request.number) is \(found.state), and the model says \(request.state),")
            }
        }
    }
}

extension SplitMix {
    fileprivate mutating func below(_ bound: UInt64) -> UInt64 { next() % bound }
    fileprivate mutating func pick<Item>(_ items: [Item]) -> Item { items[Int(below(UInt64(items.count)))] }
}
