import Policy
import Testing

@testable import Configuration

/// `approvals:` and `approval:` in `policy.yaml`. There is the group `ops`, with alice in it.
struct PolicyApprovalTests {
    private static let head = "default: allow\nuncertain: allow\n"

    private static func rule(_ lines: String..., verdict: String = "approve") -> String {
        head + "rules:\n  - name: r\n    match: {command: {program: rm}}\n    verdict: \(verdict)\n"
            + lines.map { "    \($0)\n" }.joined()
    }

    @Test func `all that an approval can say is read`() throws {
        let text =
            Self.head + """
                approvals: {by: [dora, "group:ops"], count: 2, within: 1h30m, reason: required, for: 15m, local: false}
                rules:
                  - {name: own, match: {command: {program: rm}}, verdict: approve, approval: {by: dora}}
                  - {name: none, match: {command: {program: mv}}, verdict: approve}

                """
        let read = readPolicy(text)
        #expect(read.problems == [])
        let policy = try #require(read.rules)
        let dora = AccessSubject.user(try #require(UserName("dora")))
        #expect(
            policy.approval
                == ApprovalTerms(
                    approvers: [dora, .group("ops")], count: 2, timeLimitSeconds: 5400, needsReason: true, coveredSeconds: 900))
        #expect(!policy.allowsLocalApprovals)
        #expect(policy.rules[0].approval == ApprovalTerms(approvers: [dora], count: 1, timeLimitSeconds: 600))
        #expect(policy.rules[1].approval == nil)
    }

    @Test func `without the keys nobody is asked, and the local administrator may decide`() throws {
        let policy = try #require(readPolicy(Self.head + "rules: []\n").rules)
        #expect(policy.approval == nil)
        #expect(policy.allowsLocalApprovals)
        let off = try #require(readPolicy(Self.head + "approvals: {local: false}\nrules: []\n").rules)
        #expect(off.approval == nil)
        #expect(!off.allowsLocalApprovals)
    }

    @Test func `a group that nobody knows of is no mistake where access could not be read`() throws {
        let text = Self.rule("approval: {by: [\"group:leads\"], count: 3}")
        #expect(readPolicy(text, knowingAccess: false).problems == [])
    }

    @Test(arguments: mistakes)
    func `a mistake in an approval is told with its place`(mistake: Mistake) {
        let read = readPolicy(mistake.text)
        #expect(read.problems == mistake.expected)
        #expect(read.rules == nil)
    }

    static let mistakes: [Mistake] = [
        Mistake(
            "not a mapping", rule("approval: alice"), "7:15: rules.approval: text, where a mapping with by was expected"),
        Mistake(
            "empty", rule("approval:"),
            "7:14: rules.approval: is empty: take the key \"approval\" out as well, if there shall be no such condition"),
        Mistake(
            "nobody", rule("approval: {count: 1}"),
            "7:15: rules.approval: \"by\" is missing: who is asked: users and groups, as in [alice, \"group:leads\"]"),
        Mistake(
            "empty list", rule("approval: {by: []}"),
            "7:20: rules.approval.by: is empty: write users and groups, as in [alice, \"group:leads\"], or take the key out"),
        Mistake(
            "unknown key", rule("approval: {buy: alice, by: alice}"),
            "7:16: rules.approval: unknown key \"buy\": did you mean \"by\"?"),
        Mistake(
            "unknown group", rule("approval: {by: \"group:opps\"}"),
            "7:20: rules.approval.by: there is no group \"opps\": did you mean \"ops\"?"),
        Mistake(
            "group without group:", rule("approval: {by: [ops]}"),
            "7:21: rules.approval.by: \"ops\" is the name of a group: write \"group:ops\", or give the group another name"),
        Mistake(
            "no number", rule("approval: {by: alice, count: two}"),
            "7:34: rules.approval.count: \"two\" is not a number from 1 to 10"),
        Mistake(
            "nobody at all has to say yes", rule("approval: {by: alice, count: 0}"),
            "7:34: rules.approval.count: \"0\" is not a number from 1 to 10"),
        Mistake(
            "more than there are", rule("approval: {by: [alice, \"group:ops\"], count: 2}"),
            "7:49: rules.approval.count: is 2, and \"by\" names 1 person in all"),
        Mistake(
            "more than there are, of several", rule("approval: {by: [alice, bob], count: 3}"),
            "7:41: rules.approval.count: is 3, and \"by\" names 2 people in all"),
        Mistake(
            "no unit", rule("approval: {by: alice, within: 10}"),
            "7:35: rules.approval.within: \"10\" is not a duration: it has no unit; 10s are seconds, 10m minutes"),
        Mistake(
            "too short", rule("approval: {by: alice, within: 9s}"), "7:35: rules.approval.within: \"9s\" is not from 10s to 7d"),
        Mistake("too long", rule("approval: {by: alice, for: 25h}"), "7:32: rules.approval.for: \"25h\" is not from 10s to 1d"),
        Mistake(
            "reason as yes", rule("approval: {by: alice, reason: true}"),
            "7:35: rules.approval.reason: \"true\" is not required or optional: there are required, optional"),
        Mistake(
            "of a rule that asks nobody", rule("approval: {by: alice}", verdict: "block"),
            "7:15: rules.approval: is for rules with verdict approve, and this one has block"),
        Mistake(
            "local in a rule", rule("approval: {by: alice, local: false}"),
            "7:27: rules.approval: unknown key \"local\": known are by, count, within, reason, for"),
        Mistake(
            "nothing at the top", head + "approvals:\nrules: []\n",
            "3:11: approvals: is empty: take the key \"approvals\" out as well, if there shall be no such condition"),
        Mistake(
            "nothing in it", head + "approvals: {}\nrules: []\n",
            "3:12: approvals: is empty: write whom to ask, as in {by: [\"group:leads\"]}, or take the key out"),
        Mistake(
            "a count of nobody", head + "approvals: {count: 2, local: true}\nrules: []\n",
            "3:12: approvals: \"by\" is missing: who is asked: users and groups, as in [alice, \"group:leads\"]"),
        Mistake(
            "local as a word", head + "approvals: {local: never}\nrules: []\n",
            "3:20: approvals.local: \"never\" is not true or false"),
        Mistake(
            "notify of the other file", head + "approvals: {by: alice, notify: []}\nrules: []\n",
            "3:12: approvals: \"notify\" has its place in sallyport.yaml, under \"approvals\" there: it holds the path of a key"),
    ]
}

/// What is no mistake and hardly meant.
struct ApprovalWarningTests {
    private static let target = "targets: {web1: {address: h, host-keys: [\(hostKey)], logins: [root]}}\n"
    private static let access = "groups: {leads: [dora, ed], empty: []}\n" + target
    private static let decide = "grants: [{name: d, to: [dora], targets: [web1], rights: [decide]}]\n"

    @Test func `rules that ask nobody are told in one line`() throws {
        let policy = """
            default: allow
            uncertain: approve
            rules:
              - {name: a, match: {command: {program: rm}}, verdict: approve}
              - {name: b, match: {command: {program: mv}}, verdict: approve}
              - {name: c, match: {command: {program: cp}}, verdict: approve, enforce: false}
              - {name: d, match: {command: {program: dd}}, verdict: approve, approval: {by: dora}}

            """
        let unasked =
            "2: 2 rules, \"uncertain\": the verdict is approve and nobody is named to ask, so it is refused: write approvals: {by: […]}"
        #expect(try readWarnings(access: Self.access + Self.decide, policy: policy) == [unasked])
        let asking = policy.replacing("rules:\n", with: "approvals: {by: dora}\nrules:\n")
        #expect(try readWarnings(access: Self.access + Self.decide, policy: asking) == [])
        let one = "default: approve\nuncertain: allow\nrules: [{name: a, match: {command: {program: rm}}, verdict: approve}]\n"
        #expect(
            try readWarnings(access: Self.access, policy: one) == [
                "3: rule \"a\", \"default\": the verdict is approve and nobody is named to ask, so it is refused: write approvals: {by: […]}"
            ])
    }

    @Test func `who is asked and may not decide is told`() throws {
        let policy = "default: allow\nuncertain: allow\napprovals: {by: [\"group:leads\"], count: 2}\nrules: []\n"
        let end = "of those who are asked may decide: give them a grant in access.yaml with rights: [decide]"
        #expect(try readWarnings(access: Self.access, policy: policy) == ["3: approvals: nobody \(end)"])
        #expect(try readWarnings(access: Self.access + Self.decide, policy: policy) == ["3: approvals: only 1 \(end)"])
        let both = Self.decide.replacing("[dora]", with: "[\"group:leads\"]")
        #expect(try readWarnings(access: Self.access + both, policy: policy) == [])
    }

    @Test func `grants and requests are looked at too`() throws {
        let access =
            Self.access + """
                grants:
                  - {name: g, to: [al], targets: [web1], logins: [root], channels: [shell], approval: {by: [dora]}}
                requests:
                  - name: r
                    to: [al]
                    targets: [web1]
                    logins: [root]
                    channels: [shell]
                    longest: 8h
                    approval: {by: [ed]}

                """
        let end = "nobody of those who are asked may decide: give them a grant in access.yaml with rights: [decide]"
        #expect(try readWarnings(access: access) == ["4: grants.approval: \(end)", "12: requests.approval: \(end)"])
    }
}
