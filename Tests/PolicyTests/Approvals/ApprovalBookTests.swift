import OpenSSHKeys
import Testing

@testable import Policy

/// The book by itself, where a walk would not get to: bounds, lists, many at once, and what is told.
struct ApprovalBookTests {
    let access: AccessRules
    let check: ApproverCheck

    init() throws {
        let web = try AccessRulesTests.target("web", logins: ["root"])
        let other = try AccessRulesTests.target("other", logins: ["root"])
        access = AccessRules(
            groups: ["leads": [try Self.user("ann"), try Self.user("bob"), try Self.user("cem")]], targets: [web, other],
            grants: [],
            deskRules: [
                DeskRule(
                    name: "leads", to: [.group("leads")], targets: [try AccessRulesTests.name("web")], rights: [.decide, .watch],
                    from: [try #require(AddressRange("10.0.0.0/8"))])
            ])
        check = ApproverCheck(access: access, at: 0, allowsLocal: true)
    }

    static func user(_ name: String) throws -> UserName { try #require(UserName(name)) }

    func bond(
        _ requester: String = "zoe", connection: String = "c", kind: ApprovalKind = .command, target: String = "web",
        digest: UInt8 = 1
    ) throws -> ApprovalRequest.Bond {
        ApprovalRequest.Bond(
            kind: kind, requester: try Self.user(requester), connection: connection, session: nil, place: 1, target: target,
            login: "root", digest: [digest], rule: "r")
    }

    let leads = [ApprovalTerms(approvers: [.group("leads")])]

    func ballot(_ person: String, yes: Bool = true, reason: String? = nil, from: String = "10.0.0.1") throws -> ApprovalBallot {
        ApprovalBallot(.person(try Self.user(person)), saysYes: yes, reason: reason, from: IPAddress(from))
    }

    @Test func `who may not decide is told why, and changes nothing`() throws {
        var book = ApprovalBook()
        #expect(book.add(1, try bond("ann"), leads, at: 0, check) == .waiting(until: 600_000_000_000))
        let before = book[1]
        #expect(book.vote(1, try ballot("ann"), at: 1, check) == .mayNot(.isRequester))
        #expect(book.vote(1, try ballot("zoe"), at: 1, check) == .mayNot(.isNoApprover))
        #expect(book.vote(1, try ballot("bob", from: "192.0.2.1"), at: 1, check) == .mayNot(.hasNoRight))
        let strict = ApproverCheck(access: access, at: 0, allowsLocal: false)
        let local = ApprovalBallot(.localAdministrator(uid: 0), saysYes: true)
        #expect(book.vote(1, local, at: 1, strict) == .mayNot(.localIsOff))
        #expect(book.vote(2, try ballot("bob"), at: 1, check) == .unknown)
        #expect(book[1] == before)
        #expect(book.vote(1, try ballot("bob"), at: 1, check) == .approved(by: [.person(try Self.user("bob"))]))
    }

    @Test func `the same person counts once, whoever they are locally, and several terms may be met by one`() throws {
        var book = ApprovalBook()
        let terms = [
            ApprovalTerms(approvers: [.group("leads")], count: 2), ApprovalTerms(approvers: [.user(try Self.user("bob"))]),
        ]
        #expect(book.add(1, try bond(), terms, at: 0, check) == .waiting(until: 600_000_000_000))
        #expect(book.vote(1, try ballot("ann"), at: 1, check) == .counted(lacking: [1, 1]))
        #expect(book.vote(1, try ballot("ann"), at: 1, check) == .alreadyCounted(lacking: [1, 1]))
        guard case .approved(let by) = book.vote(1, try ballot("bob"), at: 1, check) else { throw Missing() }
        #expect(by.count == 2)

        #expect(book.add(2, try bond(), [ApprovalTerms(approvers: [.group("leads")], count: 2)], at: 0, check) != .nobody)
        #expect(book.vote(2, ApprovalBallot(.localAdministrator(uid: 0), saysYes: true), at: 1, check) == .counted(lacking: [1]))
        let again = book.vote(2, ApprovalBallot(.localAdministrator(uid: 993), saysYes: true), at: 1, check)
        #expect(again == .alreadyCounted(lacking: [1]))
    }
    struct Missing: Error {}

    @Test func `a second decision is told who was first`() throws {
        var book = ApprovalBook()
        #expect(book.add(1, try bond(), leads, at: 0, check) != .nobody)
        #expect(book.vote(1, try ballot("ann", yes: false, reason: "no"), at: 1, check) == .denied)
        #expect(book[1] == nil)
        let first = [ApprovalVoter.person(try Self.user("ann"))]
        #expect(book.vote(1, try ballot("bob"), at: 2, check) == .alreadyDecided(.denied, by: first))
        // Who may not decide it learns nothing either.
        #expect(book.vote(1, try ballot("zoe"), at: 2, check) == .mayNot(.isRequester))
        #expect(book.use(1, by: try bond(), at: 2) == nil)
    }

    @Test(arguments: ["", " ", "\u{200B}\u{3000}", "\u{AD}\t"])
    func `a reason has to be something to read`(reason: String) throws {
        var book = ApprovalBook()
        let terms = [ApprovalTerms(approvers: [.group("leads")], needsReason: true), ApprovalTerms(approvers: [.group("leads")])]
        #expect(book.add(1, try bond(), terms, at: 0, check) != .nobody)
        #expect(book.vote(1, try ballot("ann", reason: reason), at: 1, check) == .needsReason)
        #expect(book.vote(1, try ballot("ann", yes: false, reason: nil), at: 1, check) == .needsReason)
        #expect(
            book.vote(1, try ballot("ann", reason: "ticket 7"), at: 1, check) == .approved(by: [.person(try Self.user("ann"))]))
        #expect(book[1]?.votes.first?.reason == "ticket 7")
    }

    @Test func `what nobody could approve is refused at once`() throws {
        var book = ApprovalBook()
        let ann = ApprovalTerms(approvers: [.user(try Self.user("ann"))])
        #expect(book.add(1, try bond("ann"), [ann], at: 0, check) == .nobody)
        #expect(book.add(1, try bond("ann"), [ApprovalTerms(approvers: [.group("leads")], count: 3)], at: 0, check) == .nobody)
        #expect(book.add(1, try bond("zoe"), [ApprovalTerms(approvers: [.group("leads")], count: 3)], at: 0, check) != .nobody)
        #expect(book.add(2, try bond(), [], at: 0, check) == .nobody)
        #expect(book.add(2, try bond(), [ApprovalTerms(approvers: [])], at: 0, check) == .nobody)
        #expect(book.add(2, try bond(target: "other"), leads, at: 0, check) == .nobody)
        #expect(book.add(2, try bond(target: "gone"), leads, at: 0, check) == .nobody)
        let many = (1...9).map { ApprovalTerms(approvers: [.group("leads")], timeLimitSeconds: $0 * 10) }
        #expect(book.add(2, try bond(), many, at: 0, check) == .nobody)
        #expect(book.add(2, try bond(), Array(many.dropFirst()), at: 5, check) == .waiting(until: 20_000_000_005))
    }

    @Test func `an approval covers the same again, as long and where it says`() throws {
        var book = ApprovalBook()
        let terms = [ApprovalTerms(approvers: [.group("leads")], coveredSeconds: 900)]
        let bond = try bond()
        #expect(book.number(covering: bond, terms, at: 0) == nil)
        #expect(book.add(7, bond, terms, at: 0, check) != .nobody)
        #expect(book.vote(7, try ballot("ann"), at: 0, check) == .approved(by: [.person(try Self.user("ann"))]))
        #expect(book.number(covering: bond, terms, at: 0) == nil)
        #expect(book.use(7, by: bond, at: 1_000_000_000)?.state == .used)
        let last: UInt64 = 900_999_999_999
        var again = bond
        (again.connection, again.place, again.session) = ("d", 9, "s")
        #expect(book.number(covering: again, terms, at: last) == 7)
        let yan = try Self.user("yan")
        for change in [
            { $0.digest = [2] }, { $0.login = "deploy" }, { $0.target = "other" }, { $0.kind = .line }, { $0.rule = nil },
            { (bond: inout ApprovalRequest.Bond) in bond.requester = yan },
        ] as [(inout ApprovalRequest.Bond) -> Void] {
            var other = bond
            change(&other)
            #expect(book.number(covering: other, terms, at: last) == nil)
        }
        #expect(book.number(covering: bond, terms, at: last + 1) == nil)
        #expect(book.number(covering: bond, terms, at: 0) == nil)
    }

    @Test func `access outlives the connection that asked, nothing else does`() throws {
        var book = ApprovalBook()
        #expect(book.add(1, try bond(), leads, at: 0, check) != .nobody)
        #expect(book.add(2, try bond(kind: .access), leads, at: 0, check) != .nobody)
        #expect(book.add(3, try bond(connection: "d"), leads, at: 0, check) != .nobody)
        let gone = book.end(connection: "c")
        #expect(gone.map(\.request.number) == [1])
        #expect(gone.map(\.cause) == [.connectionGone])
        #expect(book[2]?.state == .waiting)
        #expect(book[3]?.state == .waiting)
        #expect(book.end(connection: "c").isEmpty)
    }

    @Test func `bounds are answers, and room comes back`() throws {
        var bounds = ApprovalBook.Bounds()
        (bounds.everywhere, bounds.perConnection, bounds.perRequester) = (4, 2, 3)
        var book = ApprovalBook(bounds: bounds)
        #expect(book.add(1, try bond(), leads, at: 0, check) != .nobody)
        #expect(book.add(2, try bond(), leads, at: 0, check) != .nobody)
        #expect(book.add(3, try bond(), leads, at: 0, check) == .noRoom(.connection))
        #expect(book.add(3, try bond(connection: "d"), leads, at: 0, check) != .nobody)
        #expect(book.add(4, try bond(connection: "e"), leads, at: 0, check) == .noRoom(.requester))
        #expect(book.add(4, try bond("yan", connection: "e"), leads, at: 0, check) != .nobody)
        #expect(book.add(5, try bond("xia", connection: "f"), leads, at: 0, check) == .noRoom(.everywhere))
        #expect(book.withdraw(1, by: try Self.user("yan")) == nil)
        #expect(book.withdraw(1, by: try Self.user("zoe"))?.request.state == .withdrawn)
        #expect(book.lacksRoom(connection: "c", requester: try Self.user("zoe")) == nil)
    }

    @Test func `ten thousand wait: pages, deadlines and a reload reach each of them once`() throws {
        var book = ApprovalBook()
        let people = (0..<10).map { "user\($0)" }
        let terms = (0..<5).map { ApprovalTerms(approvers: [.group("leads")], timeLimitSeconds: UInt32(100 + $0)) }
        for number in 1...10_000 as ClosedRange<Int64> {
            let bond = try bond(people[Int(number) % 10], connection: "c\(number / 50)")
            let answer = book.add(number, bond, [terms[Int(number) % 5]], at: 0, check)
            guard case .waiting = answer else { throw Missing() }
        }
        #expect(book.lacksRoom(connection: "x", requester: try Self.user("x")) == .everywhere)
        var seen: [Int64] = []
        let ann = ApprovalVoter.person(try Self.user("ann"))
        while true {
            let page = book.page(
                decidableBy: ann, from: IPAddress("10.0.0.1"), after: seen.last ?? 0, atMost: 999, check)
            if page.isEmpty { break }
            #expect(page.count <= 999)
            seen += page.map(\.number)
        }
        #expect(seen == Array(1...10_000))
        let mine = book.page(after: 9000, atMost: 10) { $0.bond.requester.text == "user3" }
        let expected: [Int64] = (900..<910).map { $0 * 10 + 3 }
        #expect(mine.map(\.number) == expected)

        #expect(book.nextDeadline == 100_000_000_000)
        #expect(book.expire(at: 99_999_999_999).isEmpty)
        let first = book.expire(at: 100_000_000_000)
        #expect(first.count == 2000 && first.allSatisfy { $0.cause == .timedOut })
        #expect(book.nextDeadline == 101_000_000_000)
        let reloaded = book.recheck(
            check, standing: { $0.number % 2 == 0 ? .notGranted : .needs($0.terms) }, isCovered: { _ in true })
        let even: [Int64] = (1...10_000).filter { $0 % 5 != 0 && $0 % 2 == 0 }
        #expect(reloaded.map(\.request.number) == even)
        #expect(book.count == 4000)
        for group in 0...200 { _ = book.end(connection: "c\(group)") }
        #expect(book.count == 0)
        #expect(book.nextDeadline == nil)
    }

    @Test func `a list has what one may decide, and nothing else`() throws {
        var book = ApprovalBook()
        let bob = [ApprovalTerms(approvers: [.user(try Self.user("bob"))])]
        #expect(book.add(1, try bond(), leads, at: 0, check) != .nobody)
        #expect(book.add(2, try bond("ann"), leads, at: 0, check) != .nobody)
        #expect(book.add(3, try bond(), bob, at: 0, check) != .nobody)
        #expect(book.add(4, try bond(), leads, at: 0, check) != .nobody)
        #expect(book.vote(4, try ballot("ann"), at: 1, check) == .approved(by: [.person(try Self.user("ann"))]))
        func list(_ voter: ApprovalVoter, from: String = "10.0.0.1", _ check: ApproverCheck? = nil) -> [Int64] {
            book.page(decidableBy: voter, from: IPAddress(from), after: 0, atMost: 10, check ?? self.check).map(\.number)
        }
        #expect(list(.person(try Self.user("ann"))) == [1])
        #expect(list(.person(try Self.user("bob"))) == [1, 2, 3])
        #expect(list(.person(try Self.user("bob")), from: "192.0.2.1").isEmpty)
        #expect(list(.person(try Self.user("zoe"))).isEmpty)
        #expect(list(.localAdministrator(uid: 0)) == [1, 2, 3])
        #expect(list(.localAdministrator(uid: 0), ApproverCheck(access: access, at: 0, allowsLocal: false)).isEmpty)
    }

    @Test func `a reload says why something ended`() throws {
        var book = ApprovalBook()
        for number in 1...4 as ClosedRange<Int64> { #expect(book.add(number, try bond(), leads, at: 0, check) != .nobody) }
        let nobody = ApproverCheck(
            access: AccessRules(groups: [:], targets: access.targets, grants: []), at: 0, allowsLocal: true)
        let endings = book.recheck(
            nobody,
            standing: { request in
                switch request.number {
                case 1: .notGranted
                case 2: .needs([])
                case 3: .needs([ApprovalTerms(approvers: [.group("leads")], count: 2)])
                default: .needs(request.terms)
                }
            }, isCovered: { _ in true })
        #expect(endings.map(\.cause) == [.accessGone, .policyChanged, .policyChanged, .approversGone])
        #expect(endings.allSatisfy { $0.request.state == .void })
    }
}
