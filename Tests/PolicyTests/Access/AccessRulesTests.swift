import OpenSSHKeys
import Testing

@testable import Policy

struct AccessRulesTests {
    let rules: AccessRules
    let office: IPAddress
    let home: IPAddress
    /// 2026-11-24, a Tuesday, 12:00 UTC.
    let noon: Int64 = 1_795_521_600_000

    init() throws {
        office = try #require(IPAddress("10.1.2.3"))
        home = try #require(IPAddress("203.0.113.9"))
        let web1 = try Self.target(
            "web1", aliases: ["www", "web1.example.com"], labels: ["env": "prod"], logins: ["root", "deploy"], port: 2201)
        let web2 = try Self.target("web2", labels: ["env": "prod"], logins: ["root"])
        let db1 = try Self.target("db1", labels: ["env": "test"], logins: ["postgres"])
        rules = AccessRules(
            groups: ["ops": [try #require(UserName("bob"))]], targets: [web1, web2, db1],
            grants: [
                AccessRule(
                    name: "prod", to: [.group("ops"), try Self.user("alice")], targets: [.label(key: "env", value: "prod")],
                    logins: [try Self.login("root")], channels: [.shell]),
                AccessRule(
                    name: "deploy", to: [try Self.user("alice")], targets: [try Self.name("www")],
                    logins: [try Self.login("deploy"), try Self.login("root")], channels: [.exec, .sftp],
                    from: [try #require(AddressRange("10.0.0.0/8"))]),
                AccessRule(
                    name: "migration", to: [try Self.user("carol")], targets: [try Self.name("db1")],
                    logins: [try Self.login("postgres")],
                    channels: [.shell], until: noon, hours: AccessHours("Mon-Fri 08:00-18:00 UTC")),
            ])
    }

    static func user(_ text: String) throws -> AccessSubject { .user(try #require(UserName(text))) }
    static func login(_ text: String) throws -> LoginName { try #require(LoginName(text)) }
    static func name(_ text: String) throws -> TargetSelector { .name(try #require(TargetName(text))) }
    static func target(
        _ name: String, aliases: [String] = [], labels: [String: String] = [:], logins: [String], port: UInt16 = 22
    ) throws -> Target {
        Target(
            name: try #require(TargetName(name)), aliases: try aliases.map { try #require(TargetName($0)) },
            address: TargetAddress(host: "192.0.2.1", port: port), hostKeys: [[0]], labels: labels, logins: try logins.map(login))
    }

    func decide(_ user: String, _ target: String, _ login: String, from: IPAddress? = nil, at: Int64? = nil) -> AccessDecision {
        rules.decide(AccessRequest(user: user, target: target, login: login, from: from ?? home, at: at ?? noon))
    }

    func denial(_ user: String, _ target: String, _ login: String, from: IPAddress? = nil, at: Int64? = nil) -> AccessDenial? {
        guard case .denied(let denial) = decide(user, target, login, from: from, at: at) else { return nil }
        return denial
    }

    @Test func `a grant carries the target that the rules resolved`() throws {
        guard case .granted(let grant) = decide("alice", "web1", "root") else { throw Missing() }
        #expect(grant.target == rules.targets[0])
        #expect(grant.login == "root")
        #expect(grant.channels == [.shell])
        #expect(grant.name == "prod")
    }
    struct Missing: Error {}

    @Test func `channels of the rules that apply add up, and of no others`() throws {
        guard case .granted(let grant) = decide("alice", "web1", "root", from: office) else { throw Missing() }
        #expect(grant.channels == [.shell, .exec, .sftp])
        #expect(grant.name == "prod, deploy")
        guard case .granted(let deploy) = decide("alice", "web1", "deploy", from: office) else { throw Missing() }
        #expect(deploy.channels == [.exec, .sftp])
    }

    @Test(arguments: ["web1", "WEB1", "web1.", "www", "WWW.", "Web1.Example.Com", "web1.example.com."])
    func `case, a trailing dot and an alias lead to the same target`(written: String) throws {
        guard case .granted(let grant) = decide("bob", written, "root") else { throw Missing() }
        #expect(grant.target.name == "web1")
    }

    @Test func `members of a group have what the group has`() {
        #expect(denial("bob", "web2", "root") == nil)
        #expect(denial("group:ops", "web2", "root") == .noGrant)
        #expect(denial("ops", "web2", "root") == .noGrant)
    }

    @Test func `a denial says to the log what was missing`() {
        #expect(denial("alice", "web9", "root") == .unknownTarget)
        #expect(denial("alice", "no such/name", "root") == .unknownTarget)
        #expect(denial("mallory", "web1", "root") == .noGrant)
        #expect(denial("alice", "db1", "postgres") == .noGrant)
        #expect(denial("alice", "web2", "deploy") == .loginNotGranted)
        #expect(denial("alice", "web1", "-l") == .loginNotGranted)
        #expect(denial("alice", "web1", "deploy") == .elsewhere(rule: "deploy"))
        #expect(denial("carol", "db1", "postgres") == .expired(rule: "migration"))
        #expect(denial("carol", "db1", "postgres", at: noon - 86_400_000 * 2) == .outsideHours(rule: "migration"))
    }

    @Test func `a rule ends on the millisecond`() {
        #expect(denial("carol", "db1", "postgres", at: noon - 1) == nil)
        #expect(denial("carol", "db1", "postgres", at: noon) == .expired(rule: "migration"))
    }

    @Test func `no user is taken for another`() {
        for user in ["", "Alice", "alice ", " alice", "alice\0", "alic", "alicee", "\u{430}lice"] {
            #expect(denial(user, "web1", "root") != nil)
        }
    }

    @Test func `a login that the target does not list is not granted by a rule`() throws {
        let target = try Self.target("web1", logins: ["deploy"])
        let rule = AccessRule(
            name: "r", to: [try Self.user("alice")], targets: [try Self.name("web1")], logins: [try Self.login("root")],
            channels: [.shell])
        let rules = AccessRules(groups: [:], targets: [target], grants: [rule])
        let request = AccessRequest(user: "alice", target: "web1", login: "root", from: home, at: 0)
        #expect(rules.decide(request) == .denied(.loginNotGranted))
        #expect(rules.mayTunnel(user: "alice", host: "web1", port: 22, from: home, at: 0) == nil)
        #expect(rules.reachableTargets(user: "alice", from: home, at: 0).isEmpty)
    }

    @Test func `a rule from nowhere grants nothing`() throws {
        let rule = AccessRule(
            name: "r", to: [try Self.user("alice")], targets: [try Self.name("web1")], logins: [try Self.login("root")],
            channels: [.shell],
            from: [])
        let rules = AccessRules(groups: [:], targets: [try Self.target("web1", logins: ["root"])], grants: [rule])
        #expect(rules.reachableTargets(user: "alice", from: home, at: 0).isEmpty)
    }

    @Test func `rules without grants deny everybody everything`() throws {
        let rules = AccessRules(groups: [:], targets: [try Self.target("web1", logins: ["root"])], grants: [])
        let request = AccessRequest(user: "alice", target: "web1", login: "root", from: home, at: 0)
        #expect(rules.decide(request) == .denied(.noGrant))
    }

    @Test func `a tunnel leads to port 22 or the target's own`() {
        func tunnel(_ user: String, _ host: String, _ port: UInt32) -> String? {
            rules.mayTunnel(user: user, host: host, port: port, from: home, at: noon)?.name
        }
        #expect(tunnel("alice", "web1", 22) == "web1")
        #expect(tunnel("alice", "WWW.", 2201) == "web1")
        #expect(tunnel("alice", "web2", 2201) == nil)
        for port in [0, 21, 23, 80, 65_535, 65_558, UInt32.max] as [UInt32] { #expect(tunnel("alice", "web1", port) == nil) }
        #expect(tunnel("alice", "db1", 22) == nil)
        #expect(tunnel("alice", "192.0.2.1", 22) == nil)
        #expect(tunnel("mallory", "web1", 22) == nil)
        #expect(tunnel("", "web1", 22) == nil)
        #expect(tunnel("carol", "db1", 22) == nil)
    }

    @Test func `a tunnel is open to whom some login is granted`() {
        #expect(rules.mayTunnel(user: "carol", host: "db1", port: 22, from: home, at: noon - 1)?.name == "db1")
    }

    @Test func `the list of targets is exactly what would be granted`() {
        for user in ["alice", "bob", "carol", "mallory"] {
            for from in [office, home] {
                for at in [noon - 1, noon] {
                    let listed = rules.reachableTargets(user: user, from: from, at: at).map { "\($0.target.name) \($0.logins)" }
                    let granted = rules.targets.compactMap { target -> String? in
                        let logins = target.logins.filter { denial(user, target.name, $0, from: from, at: at) == nil }
                        return logins.isEmpty ? nil : "\(target.name) \(logins)"
                    }
                    #expect(listed == granted)
                }
            }
        }
        #expect(rules.reachableTargets(user: "alice", from: office, at: noon).map(\.logins) == [["root", "deploy"], ["root"]])
    }

    @Test func `an IPv4 client on an IPv6 socket comes from its IPv4 address`() throws {
        let mapped = try #require(IPAddress("::ffff:10.1.2.3"))
        #expect(denial("alice", "web1", "deploy", from: mapped) == nil)
    }

    @Test func `a name that leads to two targets is a mistake of ours`() async {
        await #expect(processExitsWith: .failure) {
            let a = try AccessRulesTests.target("a", aliases: ["x"], logins: ["root"])
            let b = try AccessRulesTests.target("b", aliases: ["x"], logins: ["root"])
            _ = AccessRules(groups: [:], targets: [a, b], grants: [])
        }
    }
}
