import Policy
import Testing

@testable import Configuration

/// A text with mistakes, and the words that they are told with.
struct Mistake: CustomTestStringConvertible, Sendable {
    let what: String
    let text: String
    /// Whole messages, `line: message` for the line's number in `text`.
    let expected: [String]

    init(_ what: String, _ text: String, _ expected: String...) {
        self.what = what
        self.text = text
        self.expected = expected
    }

    var testDescription: String { what }
}

/// Reads `text` as `access.yaml`: the rules, or the mistakes as `line: message`.
func readAccess(_ text: String) -> (rules: AccessRules?, problems: [String]) { readAccess(Array(text.utf8)) }

func readAccess(_ bytes: [UInt8]) -> (rules: AccessRules?, problems: [String]) {
    let problems = Problems()
    let document = Document(file: "access.yaml", problems: problems)
    let rules = document.root(of: bytes).flatMap { AccessDocument.rules($0, in: document) }
    return (rules, problems.lines)
}

/// Reads `text` as `/etc/sallyport/sallyport.yaml`, without looking for other files.
func readDaemon(_ text: String) -> (configuration: DaemonConfiguration?, problems: [String]) {
    let problems = Problems()
    let document = Document(file: "/etc/sallyport/sallyport.yaml", problems: problems)
    let configuration = document.root(of: Array(text.utf8)).flatMap { DaemonDocument($0, in: document).configuration }
    return (configuration, problems.lines)
}

/// What is warned of, as `line: message`, for an `access.yaml` and a `policy.yaml` that goes with it. Both have to be without mistakes.
func readWarnings(access: String, policy: String = "default: allow\nuncertain: allow\nrules: []\n") throws -> [String] {
    let problems = Problems()
    let document = Document(file: "access.yaml", problems: problems)
    let rules = document.root(of: Array(access.utf8)).flatMap { AccessDocument.rules($0, in: document) }
    let other = Document(file: "policy.yaml", problems: problems, tellsColumns: true)
    let read = other.root(of: Array(policy.utf8)).flatMap { PolicyDocument.rules($0, in: other, access: rules) }
    #expect(problems.lines == [])
    _ = try #require(read)
    return problems.warnings.map { "\($0.line.map(String.init) ?? "-"): \($0.message)" }
}

extension Problems {
    fileprivate var lines: [String] {
        guard count > 0 else { return [] }
        return errors().problems.map { "\($0.line.map(String.init) ?? "-"): \($0.message)" }
    }
}

/// Public halves of keys that were made for these tests and thrown away.
let hostKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKqiUyiUQVx21SYgFrsQUjp8SIaZpiS99o5q7cAl8BAq"
let otherHostKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDikiVJinKjoS0ZX5OSVfZffu1jUNMh4zDCJ9auqLxfY"

/// Reads `text` as `policy.yaml`: the rules, or the mistakes as `line:column: message`. There are the group `ops`, the targets `web1` (alias `www`)
/// and `db1`, the label `env=prod` and the logins `root` and `postgres`.
func readPolicy(_ text: String, knowingAccess: Bool = true) -> (rules: PolicyRules?, problems: [String]) {
    let access = readAccess(
        """
        groups: {ops: [alice]}
        targets:
          web1: {address: h, aliases: [www], labels: {env: prod}, host-keys: [\(hostKey)], logins: [root]}
          db1: {address: h, host-keys: [\(hostKey)], logins: [postgres]}
        """
    ).rules
    let problems = Problems()
    let document = Document(file: "policy.yaml", problems: problems, tellsColumns: true)
    let rules = document.root(of: Array(text.utf8)).flatMap {
        PolicyDocument.rules($0, in: document, access: knowingAccess ? access : nil)
    }
    guard problems.count > 0 else { return (rules, []) }
    let lines = problems.errors().problems.map { problem in
        "\(problem.line.map(String.init) ?? "-"):\(problem.column.map(String.init) ?? "-"): \(problem.message)"
    }
    return (rules, lines)
}
