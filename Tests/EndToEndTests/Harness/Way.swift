import Testing

/// The two ways to a target that name it, as words for `ssh`.
enum Way: String, CaseIterable, CustomTestStringConvertible {
    /// `ssh -J bastion root@web1`
    case jump
    /// `ssh root@web1@bastion`
    case atSign

    var testDescription: String { self == .jump ? "ssh -J bastion root@web1" : "ssh root@web1@bastion" }

    func words(_ login: String = "root", at target: String = "web1") -> [String] { options + [destination(login, at: target)] }

    /// What stands before the destination.
    var options: [String] { self == .jump ? ["-J", "bastion"] : [] }

    /// For `scp`, `sftp`, `rsync` and `git` too.
    func destination(_ login: String = "root", at target: String = "web1") -> String {
        self == .jump ? "\(login)@\(target)" : "\(login)@\(target)@bastion"
    }
}

extension User {
    /// Runs a command on a target.
    func run(
        _ command: String, by way: Way = .jump, as login: String = "root", on target: String = "web1", options: [String] = [],
        input: [UInt8] = [], within limit: Duration = .seconds(30)
    ) throws -> Outcome {
        try EndToEndTests.run(sshCommand(options + way.words(login, at: target) + [command]), input: input, within: limit)
    }
}
