import EndToEndHarness
import Foundation
import Testing

/// alice, whose commands wait; bob and carol, who may decide; eve, whom nobody named.
final class ApprovalScene {
    let target: Target
    let bastion: Instance
    let alice: User
    let bob: User
    let carol: User
    let eve: User

    static let rules = """
        rules:
          - name: no-forbidden
            match: {command: {program: forbidden}}
            verdict: block
          - name: second-pair-of-eyes
            match: {command: {program: id}}
            verdict: approve
          - name: two-pairs-of-eyes
            match: {command: {program: hostname}}
            verdict: approve
            approval: {by: [group:leads], count: 2, reason: required}
          - name: short-patience
            match: {command: {program: uptime}}
            verdict: approve
            approval: {by: [bob], within: 13s}
          - name: again
            match: {command: {program: uname}}
            verdict: approve
            approval: {by: [bob], for: 15m}
          - name: own-alone
            match: {command: {program: who}}
            verdict: approve
            approval: {by: [alice]}
          - name: keep-file
            match: {file: {operations: [read], paths: ["/etc/hostname"]}}
            verdict: approve
            approval: {by: [bob]}

        """

    static func policy(_ approvals: String = "approvals: {by: [group:leads]}", rules: String = ApprovalScene.rules) -> String {
        "default: allow\nuncertain: approve\n\(approvals)\n\(rules)"
    }

    static func access(_ target: Target, more: String = "") -> String {
        Instance.standardAccess(target).replacing(
            "  ops: [alice, bob]\n", with: "  ops: [alice, bob]\n  leads: [alice, bob, carol]\n") + """
                  - name: leads-decide
                    to: [group:leads]
                    targets: ["env=test"]
                    rights: [decide]
                  - name: auditors
                    to: [carol]
                    targets: ["env=test"]
                    rights: [sessions, watch, play, kill]

                """ + more
    }

    init(policy: String = ApprovalScene.policy(), more access: String = "", lines: [String] = []) throws {
        target = try Target()
        bastion = try Instance.before(target, lines: lines)
        try bastion.change(access: Self.access(target, more: access))
        try bastion.change(policy: policy)
        alice = try User("alice", of: bastion)
        bob = try User("bob", of: bastion)
        carol = try User("carol", of: bastion)
        eve = try User("eve", of: bastion)
    }

    /// The requests of the ledger, the newest first.
    func requests() throws -> [JSON] { try JSON(bastion.tool("approval", "list", "--all", "--json").orThrow().stdout).elements }

    func request(_ number: Int) throws -> JSON {
        try JSON(bastion.tool("approval", "show", "\(number)", "--json").orThrow().stdout)
    }

    /// Waits until a request has come to that state.
    func waitFor(_ state: String, of number: Int) throws {
        try wait(for: "request \(number) to be \(state): \(bastion.log.suffix(1500))") {
            try self.requests().first { $0["number"].number == number }?["state"].string == state
        }
    }

    /// An exec request that waits, once its user was told so. - Returns: the program and the request's number.
    func waiting(_ command: String, of user: User? = nil, options: [String] = []) throws -> (RunningProgram, Int) {
        let user = user ?? alice
        let program = try RunningProgram(
            user.sshCommand(options + ["-J", "bastion", "root@web1", command]), environment: Programs.environment)
        try program.waitForError("takes it back.")
        return (program, try Self.number(in: String(decoding: program.stderr, as: UTF8.self)))
    }

    /// Of `sallyport: request 12 waits …`.
    static func number(in text: String) throws -> Int {
        guard let found = text.components(separatedBy: "request ").last?.prefix(while: \.isNumber), let number = Int(found) else {
            throw HarnessError("no request in “\(text)”")
        }
        return number
    }
}
