import Testing

@testable import Policy

/// A line, the commands that carriers make of it in the order of the reading, and the doubts.
///
/// Commands are written as `ReadingDump` writes them, with `sudo> ` in front for each carrier.
struct CarrierVector: Sendable, CustomTestStringConvertible {
    let line: String
    let leads: [String]
    let doubts: [Doubt.Kind]

    init(_ line: String, _ leads: String..., doubts: [Doubt.Kind] = []) {
        self.line = line
        self.leads = leads
        self.doubts = doubts
    }

    var testDescription: String { line }

    static let all = [
        privileges, processes, shells, builtins, interpreters, repeaters, remotes, git, containers, terminals, editors, files,
        services, hooks, others,
    ].flatMap(\.self)
}

extension CommandReading {
    /// The commands that something carries.
    var carried: [String] {
        commands.filter { !$0.carriers.isEmpty }.map { $0.carriers.map { "\($0)> " }.joined() + $0.dump }
    }
}
