import Guard
import Policy
import Testing

@testable import Configuration

/// Mistakes in `access.yaml`, each with the message that tells it.
struct AccessMistakeTests {
    @Test(arguments: targets)
    func `a mistake in a target is told with its line`(mistake: Mistake) {
        let read = readAccess(mistake.text)
        #expect(read.problems == mistake.expected)
        #expect(read.rules == nil)
    }

    @Test(arguments: grants)
    func `a mistake in a grant is told with its line`(mistake: Mistake) {
        let read = readAccess(mistake.text)
        #expect(read.problems == mistake.expected)
        #expect(read.rules == nil)
    }

    @Test(arguments: groups)
    func `a mistake in a group is told with its line`(mistake: Mistake) {
        let read = readAccess(mistake.text)
        #expect(read.problems == mistake.expected)
        #expect(read.rules == nil)
    }

    @Test func `a grant is guarded unless it says otherwise, and a target's shells are started with the integration`() throws {
        let text =
            Self.web1 + """
                grants:
                  - {name: a, to: [alice], targets: [web1], logins: [root], channels: [shell]}
                  - {name: b, to: [alice], targets: [web1], logins: [root], channels: [shell], guard: observe}
                  - {name: c, to: [alice], targets: [web1], logins: [root], channels: [shell], guard: off}

                """
        let rules = try #require(readAccess(text).rules)
        #expect(rules.grants.map(\.guardMode) == [.enforce, .observe, .off])
        #expect(rules.targets[0].usesIntegration)
        let off = readAccess(text.replacing("logins: [root, deploy]", with: "logins: [root, deploy]\n    integration: off")).rules
        #expect(try #require(off).targets[0].usesIntegration == false)
    }

    /// Targets: lines 1 to 6, `web1` with the alias `www` and the label `env=prod`.
    static let web1 = """
        targets:
          web1:
            address: 10.0.0.7
            aliases: [www]
            labels: {env: prod}
            host-keys: [\(hostKey)]
            logins: [root, deploy]

        """

    /// A target `x` whose lines after the name, from line 3 on, are these.
    static func target(_ lines: String...) -> String { "targets:\n  x:\n" + lines.map { "    \($0)\n" }.joined() }

    static let targets: [Mistake] = [
        Mistake("unknown key", "tragets: {}\n", "1: unknown key \"tragets\": did you mean \"targets\"?"),
        Mistake(
            "unknown key, far from all", "servers: {}\n",
            "1: unknown key \"servers\": known are groups, targets, grants, requests"),
        Mistake("not a mapping", "- web1\n", "1: a list, where a mapping with groups, targets and grants was expected"),
        Mistake("only a word", "targets\n", "1: text, where a mapping with groups, targets and grants was expected"),
        Mistake(
            "list of targets", "targets: [web1]\n",
            "1: targets: a list, where a mapping of targets, each with its name as key was expected"),
        Mistake(
            "target without anything", "targets:\n  web1:\n",
            "2: targets.web1: nothing, where a mapping with address, host-keys and logins was expected"),
        Mistake(
            "empty target", "targets: {web1: {}}\n",
            "1: targets.web1: \"logins\" is missing: the accounts that may be granted, as in [root, deploy]",
            "1: targets.web1: \"address\" is missing: where the target is, as in 10.0.0.7:22",
            "1: targets.web1: \"host-keys\" is missing: \"sallyport target scan ADDRESS\" prints the lines; compare them with the target's own"
        ),
        Mistake(
            "no host keys", target("address: 10.0.0.7:2022", "host-keys: []", "logins: [root]"),
            "4: targets.x.host-keys: is empty, and without a pinned key there is no connection: "
                + "\"sallyport target scan 10.0.0.7:2022\" prints the lines; compare them with the target's own"),
        Mistake(
            "integration that is none",
            target("address: h", "host-keys: [\(hostKey)]", "logins: [root]", "integration: bash"),
            "6: targets.x.integration: \"bash\" is not auto or off: there are auto, off"),
        Mistake(
            "key in the wrong place", target("adress: 10.0.0.7", "host-keys: [\(hostKey)]", "logins: [root]"),
            "3: targets.x: unknown key \"adress\": did you mean \"address\"?",
            "3: targets.x: \"address\" is missing: where the target is, as in 10.0.0.7:22"),
        Mistake(
            "secret in the file", target("address: h", "password: hunter2", "host-keys: [\(hostKey)]", "logins: [root]"),
            "4: targets.x: unknown key \"password\": secrets are not in this file but in the vault, see \"sallyport credential set\""
        ),
        Mistake(
            "name that is none", "targets:\n  web 1: {address: h, host-keys: [\(hostKey)], logins: [root]}\n",
            "2: targets: \"web 1\" is not the name of a target: letters, digits, and . _ - inside"),
        Mistake(
            "name twice in other case",
            "targets:\n  web1: {address: h, host-keys: [\(hostKey)], logins: [root]}\n  WEB1.: {address: h, host-keys: [\(hostKey)], logins: [root]}\n",
            "3: targets: the name \"web1\" is taken on line 2: names and aliases lead to one target each"),
        Mistake(
            "alias is another's name",
            "targets:\n  a: {address: h, host-keys: [\(hostKey)], logins: [root]}\n"
                + "  b: {address: h, aliases: [A], host-keys: [\(hostKey)], logins: [root]}\n",
            "3: targets.b.aliases: the name \"a\" is taken on line 2: names and aliases lead to one target each"),
        Mistake(
            "alias is the target's own name", target("address: h", "aliases: [x]", "host-keys: [\(hostKey)]", "logins: [root]"),
            "4: targets.x.aliases: the name \"x\" is taken on line 2: names and aliases lead to one target each"),
        Mistake(
            "the same key twice", web1 + "  web1:\n    address: h\n",
            "8: \"web1\" is given twice, first on line 2"),
        Mistake(
            "bad port", target("address: 10.0.0.7:70000", "host-keys: [\(hostKey)]", "logins: [root]"),
            "3: targets.x.address: \"10.0.0.7:70000\" has the port \"70000\": a port is a number from 1 to 65535"),
        Mistake(
            "port zero", target("address: 10.0.0.7:0", "host-keys: [\(hostKey)]", "logins: [root]"),
            "3: targets.x.address: \"10.0.0.7:0\" has the port \"0\": a port is a number from 1 to 65535"),
        Mistake(
            "no port after the colon", target("address: \"10.0.0.7:\"", "host-keys: [\(hostKey)]", "logins: [root]"),
            "3: targets.x.address: \"10.0.0.7:\" has the port \"\": a port is a number from 1 to 65535"),
        Mistake(
            "IPv6 without brackets", target("address: 2001:db8::1", "host-keys: [\(hostKey)]", "logins: [root]"),
            "3: targets.x.address: \"2001:db8::1\" is not an address: an IPv6 address has brackets, as in [2001:db8::1]:22"),
        Mistake(
            "half an IPv4 address", target("address: 10.1", "host-keys: [\(hostKey)]", "logins: [root]"),
            "3: targets.x.address: \"10.1\" has the host \"10.1\", which is not an IPv4 address of four numbers from 0 to 255"),
        Mistake(
            "every address", target("address: \"*:22\"", "host-keys: [\(hostKey)]", "logins: [root]"),
            "3: targets.x.address: * is no host to connect to: write the target's name or address"),
        Mistake(
            "address in a URL", target("address: ssh://10.0.0.7", "host-keys: [\(hostKey)]", "logins: [root]"),
            "3: targets.x.address: \"ssh://10.0.0.7\" has the port \"//10.0.0.7\": a port is a number from 1 to 65535"),
        Mistake(
            "flow list in the address", target("address: [2001:db8::1]:22", "host-keys: [\(hostKey)]", "logins: [root]"),
            "3: did not find expected key: check the indentation, quotes and brackets"),
        Mistake(
            "known_hosts line", target("address: h", "host-keys: [\"web1 \(hostKey)\"]", "logins: [root]"),
            "4: targets.x.host-keys: a public key line that starts with something else: leave out host names and options, and begin with the algorithm"
        ),
        Mistake(
            "base64 alone", target("address: h", "host-keys: [AAAAC3NzaC1lZDI1NTE5]", "logins: [root]"),
            "4: targets.x.host-keys: not a public key line: it is an algorithm and base64 text, as in ssh-ed25519 AAAA…"),
        Mistake(
            "cut key", target("address: h", "host-keys: [\(hostKey.dropLast(8))]", "logins: [root]"),
            "4: targets.x.host-keys: not a public key: 32 bytes expected where 26 are left"),
        Mistake(
            "no base64", target("address: h", "host-keys: [ssh-ed25519 fingerprint]", "logins: [root]"),
            "4: targets.x.host-keys: not a public key: text that is not base64"),
        Mistake(
            "fingerprint",
            target("address: h", "host-keys: [SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU]", "logins: [root]"),
            "4: targets.x.host-keys: not a public key line: it is an algorithm and base64 text, as in ssh-ed25519 AAAA…"),
        Mistake(
            "certificate", target("address: h", "host-keys: [ssh-ed25519-cert-v01@openssh.com AAAA]", "logins: [root]"),
            "4: targets.x.host-keys: a certificate, where a plain public key is expected"),
        Mistake(
            "DSA", target("address: h", "host-keys: [ssh-dss AAAAB3NzaC1kc3M=]", "logins: [root]"),
            "4: targets.x.host-keys: a DSA key: they are too weak; take another key of the same machine"),
        Mistake(
            "private key",
            "targets:\n  x:\n    address: h\n    logins: [root]\n    host-keys:\n    - |\n      -----BEGIN OPENSSH PRIVATE KEY-----\n      b3BlbnNzaC1rZXk=\n",
            "6: targets.x.host-keys: a private key, where a public key is expected: it does not belong here; remove it and make a new one"
        ),
        Mistake(
            "same key twice", target("address: h", "host-keys: [\(hostKey), \(hostKey) web1]", "logins: [root]"),
            "4: targets.x.host-keys: the same key is there twice"),
        Mistake(
            "one key as text", target("address: h", "host-keys: \(hostKey)", "logins: [root]"),
            "4: targets.x.host-keys: text, where a list of public key lines was expected"),
        Mistake(
            "login with a colon", target("address: h", "host-keys: [\(hostKey)]", "logins: [\"root:x\"]"),
            "5: targets.x.logins: \"root:x\" is not the name of a login: 1 to 64 letters, digits, and . _ @ + $ \\ -, not starting with -"
        ),
        Mistake(
            "login that is an option", target("address: h", "host-keys: [\(hostKey)]", "logins: [-oProxyCommand=sh]"),
            "5: targets.x.logins: \"-oProxyCommand=sh\" is not the name of a login: 1 to 64 letters, digits, and . _ @ + $ \\ -, not starting with -"
        ),
        Mistake(
            "login twice", target("address: h", "host-keys: [\(hostKey)]", "logins: [root, root]"),
            "5: targets.x.logins: \"root\" is there twice"),
        Mistake(
            "no login", target("address: h", "host-keys: [\(hostKey)]", "logins: []"),
            "5: targets.x.logins: is empty: nobody could log in; write the accounts that may be granted, as in [root, deploy]"),
        Mistake(
            "labels as a list", target("address: h", "labels: [prod]", "host-keys: [\(hostKey)]", "logins: [root]"),
            "4: targets.x.labels: a list, where a mapping of labels, as in env: prod was expected"),
        Mistake(
            "label with an equals sign", target("address: h", "labels: {env: a=b}", "host-keys: [\(hostKey)]", "logins: [root]"),
            "4: targets.x.labels.env: \"a=b\" is not a label: 1 to 63 letters, digits, and . _ / - are"),
        Mistake(
            "label without a value", target("address: h", "labels: {env: }", "host-keys: [\(hostKey)]", "logins: [root]"),
            "4: targets.x.labels.env: nothing, where a label: 1 to 63 letters, digits, and . _ / - are was expected"),
    ]

    /// A grant after `web1`: `name` is on line 9, `to` on 10, then `targets`, `logins`, `channels` on 13, and these from line 14 on.
    static func grant(
        to: String = "[alice]", targets: String = "[web1]", logins: String = "[root]", channels: String = "[shell]",
        _ more: String...
    )
        -> String
    {
        web1 + "grants:\n  - name: g\n    to: \(to)\n    targets: \(targets)\n    logins: \(logins)\n    channels: \(channels)\n"
            + more.map { "    \($0)\n" }.joined()
    }

    static let grants: [Mistake] = [
        Mistake(
            "grants as a mapping", "grants: {g: {}}\n",
            "1: grants: a mapping, where a list of grants, each starting with \"- name:\" was expected"),
        Mistake(
            "empty grant", web1 + "grants: [{}]\n",
            "8: grants: \"name\" is missing: a name for logs: 1 to 64 letters, digits, and . _ -",
            "8: grants: \"to\" is missing: a list of users and groups, as in [alice, group:ops]",
            "8: grants: \"targets\" is missing: a list of names and labels, as in [web1, \"env=prod\"]",
            "8: grants: \"logins\" is missing: a list of logins of these targets, as in [root]",
            "8: grants: \"channels\" is missing: a list of shell, exec and sftp"),
        Mistake("unknown group", grant(to: "[group:opps]"), "10: grants.to: there is no group \"opps\""),
        Mistake(
            "nobody", grant(to: "[]"),
            "10: grants.to: \"to\" is empty: write a list of users and groups, as in [alice, group:ops]"),
        Mistake(
            "user with a blank", grant(to: "[\"alice b\"]"),
            "10: grants.to: \"alice b\" is not the name of a user: 1 to 256 bytes without blanks and control characters are"),
        Mistake(
            "one user as text", grant(to: "alice"),
            "10: grants.to: text, where a list of users and groups, as in [alice, group:ops] was expected"),
        Mistake(
            "unknown target", grant(targets: "[wbe1]"), "11: grants.targets: there is no target \"wbe1\": did you mean \"web1\"?"),
        Mistake("unknown target, far", grant(targets: "[database]"), "11: grants.targets: there is no target \"database\""),
        Mistake(
            "pattern", grant(targets: "[\"web*\"]"),
            "11: grants.targets: there is no target \"web*\": there are no patterns; give the targets a label and write key=value"
        ),
        Mistake(
            "unknown label", grant(targets: "[\"env=prd\"]"),
            "11: grants.targets: no target has the label \"env=prd\": did you mean \"env=prod\"?"),
        Mistake(
            "unknown login", grant(logins: "[rot]"),
            "12: grants.logins: none of these targets has the login \"rot\": did you mean \"root\"?"),
        Mistake(
            "login of another case", grant(logins: "[Root]"),
            "12: grants.logins: none of these targets has the login \"Root\": did you mean \"root\"?"),
        Mistake(
            "unknown login by label", grant(targets: "[\"env=prod\"]", logins: "[postgres]"),
            "12: grants.logins: none of these targets has the login \"postgres\""),
        Mistake(
            "unknown target says nothing of its logins", grant(targets: "[db1]", logins: "[postgres]"),
            "11: grants.targets: there is no target \"db1\""),
        Mistake(
            "unknown channel", grant(channels: "[shel]"),
            "13: grants.channels: \"shel\" is not a kind of channel: did you mean \"shell\"?"),
        Mistake(
            "scp", grant(channels: "[rsync]"),
            "13: grants.channels: \"rsync\" is not a kind of channel: there are shell, exec and sftp"),
        Mistake(
            "channel of a later version", grant(channels: "[local-forward]"),
            "13: grants.channels: \"local-forward\" is not available yet: there are shell, exec and sftp"),
        Mistake(
            "no channel", grant(channels: "[]"),
            "13: grants.channels: \"channels\" is empty: write a list of shell, exec and sftp"),
        Mistake(
            "range with host bits", grant("from: [10.1.2.3/8]"),
            "14: grants.from: \"10.1.2.3/8\" has bits after its prefix: 10.0.0.0/8 is the range, 10.1.2.3 the one address"),
        Mistake(
            "IPv6 range with host bits", grant("from: [\"2001:db8::1/32\"]"),
            "14: grants.from: \"2001:db8::1/32\" has bits after its prefix: 2001:db8::/32 is the range, 2001:db8::1 the one address"
        ),
        Mistake(
            "prefix too long", grant("from: [10.0.0.0/33]"),
            "14: grants.from: \"10.0.0.0/33\" is not an address range: write one such as 10.0.0.0/8, 2001:db8::/32, or one address"
        ),
        Mistake(
            "name as a range", grant("from: [office]"),
            "14: grants.from: \"office\" is not an address range: write one such as 10.0.0.0/8, 2001:db8::/32, or one address"),
        Mistake(
            "from nowhere", grant("from: []"),
            "14: grants.from: \"from\" is empty: write a list of address ranges, as in [10.0.0.0/8]"),
        Mistake(
            "no such day", grant("until: 2026-02-30"),
            "14: grants.until: \"2026-02-30\" is not a date such as 2026-12-31, or a time such as 2026-12-31T18:00:00Z"),
        Mistake(
            "time without a zone", grant("until: 2026-12-31T18:00:00"),
            "14: grants.until: \"2026-12-31T18:00:00\" is not a date such as 2026-12-31, or a time such as 2026-12-31T18:00:00Z"),
        Mistake(
            "hours of a zone", grant("hours: Mon-Fri 08:00-18:00 CET"),
            "14: grants.hours: \"Mon-Fri 08:00-18:00 CET\" is not hours such as \"Mon-Fri 08:00-18:00 UTC\", always in UTC"),
        Mistake(
            "no hours", grant("hours: []"),
            "14: grants.hours: is empty: write hours such as \"Mon-Fri 08:00-18:00 UTC\", always in UTC"),
        Mistake(
            "condition without a line left", grant("from:", "#- 10.0.0.0/8"),
            "14: grants.from: is empty: take the key \"from\" out as well, if there shall be no such condition"),
        Mistake(
            "end without a date", grant("until: ~"),
            "14: grants.until: is empty: take the key \"until\" out as well, if there shall be no such condition"),
        Mistake(
            "hours of nothing", grant("hours: null"),
            "14: grants.hours: is empty: take the key \"hours\" out as well, if there shall be no such condition"),
        Mistake(
            "everybody", grant(to: "[\"*\"]"),
            "10: grants.to: \"*\" is a pattern, and there are none: name the users, or a group as group:NAME"),
        Mistake(
            "name with an invisible letter", grant(to: "[\"alice\u{FE0F}\"]"),
            "10: grants.to: \"alice\\u{fe0f}\" is not the name of a user: 1 to 256 bytes without blanks and control characters are"
        ),
        Mistake(
            "guard that is none", grant("guard: enforced"),
            "14: grants.guard: \"enforced\" is not off, observe or enforce: did you mean \"enforce\"?"),
        Mistake(
            "guard as yes", grant("guard: true"),
            "14: grants.guard: \"true\" is not off, observe or enforce: there are off, observe, enforce"),
        Mistake("unknown key", grant("untill: 2026-12-31"), "14: grants: unknown key \"untill\": did you mean \"until\"?"),
        Mistake(
            "name taken", grant() + "  - {name: g, to: [bob], targets: [web1], logins: [root], channels: [shell]}\n",
            "14: grants.name: the name \"g\" is taken by the grant on line 9"),
        Mistake(
            "name that breaks the log",
            web1 + "grants:\n  - {name: \"a\\nb\", to: [bob], targets: [web1], logins: [root], channels: [shell]}\n",
            "9: grants.name: \"a\\u{a}b\" is not a name for logs: 1 to 64 letters, digits, and . _ -"),
    ]

    static let groups: [Mistake] = [
        Mistake("group as text", "groups: {ops: alice}\n", "1: groups.ops: text, where a list of users was expected"),
        Mistake(
            "tag", "groups: {ops: [!secret alice]}\n", "1: groups.ops: the tag \"!secret\" is not read: write the value itself"),
        Mistake(
            "tag of a list", "groups: {ops: !!set [alice]}\n",
            "1: groups.ops: the tag \"tag:yaml.org,2002:set\" is not read: write the value itself"),
        Mistake("group of nothing", "groups: {ops: }\n", "1: groups.ops: nothing, where a list of users was expected"),
        Mistake(
            "group in a group", "groups: {ops: [group:dev]}\n",
            "1: groups.ops: \"group:dev\" is a group, where users are expected: groups hold no groups"),
        Mistake(
            "list of groups", "groups: [ops]\n",
            "1: groups: a list, where a mapping of groups, as in ops: [alice, bob] was expected"),
        Mistake(
            "group with a blank", "groups: {ops team: [alice]}\n",
            "1: groups: \"ops team\" is not the name of a group: 1 to 64 letters, digits, and . _ -"),
        Mistake(
            "user that is a mapping", "groups: {ops: [{name: alice}]}\n",
            "1: groups.ops: a mapping, where the name of a user was expected"),
        Mistake(
            "group's name without group:",
            "groups: {ops: [alice]}\n" + web1
                + "grants:\n- {name: g, to: [ops], targets: [web1], logins: [root], channels: [shell]}\n",
            "10: grants.to: \"ops\" is the name of a group: write \"group:ops\", or give the group another name"),
        Mistake(
            "almost a group",
            "groups: {ops: [alice]}\n" + web1
                + "grants:\n- {name: g, to: [group:opps], targets: [web1], logins: [root], channels: [shell]}\n",
            "10: grants.to: there is no group \"opps\": did you mean \"ops\"?"),
    ]
}
