import Foundation

/// Who may log in at a target.
package struct TargetAccount: Sendable {
    package var login: String
    package var user: UInt32
    /// The login shell. `FOLDER` stands for the target's folder.
    package var shell: String
    /// Whether `Target.password` is its password; otherwise it has none.
    package var hasPassword: Bool

    package init(_ login: String, user: UInt32, shell: String = "/bin/bash", hasPassword: Bool = false) {
        self.login = login
        self.user = user
        self.shell = shell
        self.hasPassword = hasPassword
    }

    /// The accounts of `Target.logins`.
    package static let usual = [TargetAccount("root", user: 0), TargetAccount("deploy", user: 20001, hasPassword: true)]
}

/// A real `sshd` on loopback with users of its own.
///
/// It runs in namespaces where /etc/passwd and /etc/shadow are the test's files, /var/log and /run are empty, and all processes end with it: no
/// account of this machine is used or changed, homes are below a temporary folder, and nothing that a session started is left behind.
package final class Target {
    /// The accounts it knows unless it is told others.
    package static let logins = TargetAccount.usual.map(\.login)
    /// What `deploy` may log in with where passwords are allowed.
    package static let password = "correct horse"

    package let folder: TemporaryFolder
    package let port: Int
    private var sshd: RunningProgram?
    private let accounts: [TargetAccount]
    private let settings: [String]

    /// Starts it. `settings` are sshd_config lines that come first and so win. Files below `folder/bin` are what it has in /usr/local/bin, if
    /// `prepare` makes that folder.
    package init(
        accounts: [TargetAccount] = TargetAccount.usual, hostKeyTypes: [String] = ["ed25519"], settings: [String] = [],
        prepare: (TemporaryFolder) throws -> Void = { _ in }
    ) throws {
        guard geteuid() == 0 else {
            throw HarnessError(
                "the end-to-end tests start sshd with accounts of their own: run them as root (script/test uses sudo)")
        }
        folder = try TemporaryFolder()
        port = try FreePort.choose()
        self.accounts = accounts
        self.settings = settings
        for type in hostKeyTypes {
            try run(["ssh-keygen", "-q", "-t", type, "-N", "", "-C", "", "-f", "\(folder.path)/host_\(type)"]).orThrow()
        }
        try makeAccounts()
        try prepare(folder)
        try makeConfiguration(hostKeyTypes)
        try start()
    }

    /// One that takes only what PAM asks for.
    package static func askingByKeyboardInteractive() throws -> Target {
        let target = try Target(settings: [
            "UsePAM yes", "PubkeyAuthentication no", "PasswordAuthentication no", "KbdInteractiveAuthentication yes",
        ])
        try target.stop()
        _ = try target.folder.makeFolder("pam.d")
        let rules = ["auth", "account"].map { "\($0) required pam_unix.so\n" }.joined() + "session required pam_permit.so\n"
        try target.folder.write(rules, to: "pam.d/sshd")
        try target.start()
        return target
    }

    package func home(of login: String) -> String { "\(folder.path)/home/\(login)" }

    /// The public key line of a host key, without comment.
    package func hostKey(_ type: String = "ed25519") -> String {
        contents(of: "\(folder.path)/host_\(type).pub").split(separator: " ").prefix(2).joined(separator: " ")
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Lets a public key file log in as `login`, besides those that may already.
    package func authorize(_ publicKeyFile: String, for login: String) throws {
        try folder.write(contents(of: "\(folder.path)/keys_\(login)") + contents(of: publicKeyFile), to: "keys_\(login)")
    }

    /// Lets certificates that this authority signed log in.
    package func trust(authorityLine: String) throws { try folder.write(authorityLine + "\n", to: "authorities") }

    package var log: String { contents(of: "\(folder.path)/sshd.log") }

    package func start() throws {
        let script = """
            mount --bind "$1/passwd" /etc/passwd
            mount --bind "$1/shadow" /etc/shadow
            [ ! -d "$1/bin" ] || mount --bind "$1/bin" /usr/local/bin
            [ ! -d "$1/pam.d" ] || mount --bind "$1/pam.d" /etc/pam.d
            mount -t tmpfs tmpfs /var/log
            mount -t tmpfs tmpfs /run
            mkdir /run/sshd
            exec /usr/sbin/sshd -D -f "$1/sshd_config" -E "$1/sshd.log"
            """
        sshd = try RunningProgram(
            [
                "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-e", "-c", script, "sh",
                folder.path,
            ],
            environment: Programs.environment)
        try wait(for: "sshd to listen: \(log)") { FreePort.answers(port) }
    }

    /// Ends it and every process in it.
    package func stop() throws {
        sshd?.signal(SIGKILL)  // unshare ignores SIGTERM; the kernel ends all that is in its namespace
        try sshd?.waitForExitWithoutReading()
        sshd = nil
    }

    private func makeAccounts() throws {
        let shadowOfPassword = try run(
            ["perl", "-e", "print crypt($ARGV[0], q($6$) . q(sallyporttest) . q($))", Self.password]
        ).orThrow().output
        var passwd = "sshd:x:100:65534::/run/sshd:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"
        var shadow = "sshd:!:19000::::::\nnobody:!:19000::::::\n"
        for account in accounts {
            let login = account.login
            let home = try folder.makeFolder("home/\(login)")
            chown(home, account.user, account.user)
            let shell = account.shell.replacingOccurrences(of: "FOLDER", with: folder.path)
            passwd += "\(login):x:\(account.user):\(account.user):\(login):\(home):\(shell)\n"
            shadow += "\(login):\(account.hasPassword ? shadowOfPassword : "*"):19000::::::\n"
            try folder.write("", to: "keys_\(login)")
            // The same prompt everywhere, so that a dialogue can wait for it.
            try folder.write("PS1='\\u@target$ '; unset HISTFILE\n", to: "home/\(login)/.bashrc")
            try folder.write(". ~/.bashrc\n", to: "home/\(login)/.bash_profile")
        }
        try folder.write(passwd, to: "passwd")
        try folder.write(shadow, to: "shadow", mode: 0o600)
    }

    private func makeConfiguration(_ hostKeyTypes: [String]) throws {
        let lines =
            settings + ["ListenAddress 127.0.0.1:\(port)"] + hostKeyTypes.map { "HostKey \(folder.path)/host_\($0)" } + [
                "AuthorizedKeysFile \(folder.path)/keys_%u",
                "TrustedUserCAKeys \(folder.path)/authorities",
                "PermitRootLogin yes",
                "PidFile none",
                "UsePAM no",
                "StrictModes no",
                "PrintLastLog no",
                "PrintMotd no",
                "LogLevel VERBOSE",
                "AcceptEnv LANG LC_* SALLYPORT_*",
                "Subsystem sftp internal-sftp",
                "MaxSessions 40",
                "MaxStartups 100",
            ]
        try folder.write("", to: "authorities")
        try folder.write(lines.joined(separator: "\n") + "\n", to: "sshd_config")
    }
}
