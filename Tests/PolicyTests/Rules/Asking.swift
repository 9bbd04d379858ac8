import Testing

@testable import Policy

/// `command:` of a rule as tests write it.
struct Asked {
    var program: [String] = []
    var subcommand: [String] = []
    var flags: [String] = []
    var arguments: [String] = []
    var operands: String?
    var redirections: [String] = []
    var variables: [String] = []
    var input: [String] = []
    var via: [String] = []
    var unless: [Asked] = []

    func matcher() throws -> CommandMatcher {
        var matcher = CommandMatcher()
        matcher.programs = ProgramPatterns(try program.map { try #require(ProgramPattern($0)) })
        matcher.subcommands = try subcommand.map { try #require(SubcommandPattern($0)) }
        matcher.flags = try flags.map { try #require(FlagPattern($0)) }
        matcher.arguments = try arguments.map { try #require(ArgumentPattern($0)) }
        matcher.operands = try operands.map { try #require(OperandCount($0)) }
        matcher.redirections = try redirections.map { try #require(RedirectionPattern($0)) }
        matcher.variables = try variables.map { try #require(VariablePattern($0)) }
        matcher.input = ProgramPatterns(try input.map { try #require(ProgramPattern($0)) })
        matcher.via = ProgramPatterns(try via.map { try #require(ProgramPattern($0)) })
        matcher.unless = try unless.map { try $0.matcher() }
        return matcher
    }

    /// What it says about the strictest command of the line: `no`, `maybe` or `yes`.
    func answer(to line: String, login: String? = nil) throws -> Answer {
        let matcher = try matcher()
        return CommandReader.read(line).commands.map { command in
            Answer(matcher.match(CommandFacts(command, in: Situation(login: login))))
        }.max() ?? .no
    }
}

enum Answer: Int, Comparable {
    case no, maybe, yes

    init(_ match: Match) {
        self =
            switch match {
            case .no: .no
            case .maybe: .maybe
            case .yes: .yes
            }
    }

    static func < (a: Answer, b: Answer) -> Bool { a.rawValue < b.rawValue }
}

/// A command matcher, a line, and what it says to it.
struct Vector: CustomTestStringConvertible, Sendable {
    let expected: Answer
    let line: String

    init(_ expected: Answer, _ line: String) {
        self.expected = expected
        self.line = line
    }

    var testDescription: String { line }
}

extension PolicyRule {
    init(_ name: String, _ matchers: [RuleMatcher], _ verdict: PolicyVerdict, accepts: Bool = false, isEnforced: Bool = true) {
        self.init(name: name, matchers: matchers, verdict: verdict, isEnforced: isEnforced, acceptsUncertain: accepts)
    }

    /// A rule about a command.
    init(_ name: String, _ asked: Asked, _ verdict: PolicyVerdict, accepts: Bool = false, isEnforced: Bool = true) throws {
        self.init(name, [.command(try asked.matcher())], verdict, accepts: accepts, isEnforced: isEnforced)
    }
}
