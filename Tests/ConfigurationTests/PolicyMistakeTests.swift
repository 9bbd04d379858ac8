import Testing

@testable import Configuration

/// Mistakes in `policy.yaml`, each with the message that tells it.
struct PolicyMistakeTests {
    @Test(arguments: file + rules + conditions)
    func `a mistake in a rule is told with its line and column`(mistake: Mistake) {
        let read = readPolicy(mistake.text)
        #expect(read.problems == mistake.expected)
        #expect(read.rules == nil)
    }

    @Test(arguments: commands + others + tests)
    func `a mistake in a matcher or a test is told with its line and column`(mistake: Mistake) {
        let read = readPolicy(mistake.text)
        #expect(read.problems == mistake.expected)
        #expect(read.rules == nil)
    }

    static let head = "default: allow\nuncertain: approve\n"

    /// A rule whose lines after the name, from line 5 on, are these.
    static func rule(_ lines: String...) -> String { head + "rules:\n  - name: x\n" + lines.map { "    \($0)\n" }.joined() }
    /// A rule that blocks what this matcher says, which is on line 5 and begins in column 14.
    static func match(_ matcher: String) -> String { rule("match: {\(matcher)}", "verdict: block") }
    /// What begins in column 23.
    static func command(_ conditions: String) -> String { match("command: {\(conditions)}") }
    static func test(_ lines: String...) -> String { head + "rules: []\ntests:\n" + lines.map { "  \($0)\n" }.joined() }

    @Test(arguments: masks) func `a mistake about masks is told with its line and column`(mistake: Mistake) {
        let read = readPolicy(mistake.text)
        #expect(read.problems == mistake.expected)
        #expect(read.rules == nil)
    }

    static func mask(_ lines: String...) -> String {
        head + "rules: []\nmask:\n" + lines.map { "  \($0)\n" }.joined()
    }

    static let masks: [Mistake] = [
        Mistake(
            "a word that is none", mask("exec: sometimes"),
            "5:9: mask.exec: \"sometimes\" is not what is masked without a terminal: there are text, never, always"),
        Mistake(
            "a time without a unit", mask("release-after: 40"),
            "5:18: mask.release-after: \"40\" is not a time from 1ms to 2000ms, such as 40ms"),
        Mistake(
            "a rule that is near one", mask("rules: [{name: github-tokn, action: mask}]"),
            "5:18: mask.rules.name: the catalogue has no rule \"github-tokn\": did you mean \"github-token\"?"),
        Mistake(
            "a rule without an action", mask("rules: [{name: github-token}]"),
            "5:18: mask.rules.name: has no action: write off, report, mask, alert or end-session"),
        Mistake(
            "an action that is none", mask("rules: [{name: github-token, action: hide}]"),
            "5:40: mask.rules.action: \"hide\" is not an action: there are off, report, mask, alert, end-session"),
        Mistake(
            "a name of the catalogue", mask("rules: [{name: github-token, pattern: x1}]"),
            "5:18: mask.rules.name: the catalogue has a rule \"github-token\": give yours another name"),
        Mistake(
            "a name twice", mask("rules:", "  - {name: a, pattern: xyz}", "  - {name: a, words: [xyz]}"),
            "7:14: mask.rules.name: the name \"a\" is taken by the rule on line 6"),
        Mistake(
            "a pattern and words", mask("rules: [{name: a, pattern: x, words: [xyz]}]"),
            "5:11: mask.rules: has pattern and words: a rule has one of them"),
        Mistake(
            "a pattern that cannot be looked for", mask("rules: [{name: a, pattern: \"(?=x)y\"}]"),
            "5:30: mask.rules.pattern: cannot be looked for: column 1: only plain groups `(…)` and `(?:…)`: no look-around, no flags, no names"
        ),
        Mistake(
            "columns where nothing is masked",
            rule("match: {command: {program: x}}", "verdict: allow", "mask: {columns: [a]}"),
            "7:11: rules.mask: is for rules with verdict mask, and this one has allow"),
        Mistake(
            "an output without what is seen", test("- output: x"),
            "5:5: tests: \"shows\" is missing: what is to be seen of the output"),
    ]

    static let file: [Mistake] = [
        Mistake(
            "empty mapping", "{}",
            "1:1: \"default\" is missing: the verdict for what no rule names: allow, mask, approve or block",
            "1:1: \"uncertain\" is missing: the verdict for what cannot be known before it runs: allow, mask, approve or block",
            "1:1: \"rules\" is missing: a list of rules, each starting with \"- name:\"; rules: [] for none"),
        Mistake("list", "- x\n", "1:1: a list, where a mapping with default, uncertain and rules was expected"),
        Mistake(
            "unknown key", "defualt: allow\nuncertain: allow\nrules: []\n",
            "1:1: unknown key \"defualt\": did you mean \"default\"?",
            "1:1: \"default\" is missing: the verdict for what no rule names: allow, mask, approve or block"),
        Mistake(
            "verdict", "default: allow\nuncertain: blok\nrules: []\n",
            "2:12: uncertain: \"blok\" is not a verdict: did you mean \"block\"?"),
        Mistake(
            "no verdict at all", "default: perhaps\nuncertain: allow\nrules: []\n",
            "1:10: default: \"perhaps\" is not a verdict: there are allow, mask, approve, block"),
        Mistake(
            "rules that are none", head + "rules: x\n",
            "3:8: rules: text, where a list of rules, each starting with \"- name:\" was expected"),
        Mistake(
            "rule that is none", head + "rules: [x]\n",
            "3:9: rules: text, where a mapping with name, match and verdict was expected"),
        Mistake("a tab", head + "rules:\n\t- x\n", "4:1: a tab: YAML indents with spaces"),
        Mistake("the same key twice", head + "rules: []\nrules: []\n", "4:1: \"rules\" is given twice, first on line 3"),
    ]

    static let rules: [Mistake] = [
        Mistake(
            "nothing but a name", rule(),
            "4:5: rules: \"match\" is missing: what the rule is about: command, sql, kubernetes, text or file",
            "4:5: rules: \"verdict\" is missing: allow, mask, approve, block or guard"),
        Mistake(
            "guard of what cannot be followed", rule("match: [{text: x}]", "verdict: guard"),
            "6:14: rules.verdict: guard is for programs that are followed: each entry of match has to be command with program"),
        Mistake(
            "guard of any program", rule("match: {command: {via: sudo}}", "verdict: guard"),
            "6:14: rules.verdict: guard is for programs that are followed: each entry of match has to be command with program"),
        Mistake(
            "guard for everything", "default: guard\nuncertain: allow\nrules: []\n",
            "1:10: default: \"guard\" is not a verdict: there are allow, mask, approve, block"),
        Mistake(
            "no name", head + "rules:\n  - match: {text: x}\n    verdict: block\n",
            "4:5: rules: \"name\" is missing: a name that users are shown: 1 to 64 letters, digits, and . _ -"),
        Mistake(
            "name with a blank", head + "rules:\n  - {name: a b, match: {text: x}, verdict: block}\n",
            "4:12: rules.name: \"a b\" is not a name that users are shown: 1 to 64 letters, digits, and . _ -"),
        Mistake(
            "name twice",
            head + "rules:\n  - {name: a, match: {text: x}, verdict: block}\n  - {name: a, match: {text: y}, verdict: block}\n",
            "5:12: rules.name: the name \"a\" is taken by the rule on line 4"),
        Mistake(
            "unknown key", rule("macth: {text: x}", "match: {text: x}", "verdict: block"),
            "5:5: rules: unknown key \"macth\": did you mean \"match\"?"),
        Mistake(
            "verdict", rule("match: {text: x}", "verdict: aprove"),
            "6:14: rules.verdict: \"aprove\" is not a verdict: did you mean \"approve\"?"),
        Mistake(
            "message of two lines", rule("match: {text: x}", "verdict: block", "message: \"a\\nb\""),
            "7:14: rules.message: has to be one line of 1 to 280 bytes without control characters: users see it in a terminal"),
        Mistake(
            "enforce", rule("match: {text: x}", "verdict: block", "enforce: yes"),
            "7:14: rules.enforce: \"yes\" is not true or false"),
        Mistake(
            "accepting with a strict verdict", rule("match: {text: x}", "verdict: block", "accept-uncertain: true"),
            "7:23: rules.accept-uncertain: is for rules with verdict allow or mask, and this one has block"),
        Mistake(
            "no matcher", rule("match: []", "verdict: block"),
            "5:12: rules.match: is empty: write what the rule is about: command, sql, kubernetes, text or file, or take the key out"
        ),
        Mistake(
            "matcher that is text", rule("match: rm", "verdict: block"),
            "5:12: rules.match: text, where a mapping with one of command, sql, kubernetes, text, file was expected"),
        Mistake(
            "empty matcher", match(""),
            "5:12: rules.match: is empty: write what the rule is about: command, sql, kubernetes, text or file"),
        Mistake(
            "misspelt matcher", match("comand: {program: rm}"),
            "5:13: rules.match: unknown key \"comand\": did you mean \"command\"?"),
        Mistake(
            "two matchers in one", match("command: {program: rm}, text: x"),
            "5:12: rules.match: has command and text: one entry has one of them; begin the next one with \"- text:\""),
    ]

    static let conditions: [Mistake] = [
        Mistake(
            "nothing", rule("for:", "match: {text: x}", "verdict: block"),
            "5:9: rules.for: is empty: take the key \"for\" out as well, if there shall be no such condition"),
        Mistake(
            "empty", rule("for: {}", "match: {text: x}", "verdict: block"),
            "5:10: rules.for: is empty: take the key \"for\" out as well, if the rule is for everybody"),
        Mistake(
            "unknown key", rule("for: {user: a}", "match: {text: x}", "verdict: block"),
            "5:11: rules.for: unknown key \"user\": did you mean \"users\"?"),
        Mistake(
            "group", rule("for: {users: [group:opps]}", "match: {text: x}", "verdict: block"),
            "5:19: rules.for.users: there is no group \"opps\": did you mean \"ops\"?"),
        Mistake(
            "group without its word", rule("for: {users: ops}", "match: {text: x}", "verdict: block"),
            "5:18: rules.for.users: \"ops\" is the name of a group: write \"group:ops\", or give the group another name"),
        Mistake(
            "target", rule("for: {targets: [webb1]}", "match: {text: x}", "verdict: block"),
            "5:21: rules.for.targets: there is no target \"webb1\": did you mean \"web1\"?"),
        Mistake(
            "label", rule("for: {targets: [\"env=prd\"]}", "match: {text: x}", "verdict: block"),
            "5:21: rules.for.targets: no target has the label \"env=prd\": did you mean \"env=prod\"?"),
        Mistake(
            "login", rule("for: {logins: roto}", "match: {text: x}", "verdict: block"),
            "5:19: rules.for.logins: no target has the login \"roto\": did you mean \"root\"?"),
        Mistake(
            "channel", rule("for: {channels: sfpt}", "match: {text: x}", "verdict: block"),
            "5:21: rules.for.channels: \"sfpt\" is not a kind of channel: did you mean \"sftp\"?"),
        Mistake(
            "hours", rule("for: {hours: always}", "match: {text: x}", "verdict: block"),
            "5:18: rules.for.hours: \"always\" is not hours such as \"Mon-Fri 08:00-18:00 UTC\", always in UTC"),
        Mistake(
            "empty list", rule("for: {users: []}", "match: {text: x}", "verdict: block"),
            "5:18: rules.for.users: is empty: write users and groups, as in [alice, group:ops], or take the key out"),
    ]

    static let commands: [Mistake] = [
        Mistake(
            "empty", command(""),
            "5:22: rules.match.command: is empty, and would be about every command: write a mapping with program, subcommand, flags, arguments, operands, redirections, variables, input, via, unless"
        ),
        Mistake(
            "unknown key", command("programm: rm"),
            "5:23: rules.match.command: unknown key \"programm\": did you mean \"program\"?"),
        Mistake(
            "null", command("program: "),
            "5:32: rules.match.command.program: is empty: take the key \"program\" out as well, if there shall be no such condition"
        ),
        Mistake(
            "program group", command("program: group:shels"),
            "5:32: rules.match.command.program: there is no group of programs \"shels\": did you mean \"shells\"?"),
        Mistake(
            "program with a subcommand", command("program: git push"),
            "5:32: rules.match.command.program: \"git push\" is more than a program: write program: git and subcommand: push"),
        Mistake(
            "program with an open bracket", command("program: \"rm[\""),
            "5:32: rules.match.command.program: \"rm[\" is not the name of a program, a path, or group:NAME: the \"[\" has no \"]\"; write \\[ for the character itself"
        ),
        Mistake(
            "flag without a dash", command("program: rm, flags: [r]"),
            "5:44: rules.match.command.flags: \"r\" is not a flag: -x, --name or -name, with | between alternatives and =GLOB for a value"
        ),
        Mistake(
            "cluster", command("program: rm, flags: [\"-rf\"]"),
            "5:44: rules.match.command.flags: \"-rf\" would be one flag of that name: for several letters in any order write [\"-r\", \"-f\"]"
        ),
        Mistake(
            "another's home", command("program: rm, arguments: [~bob/x]"),
            "5:48: rules.match.command.arguments: \"~bob/x\" is not a pattern for an argument: only the login's own home directory is known, as ~ or ~/…"
        ),
        Mistake(
            "number of operands", command("program: sh, operands: none"),
            "5:46: rules.match.command.operands: \"none\" is not a number of operands: \"0\", \"1\", \"2+\" or \"1-3\""),
        Mistake(
            "redirection", command("redirections: etc"),
            "5:37: rules.match.command.redirections: \"etc\" is not a redirection: \"> PATH\", \"< PATH\" or PATH, with / or ~ in front"
        ),
        Mistake(
            "variable", command("variables: \"=x\""),
            "5:34: rules.match.command.variables: \"=x\" is not a variable: NAME or NAME=GLOB"),
        Mistake(
            "too many words", command("program: x, subcommand: a b c d e f g h i"),
            "5:47: rules.match.command.subcommand: \"a b c d e f g h i\" is not one to eight words, as in \"compute instances delete\""
        ),
        Mistake(
            "unless with a program", command("program: x, unless: {program: y}"),
            "5:43: rules.match.command.unless: \"unless\" has no \"program\": it is about the same command"),
        Mistake(
            "unless misspelt inside", command("program: x, unless: {flag: \"-n\"}"),
            "5:44: rules.match.command.unless: unknown key \"flag\": did you mean \"flags\"?"),
        Mistake(
            "mapping in a list", command("program: [{a: b}]"),
            "5:33: rules.match.command.program: a mapping, where the name of a program was expected"),
        Mistake(
            "too long", command("program: x, arguments: [\(String(repeating: "a", count: 1001))]"),
            "5:47: rules.match.command.arguments: has 1001 bytes; at most 1000 are accepted"),
    ]

    static let others: [Mistake] = [
        Mistake(
            "text", match("text: '(abc'"), "5:19: rules.match.text: \"(abc\" is not a regular expression of RE2: missing ): (abc"),
        Mistake(
            "text that looks behind", match("text: '(?<=x)y'"),
            "5:19: rules.match.text: \"(?<=x)y\" is not a regular expression of RE2: invalid perl operator: (?<"),
        Mistake("empty text", match("text: ''"), "5:19: rules.match.text: is empty, and would be found in every line"),
        Mistake("sql", match("sql: {}"), "5:18: rules.match.sql: is empty: write at least one of statements, tables"),
        Mistake(
            "statement", match("sql: {statements: [DELET]}"),
            "5:32: rules.match.sql.statements: \"DELET\" is not a kind of statement: did you mean \"DELETE\"?"),
        Mistake(
            "no statement at all", match("sql: {statements: everything}"),
            "5:31: rules.match.sql.statements: \"everything\" is not a kind of statement: begin with a verb such as SELECT, DELETE, DROP or GRANT"
        ),
        Mistake(
            "without where", match("sql: {statements: DROP without WHERE}"),
            "5:31: rules.match.sql.statements: \"DROP without WHERE\" is not a kind of statement: only DELETE and UPDATE can be without WHERE"
        ),
        Mistake(
            "kubernetes", match("kubernetes: {}"),
            "5:25: rules.match.kubernetes: is empty: write at least one of verbs, resources, namespaces"),
        Mistake(
            "kubernetes key", match("kubernetes: {resource: pods}"),
            "5:26: rules.match.kubernetes: unknown key \"resource\": did you mean \"resources\"?"),
        Mistake(
            "three words", match("kubernetes: {verbs: a b c}"),
            "5:33: rules.match.kubernetes.verbs: \"a b c\" is not a verb of one or two words"),
        Mistake(
            "file", match("file: {}"), "5:19: rules.match.file: is empty: write at least one of operations, paths, larger-than"),
        Mistake(
            "operation", match("file: {operations: [wirte]}"),
            "5:33: rules.match.file.operations: \"wirte\" is not a file operation: did you mean \"write\"?"),
        Mistake(
            "no operation at all", match("file: {operations: chmod}"),
            "5:32: rules.match.file.operations: \"chmod\" is not a file operation: there are read, write, remove, rename, mkdir, setstat, symlink, list"
        ),
        Mistake(
            "relative path", match("file: {paths: etc/passwd}"),
            "5:27: rules.match.file.paths: \"etc/passwd\" is not a path: from / or ~ on, or **/NAME for any place"),
        Mistake(
            "size", match("file: {larger-than: 2 gigs}"),
            "5:33: rules.match.file.larger-than: \"2 gigs\" is not a size such as 100MB or 2GiB"),
    ]

    static let tests: [Mistake] = [
        Mistake(
            "about nothing", test("- verdict: block"),
            "5:5: tests: is about nothing: write command: LINE, file: OPERATION PATH or output: TEXT"
        ),
        Mistake(
            "about two", test("- {command: x, file: read /x, verdict: block}"),
            "5:5: tests: has command and file: a test is about one of them"),
        Mistake("no verdict", test("- command: x"), "5:5: tests: \"verdict\" is missing: allow, mask, approve or block"),
        Mistake(
            "file operation", test("- {file: raed /x, verdict: block}"),
            "5:12: tests.file: \"raed /x\" is not an operation and a path, as in write /etc/shadow: did you mean \"read\"?"),
        Mistake(
            "no path", test("- {file: read, verdict: block}"),
            "5:12: tests.file: \"read\" is not an operation and a path, as in write /etc/shadow"),
        Mistake(
            "rule",
            head + "rules: [{name: abc, match: {text: x}, verdict: block}]\ntests: [{command: x, verdict: block, rule: abd}]\n",
            "4:44: tests.rule: there is no rule \"abd\": did you mean \"abc\"?"),
        Mistake(
            "target", test("- {command: x, verdict: block, target: wbe1}"),
            "5:42: tests.target: there is no target \"wbe1\": did you mean \"web1\"?"),
        Mistake(
            "login", test("- {command: x, verdict: block, login: rot}"),
            "5:41: tests.login: no target has the login \"rot\": did you mean \"root\"?"),
        Mistake(
            "channel", test("- {command: x, verdict: block, channel: shel}"),
            "5:43: tests.channel: \"shel\" is not a kind of channel: did you mean \"shell\"?"),
        Mistake(
            "key", test("- {comand: x, verdict: block}"),
            "5:5: tests: is about nothing: write command: LINE, file: OPERATION PATH or output: TEXT",
            "5:6: tests: unknown key \"comand\": did you mean \"command\"?"),
    ]
}
