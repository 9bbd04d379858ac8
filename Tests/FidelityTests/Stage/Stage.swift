import EndToEndHarness
import Foundation

/// A target with accounts for every shell, and a bastion before it. Several people can work at once, each with an account of their own.
final class Stage {
    let mode: Mode
    private let target: Target
    private let bastion: Instance?
    private let alice: User?
    private let keys: TemporaryFolder
    let lanes: [Lane]

    /// - Parameter width: accounts for each shell.
    init(_ mode: Mode, width: Int) throws {
        self.mode = mode
        let names = (0..<width).flatMap { number in Shell.allCases.map { (shell: $0, login: "\($0.rawValue)\(number)") } }
        let accounts = names.enumerated().map { TargetAccount($1.login, user: UInt32(30_000 + $0), shell: $1.shell.program) }
        target = try Target(accounts: accounts, settings: ["SetEnv LC_ALL=C.UTF-8"], prepare: Self.furnish)
        keys = try TemporaryFolder()
        var command: [String]
        if mode == .direct {
            try run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", keys.path + "/id"]).orThrow()
            for account in accounts { try target.authorize(keys.path + "/id.pub", for: account.login) }
            (bastion, alice) = (nil, nil)
            command = ["ssh", "-F", "/dev/null", "-o", "HostName=127.0.0.1", "-p", "\(target.port)", "-i", keys.path + "/id"]
            command += ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR"]
            command += ["-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "BatchMode=yes"]
        } else {
            let instance = try Instance(
                .init(
                    // All lanes begin at once, as one user.
                    lines: ["limits: {startups: \"100:30:200\", connections-per-user: 200, connections-per-address: 200}"],
                    access: Self.access(target, logins: accounts.map(\.login), isAided: mode.isAided), policy: mode.policy))
            try instance.start()
            for account in accounts { try instance.setPrivateKey(for: account.login, at: target) }
            let user = try User("alice", of: instance)
            (bastion, alice) = (instance, user)
            command = user.sshCommand(["-J", "bastion"])
        }
        let (folder, ledger) = (target.folder.path, bastion.map(Ledger.init))
        lanes = zip(names, accounts).map { name, account in
            Lane(
                shell: name.shell, account: account, home: "\(folder)/home/\(account.login)",
                truth: GroundTruth(shell: name.shell, folder: "\(folder)/truth/\(account.user)"),
                command: command + ["\(account.login)@web1"], ledger: ledger)
        }
    }

    deinit {
        _ = try? bastion?.stop()
        try? target.stop()
    }

    /// For a report of what went wrong with the stage itself.
    var log: String { (bastion?.log ?? "") + target.log.suffix(2000) }

    /// The command `t`, and the two shells that are not the system's own.
    private static func furnish(_ folder: TemporaryFolder) throws {
        for name in ["bin", "shells"] { _ = try folder.makeFolder(name) }
        _ = try folder.makeFolder("truth")
        try folder.write(
            "#!/bin/bash\nprintf '%s\\0' \"$#\" \"$@\" >>\(folder.path)/truth/$UID/executed\n", to: "bin/t", mode: 0o755)
        let trace = DashTrace.command(folder: "\(folder.path)/truth/$(id -u)")
        try folder.write(
            "#!/bin/sh\n[ \"$1\" != -c ] || exec /bin/dash \"$@\"\nexec \(trace) /bin/dash -l\n", to: "shells/dash", mode: 0o755)
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/shells/ash", withDestinationPath: "/bin/busybox")
    }

    private static func access(_ target: Target, logins: [String], isAided: Bool) -> String {
        """
        targets:
          web1:
            address: 127.0.0.1:\(target.port)
            host-keys: ["\(target.hostKey())"]
            logins: [\(logins.joined(separator: ", "))]
        \(isAided ? "" : "    integration: off")
        grants:
          - name: typists
            to: [alice]
            targets: [web1]
            logins: [\(logins.joined(separator: ", "))]
            channels: [shell, exec]
            guard: enforce

        """
    }
}
