import Guard
import OpenSSHKeys
import Testing

@testable import Policy

/// What people may do at the desk, ask for, and have to have approved.
struct DeskRuleTests {
    let rules: AccessRules
    let office: IPAddress
    let home: IPAddress
    /// 2026-11-24, a Tuesday, 12:00 UTC.
    let noon: Int64 = 1_795_521_600_000
    let leads = ApprovalTerms(approvers: [.group("leads")])

    init() throws {
        office = try #require(IPAddress("10.1.2.3"))
        home = try #require(IPAddress("203.0.113.9"))
        let login = AccessRulesTests.login
        let user = AccessRulesTests.user
        let db = try AccessRulesTests.target("db1", labels: ["env": "test"], logins: ["postgres", "root"])
        rules = AccessRules(
            groups: ["leads": [try #require(UserName("ann")), try #require(UserName("bob"))]],
            targets: [try AccessRulesTests.target("web1", aliases: ["www"], labels: ["env": "prod"], logins: ["root"]), db],
            grants: [
                AccessRule(
                    name: "fresh", to: [try user("zoe")], targets: [try AccessRulesTests.name("web1")],
                    logins: [try login("root")],
                    channels: [.shell, .exec], until: noon + 10, approval: leads, endsSessions: true),
                AccessRule(
                    name: "free", to: [try user("zoe")], targets: [try AccessRulesTests.name("web1")],
                    logins: [try login("root")],
                    channels: [.exec]),
            ],
            deskRules: [
                DeskRule(
                    name: "leads", to: [.group("leads")], targets: [.label(key: "env", value: "prod")], rights: [.decide, .kill],
                    from: [try #require(AddressRange("10.0.0.0/8"))], until: noon + 1000,
                    hours: AccessHours("Mon-Fri 08:00-18:00 UTC")),
                DeskRule(
                    name: "audit", to: [try user("ann")],
                    targets: [try AccessRulesTests.name("db1"), try AccessRulesTests.name("www")],
                    rights: [.play]),
                DeskRule(
                    name: "nowhere", to: [try user("ann")], targets: [try AccessRulesTests.name("db1")], rights: [.watch],
                    from: []),
            ],
            requestRules: [
                RequestRule(
                    name: "short", to: [.group("leads")], targets: [try AccessRulesTests.name("db1")],
                    logins: [try login("postgres")],
                    channels: [.shell], longestSeconds: 3600, approval: leads),
                RequestRule(
                    name: "long", to: [try user("ann")], targets: [try AccessRulesTests.name("db1")],
                    logins: [try login("postgres"), try login("root")],
                    channels: [.shell], longestSeconds: 86_400, approval: ApprovalTerms(approvers: [try user("bob")], count: 1)),
            ])
    }

    @Test func `rights add up, under the conditions of each rule`() {
        let (web, db) = (rules.targets[0], rules.targets[1])
        func rights(_ user: String, _ target: Target, from: IPAddress?, at: Int64) -> Set<DeskRight> {
            rules.rights(of: user, on: target, from: from, at: at)
        }
        #expect(rights("ann", web, from: office, at: noon) == [.decide, .kill, .play])
        #expect(rights("ann", web, from: nil, at: noon) == [.decide, .kill, .play])
        #expect(rights("bob", web, from: office, at: noon) == [.decide, .kill])
        #expect(rights("ann", web, from: home, at: noon) == [.play])
        #expect(rights("ann", web, from: office, at: noon + 1000) == [.play])
        #expect(rights("ann", web, from: office, at: noon - 12 * 3_600_000) == [.play])
        #expect(rights("ann", db, from: office, at: noon) == [.play])
        #expect(rights("ann", db, from: nil, at: noon) == [.play])
        #expect(rights("zoe", web, from: office, at: noon).isEmpty)
        #expect(rights("Ann", web, from: office, at: noon).isEmpty)
        #expect(rights("", web, from: office, at: noon).isEmpty)
    }

    @Test func `people are counted once, without the one who asks`() throws {
        let ann = try #require(UserName("ann"))
        let who: Set<AccessSubject> = [.group("leads"), .user(ann), .group("unknown"), try AccessRulesTests.user("zoe")]
        #expect(rules.people(who).map(\.text).sorted() == ["ann", "bob", "zoe"])
        #expect(rules.eligible(who, not: ann) == 2)
        #expect(rules.eligible(who, not: try #require(UserName("eve"))) == 3)
        #expect(rules.isMember(ann, of: "leads"))
        #expect(!rules.isMember(ann, of: "unknown"))
        #expect(!rules.isMember(try #require(UserName("zoe")), of: "leads"))
        // Hours and addresses pass; an end does not.
        let night = noon - 12 * 3_600_000
        #expect(rules.people(with: .decide, on: rules.targets[0], at: night).map(\.text).sorted() == ["ann", "bob"])
        #expect(rules.people(with: .decide, on: rules.targets[0], at: noon + 1000).isEmpty)
    }

    @Test func `the first rule that allows it is the one that is asked by`() {
        func rule(_ user: String, _ target: String, _ login: String, _ seconds: UInt32) -> String? {
            guard case .may(let rule, let found) = rules.mayRequest(user: user, target: target, login: login, seconds: seconds)
            else {
                return nil
            }
            return "\(rule.name) \(found.name)"
        }
        #expect(rule("ann", "DB1.", "postgres", 3600) == "short db1")
        #expect(rule("ann", "db1", "postgres", 3601) == "long db1")
        #expect(rule("ann", "db1", "root", 60) == "long db1")
        #expect(rule("bob", "db1", "postgres", 60) == "short db1")
    }

    @Test func `a refusal to ask tells nothing of targets that one may not ask for`() {
        func denial(_ user: String, _ target: String, _ login: String, _ seconds: UInt32) -> RequestDenial? {
            guard case .mayNot(let why) = rules.mayRequest(user: user, target: target, login: login, seconds: seconds) else {
                return nil
            }
            return why
        }
        for (user, target) in [
            ("ann", "web1"), ("ann", "nothing"), ("ann", "a b"), ("zoe", "db1"), ("", "db1"), ("zoe", "nothing"),
        ] {
            #expect(denial(user, target, "root", 60) == .notThisTarget)
            #expect(denial(user, target, "none", 0) == .notThisTarget)
        }
        #expect(denial("bob", "db1", "root", 60) == .otherLogins(["postgres"]))
        #expect(denial("ann", "db1", "x", 60) == .otherLogins(["postgres", "root"]))
        #expect(denial("bob", "db1", "postgres", 3601) == .tooLong(longest: 3600))
        #expect(denial("ann", "db1", "postgres", 86_401) == .tooLong(longest: 86_400))
        #expect(denial("ann", "db1", "postgres", 59) == .tooShort)
        #expect("\(RequestDenial.tooLong(longest: 5400))" == "you may ask for at most 90m")
        #expect("\(RequestDenial.tooShort)" == "ask for at least 1m")
        #expect("\(RequestDenial.otherLogins(["a", "b"]))" == "on this target you may ask for a, b")
    }

    @Test func `access that was given for a time is one more grant, until it ends`() throws {
        let timed = AccessRule(
            name: "request 7", to: [try AccessRulesTests.user("eve")], targets: [try AccessRulesTests.name("db1")],
            logins: [try AccessRulesTests.login("postgres")], channels: [.shell], until: noon + 60_000, endsSessions: true)
        let more = rules.adding([timed])
        func decide(_ rules: AccessRules, at: Int64) -> AccessDecision {
            rules.decide(AccessRequest(user: "eve", target: "db1", login: "postgres", from: home, at: at))
        }
        guard case .granted(let grant) = decide(more, at: noon) else { throw Missing() }
        #expect(grant.sessionsEnd(for: .shell) == noon + 60_000)
        #expect(grant.sessionsEnd(for: .exec) == nil)
        #expect(grant.approvals(for: .shell).isEmpty)
        #expect(decide(more, at: noon + 60_000) == .denied(.expired(rule: "request 7")))
        #expect(decide(rules, at: noon) == .denied(.noGrant))
        #expect(more.grants.count == 3 && more.deskRules == rules.deskRules && more.requestRules == rules.requestRules)
        #expect(more.target(named: "www")?.name == "web1")
    }
    struct Missing: Error {}

    @Test func `a session is asked about unless one rule gives it without`() throws {
        func grant(at: Int64) throws -> Grant {
            guard
                case .granted(let grant) = rules.decide(
                    AccessRequest(user: "zoe", target: "web1", login: "root", from: home, at: at))
            else { throw Missing() }
            return grant
        }
        #expect(try grant(at: noon).approvals(for: .shell) == [leads])
        #expect(try grant(at: noon).approvals(for: .exec).isEmpty)
        #expect(try grant(at: noon).approvals(for: .sftp).isEmpty)
        #expect(try grant(at: noon).sessionsEnd(for: .shell) == noon + 10)
        #expect(try grant(at: noon).sessionsEnd(for: .exec) == nil)
        #expect(try grant(at: noon + 10).channels == [.exec])
    }

    @Test func `a session that more terms hold for than anybody could meet is refused`() throws {
        let target = rules.targets[0]
        func grant(_ count: Int) throws -> Grant {
            let applying = try (1...count).map { number in
                AccessRule(
                    name: "g\(number)", to: [], targets: [], logins: [try AccessRulesTests.login("root")], channels: [.shell],
                    approval: ApprovalTerms(approvers: [.group("leads")], timeLimitSeconds: UInt32(number) * 60))
            }
            return Grant(target: target, login: try AccessRulesTests.login("root"), applying: applying)
        }
        #expect(try grant(8).approvals(for: .shell).count == 8)
        #expect(try grant(9).approvals(for: .shell) == [ApprovalTerms(approvers: [])])
    }
}
