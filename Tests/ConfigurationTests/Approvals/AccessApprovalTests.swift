import Guard
import OpenSSHKeys
import Policy
import Testing

@testable import Configuration

/// Rights at the desk, requests, and approvals of grants in `access.yaml`.
struct AccessApprovalTests {
    /// Lines 1 to 9.
    private static let head = "groups: {leads: [dora, ed], none: []}\n" + AccessMistakeTests.web1

    @Test func `rights, requests and approvals are read`() throws {
        let text =
            Self.head + """
                grants:
                  - name: g
                    to: [alice]
                    targets: [web1]
                    logins: [root]
                    channels: [shell]
                    until: 2026-12-31
                    ends-sessions: true
                    approval: {by: ["group:leads"], count: 2, for: 1h}
                  - name: audit
                    to: [group:leads]
                    targets: ["env=prod"]
                    rights: [watch, decide]
                    from: [10.0.0.0/8]
                    until: 2026-12-31
                    hours: "Mon-Fri 08:00-18:00 UTC"
                requests:
                  - name: night
                    to: [group:leads]
                    targets: [www]
                    logins: [deploy]
                    channels: [exec]
                    guard: observe
                    longest: 8h
                    approval: {by: [alice], reason: required}
                    ends-sessions: true

                """
        let read = readAccess(text)
        #expect(read.problems == [])
        let rules = try #require(read.rules)
        let alice = AccessSubject.user(try #require(UserName("alice")))
        #expect(rules.grants.count == 1)
        #expect(rules.grants[0].approval == ApprovalTerms(approvers: [.group("leads")], count: 2, coveredSeconds: 3600))
        #expect(rules.grants[0].endsSessions)
        let end = Deadline.moment("2026-12-31")
        #expect(
            rules.deskRules == [
                DeskRule(
                    name: "audit", to: [.group("leads")], targets: [.label(key: "env", value: "prod")],
                    rights: [.watch, .decide],
                    from: [try #require(AddressRange("10.0.0.0/8"))], until: end, hours: AccessHours("Mon-Fri 08:00-18:00 UTC"))
            ])
        #expect(
            rules.requestRules == [
                RequestRule(
                    name: "night", to: [.group("leads")], targets: [.name(try #require(TargetName("www")))],
                    logins: [try #require(LoginName("deploy"))], channels: [.exec], guardMode: .observe, longestSeconds: 28_800,
                    approval: ApprovalTerms(approvers: [alice], needsReason: true), endsSessions: true)
            ])
    }

    @Test(arguments: mistakes)
    func `a mistake is told with its line`(mistake: Mistake) {
        let read = readAccess(mistake.text)
        #expect(read.problems == mistake.expected)
        #expect(read.rules == nil)
    }

    /// A grant with rights: `name` is on line 10, `rights` on 13, and these from line 14 on.
    private static func desk(rights: String = "[watch]", _ more: String...) -> String {
        head + "grants:\n  - name: d\n    to: [dora]\n    targets: [web1]\n    rights: \(rights)\n"
            + more.map { "    \($0)\n" }.joined()
    }

    /// A grant: `name` is on line 10, `channels` on 14, and these from line 15 on.
    private static func grant(_ more: String...) -> String {
        head + "grants:\n  - name: g\n    to: [al]\n    targets: [web1]\n    logins: [root]\n    channels: [shell]\n"
            + more.map { "    \($0)\n" }.joined()
    }

    /// A request: `name` is on line 10, `channels` on 14, `longest` on 15, `approval` on 16, and these from line 17 on.
    private static func request(longest: String = "8h", approval: String = "{by: [dora]}", _ more: String...) -> String {
        head + "requests:\n  - name: r\n    to: [al]\n    targets: [web1]\n    logins: [root]\n    channels: [shell]\n"
            + "    longest: \(longest)\n    approval: \(approval)\n" + more.map { "    \($0)\n" }.joined()
    }

    static let mistakes: [Mistake] = [
        Mistake(
            "unknown right", desk(rights: "[look]"),
            "13: grants.rights: \"look\" is not a right at the desk: there are sessions, watch, play, kill, decide"),
        Mistake(
            "right with a slip", desk(rights: "[decied]"),
            "13: grants.rights: \"decied\" is not a right at the desk: did you mean \"decide\"?"),
        Mistake(
            "no right", desk(rights: "[]"),
            "13: grants.rights: \"rights\" is empty: write a list of sessions, watch, play, kill, decide"),
        Mistake(
            "rights of nothing", desk(rights: ""),
            "13: grants: \"rights\" is missing: a list of sessions, watch, play, kill, decide"),
        Mistake(
            "rights and channels", desk("channels: [shell]", "logins: [root]"),
            "10: grants: \"logins\" is not for a grant with rights, which opens no sessions: write two grants",
            "10: grants: \"channels\" is not for a grant with rights, which opens no sessions: write two grants"),
        Mistake(
            "sessions that never end", grant("ends-sessions: true"),
            "15: grants.ends-sessions: ends sessions at \"until\", and there is none: add it, or take this out"),
        Mistake(
            "ends as a word", grant("until: 2026-12-31", "ends-sessions: maybe"),
            "16: grants.ends-sessions: \"maybe\" is not true or false"),
        Mistake(
            "approval of nobody", grant("approval: {by: [\"group:none\"]}"),
            "15: grants.approval.by: names nobody: these groups have no members"),
        Mistake(
            "more than there are", grant("approval: {by: [\"group:leads\", dora], count: 3}"),
            "15: grants.approval.count: is 3, and \"by\" names 2 people in all"),
        Mistake(
            "approval without a line left", grant("approval:"),
            "15: grants.approval: is empty: take the key \"approval\" out as well, if there shall be no such condition"),
        Mistake(
            "group with a mistake is not counted",
            "groups: {leads: [\"a b\", ed]}\n"
                + grant("approval: {by: [\"group:leads\"], count: 2}")
                .split(separator: "\n").dropFirst().joined(separator: "\n"),
            "1: groups.leads: \"a b\" is not the name of a user: 1 to 256 bytes without blanks and control characters are"),
        Mistake(
            "requests as a mapping", head + "requests: {r: {}}\n",
            "9: requests: a mapping, where a list of requests, each starting with \"- name:\" was expected"),
        Mistake(
            "empty request", head + "requests: [{}]\n",
            "9: requests: \"name\" is missing: a name for logs: 1 to 64 letters, digits, and . _ -",
            "9: requests: \"to\" is missing: a list of users and groups, as in [alice, group:ops]",
            "9: requests: \"targets\" is missing: a list of names and labels, as in [web1, \"env=prod\"]",
            "9: requests: \"logins\" is missing: a list of logins of these targets, as in [root]",
            "9: requests: \"channels\" is missing: a list of shell, exec and sftp",
            "9: requests: \"longest\" is missing: for how long it can be had at most, such as 8h",
            "9: requests: \"approval\" is missing: who decides, as in {by: [\"group:leads\"]}"),
        Mistake("too short", request(longest: "30s"), "15: requests.longest: \"30s\" is not from 1m to 30d"),
        Mistake("too long", request(longest: "31d"), "15: requests.longest: \"31d\" is not from 1m to 30d"),
        Mistake(
            "covers commands", request(approval: "{by: [dora], for: 15m}"),
            "16: requests.approval: has \"for\", which is for commands: how long the access lasts is said with the request"),
        Mistake(
            "condition of grants", request("hours: x"),
            "17: requests: unknown key \"hours\": known are name, to, targets, logins, channels, guard, longest, approval, ends-sessions"
        ),
        Mistake(
            "unknown login", request().replacing("[root]\n    channels", with: "[postgres]\n    channels"),
            "13: requests.logins: none of these targets has the login \"postgres\""),
        Mistake(
            "name of a grant",
            grant()
                + "requests:\n  - {name: g, to: [al], targets: [web1], logins: [root], channels: [shell], longest: 1h, approval: {by: [dora]}}\n",
            "16: requests.name: the name \"g\" is taken by the grant on line 10"),
        Mistake(
            "name of a request",
            request()
                + "  - {name: r, to: [al], targets: [web1], logins: [root], channels: [shell], longest: 1h, approval: {by: [dora]}}\n",
            "17: requests.name: the name \"r\" is taken by the request on line 10"),
    ]
}
