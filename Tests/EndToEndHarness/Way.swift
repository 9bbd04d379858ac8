/// The two ways to a target that name it, as words for `ssh`.
package enum Way: String, CaseIterable, Sendable {
    /// `ssh -J bastion root@web1`
    case jump
    /// `ssh root@web1@bastion`
    case atSign

    package func words(_ login: String = "root", at target: String = "web1") -> [String] {
        options + [destination(login, at: target)]
    }

    /// What stands before the destination.
    package var options: [String] { self == .jump ? ["-J", "bastion"] : [] }

    /// For `scp`, `sftp`, `rsync` and `git` too.
    package func destination(_ login: String = "root", at target: String = "web1") -> String {
        self == .jump ? "\(login)@\(target)" : "\(login)@\(target)@bastion"
    }
}

extension User {
    /// Runs a command on a target.
    package func run(
        _ command: String, by way: Way = .jump, as login: String = "root", on target: String = "web1", options: [String] = [],
        input: [UInt8] = [], within limit: Duration = .seconds(30)
    ) throws -> Outcome {
        try EndToEndHarness.run(sshCommand(options + way.words(login, at: target) + [command]), input: input, within: limit)
    }
}
