import Guard
import Testing

@testable import Policy

/// Rules with the verdict `guard`.
@Suite struct GuardVerdictTests {
    private func policy(default verdict: PolicyVerdict = .block, uncertain: PolicyVerdict = .approve) throws -> PolicyRules {
        let matcher = try Asked(program: ["bash", "sh", "zsh", "psql", "tmux"]).matcher()
        return PolicyRules(
            default: verdict, uncertain: uncertain,
            rules: [
                PolicyRule(name: "follow", matchers: [.command(matcher)], verdict: .allow, guardsProgram: true),
                try PolicyRule("starters", Asked(program: ["sudo", "su", "env", "cd", "ls"]), .allow),
            ])
    }

    private func judge(_ text: String, _ policy: PolicyRules, isGuarded: Bool = true, _ input: StandardInput = .terminal)
        -> (Judgement, KeyboardReader)
    {
        let reading = CommandReader.read(text, standardInput: input)
        let situation = Situation(isGuarded: isGuarded)
        let judgement = policy.judge(command: Array(text.utf8), reading: reading, standardInput: input, in: situation)
        return (judgement, policy.keyboardReader(of: reading, judgement, language: .bash))
    }

    @Test(arguments: [
        ("bash", KeyboardReader.shell), ("bash -l", .shell), ("sudo bash", .shell), ("sudo -i", .shell), ("su -", .shell),
        ("env A=1 zsh", .shell), ("psql db", .psql), ("cd /x && bash", .shell),
    ])
    func `a program that is followed is allowed`(text: String, reader: KeyboardReader) throws {
        let (judgement, keyboard) = judge(text, try policy())
        #expect(judgement.verdict == .allow)
        #expect(judgement.doubts.isEmpty)
        #expect(keyboard == reader)
    }

    @Test(arguments: ["tmux", "bash > log", "bash --norc", "bash; psql", "ls | bash"])
    func `one that cannot be followed is uncertain`(text: String) throws {
        let (judgement, keyboard) = judge(text, try policy())
        #expect(judgement.verdict == .approve)
        #expect(judgement.rule == nil)
        #expect(judgement.isUncertain)
        #expect(!keyboard.isFollowed)
        #expect(judge(text, try policy(uncertain: .block)).0.verdict == .block)
        #expect(judge(text, try policy(uncertain: .allow)).0.verdict == .allow)
    }

    @Test func `where nothing is guarded, or nobody types, it is uncertain`() throws {
        #expect(judge("bash", try policy(), isGuarded: false).0.verdict == .approve)
        #expect(judge("bash", try policy(), .stream).0.verdict == .approve)
        let said = judge("bash", try policy(), isGuarded: false).0.doubts.map(\.text)
        #expect(said.contains("what is typed into `bash` can be judged only at a terminal that is guarded, by itself"))
    }

    @Test func `a stricter rule counts all the same`() throws {
        let matcher = try Asked(program: ["bash"]).matcher()
        let policy = PolicyRules(
            default: .allow, uncertain: .approve,
            rules: [
                PolicyRule(name: "follow", matchers: [.command(matcher)], verdict: .allow, guardsProgram: true),
                try PolicyRule("no", Asked(program: ["bash"], via: ["sudo"]), .block),
            ])
        #expect(judge("sudo bash", policy).0.rule == "no")
        #expect(judge("bash", policy).0.verdict == .allow)
    }

    @Test func `a program that no rule wants followed reads what is typed itself`() throws {
        let policy = PolicyRules(default: .allow, uncertain: .approve, rules: [])
        let (judgement, keyboard) = judge("bash", policy)
        #expect(judgement.verdict == .allow)
        #expect(keyboard == .program)
    }

    @Test func `a statement of a client that is followed is allowed by its rule`() throws {
        let line = TypedLine(text: Array("select 1;".utf8), language: .psql)
        let judgement = try policy().judge(line, reading: line.reading, in: Situation(isGuarded: true))
        #expect(judgement.verdict == .allow)
        #expect(judgement.rule == "follow")
    }

    @Test(arguments: [
        "bash -c ls", "bash --version", "sh -lc 'ls; ls'", "sudo sh -c ls", "psql -c 'select 1'", "psql --version", "bash <<< ls",
        "psql <<< 'select 1;'",
    ])
    func `a program that is given all it runs needs nobody to follow it`(text: String) throws {
        let (judgement, _) = judge(text, try policy(), isGuarded: false, .stream)
        #expect(judgement.verdict == .allow)
        #expect(judgement.doubts.isEmpty)
    }

    @Test func `a shadow rule follows nothing`() throws {
        let matcher = try Asked(program: ["bash"]).matcher()
        let rule = PolicyRule(name: "f", matchers: [.command(matcher)], verdict: .allow, isEnforced: false, guardsProgram: true)
        let policy = PolicyRules(default: .allow, uncertain: .approve, rules: [rule])
        #expect(judge("bash", policy).1 == .program)
    }
}
