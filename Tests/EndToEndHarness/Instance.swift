package import Foundation

/// A bastion as an administrator sets it up: `sallyport init`, two YAML files, a running `sallyportd`.
package final class Instance {
    package let folder: TemporaryFolder
    package private(set) var daemon: RunningProgram?

    /// What a test may want otherwise than the rest. Lines of sallyport.yaml after `listen`, and the whole of access.yaml and policy.yaml.
    package struct Settings {
        package var lines: [String] = []
        package var access: String
        package var policy = Instance.permissivePolicy

        package init(lines: [String] = [], access: String, policy: String = Instance.permissivePolicy) {
            self.lines = lines
            self.access = access
            self.policy = policy
        }
    }

    /// Lets everything pass: most tests are not about the policy.
    package static let permissivePolicy = "default: allow\nuncertain: allow\nrules: []\n"

    /// Everything `sallyport init` made, with these settings; not running yet.
    package init(_ settings: Settings) throws {
        folder = try TemporaryFolder()
        try tool("init", path).orThrow()
        try configure(settings)
    }

    /// A bastion before one target `web1`, where alice and bob may do everything as root and deploy, with the target's key in the vault. It runs.
    package static func before(_ target: Target, lines: [String] = [], policy: String = permissivePolicy) throws -> Instance {
        let instance = try Instance(Settings(lines: lines, access: standardAccess(target), policy: policy))
        try instance.start()
        for login in Target.logins { try instance.setPrivateKey(for: login, at: target) }
        return instance
    }

    package static func standardAccess(_ target: Target) -> String {
        """
        groups:
          ops: [alice, bob]
        targets:
          web1:
            address: 127.0.0.1:\(target.port)
            aliases: [www, web1.example.com]
            host-keys: ["\(target.hostKey())"]
            labels: { env: test }
            logins: [root, deploy]
        grants:
          - name: ops-everywhere
            to: [group:ops]
            targets: ["env=test"]
            logins: [root, deploy]
            channels: [shell, exec, sftp]

        """
    }

    package var path: String { folder.path + "/bastion" }
    package var configurationFile: String { path + "/sallyport.yaml" }
    package var recordings: String { path + "/recordings" }
    package var log: String { contents(of: folder.path + "/sallyportd.log") }

    package func configure(_ settings: Settings) throws {
        let initial = contents(of: configurationFile).split(separator: "\n", omittingEmptySubsequences: false)
        let isReplaced = { (line: Substring) in
            line.hasPrefix("listen:") || settings.lines.contains { line.hasPrefix($0.prefix(while: { $0 != ":" }) + ":") }
        }
        let kept = initial.filter { !isReplaced($0) }.map(String.init)
        let lines = kept + ["listen: [127.0.0.1:0]"] + settings.lines
        try folder.write(lines.joined(separator: "\n") + "\n", to: "bastion/sallyport.yaml")
        try folder.write(settings.access, to: "bastion/access.yaml")
        try folder.write(settings.policy, to: "bastion/policy.yaml")
    }

    // MARK: the daemon

    /// `preparation` is a shell command run before it in a mount namespace of its own.
    package func start(preparation: String? = nil) throws {
        let log = folder.path + "/sallyportd.log"
        let command = "exec \"$1\" --config \"$2\" 2>>\"$3\""
        let shell = [
            "sh", "-e", "-c", (preparation.map { $0 + "\n" } ?? "") + command, "sh", Programs.sallyportd, configurationFile, log,
        ]
        daemon = try RunningProgram(
            (preparation == nil ? [] : ["unshare", "--mount"]) + shell, environment: Programs.environment)
        try wait(for: "sallyportd to answer") {
            if try tool("status").exit == .status(0) { return true }
            guard daemonRuns else { throw HarnessError("sallyportd ended: \(self.log)") }
            return false
        }
    }

    package var daemonRuns: Bool { daemon.map { kill($0.process, 0) == 0 && !isZombie($0.process) } ?? false }

    @discardableResult package func stop(_ signal: Int32 = SIGTERM) throws -> Exit? {
        defer { daemon = nil }
        daemon?.signal(signal)
        return try daemon?.waitForExitWithoutReading()
    }

    /// The port that the system chose.
    package func port() throws -> Int {
        let status = try JSON(tool("status", "--json").orThrow().stdout)
        guard let address = status["listening"][0].string, let port = Int(address.split(separator: ":").last ?? "") else {
            throw HarnessError("sallyport status --json does not say where it listens")
        }
        return port
    }

    // MARK: the tool

    package func tool(_ words: String..., input: String = "") throws -> Outcome { try tool(words, input: input) }

    package func tool(_ words: [String], input: String = "") throws -> Outcome {
        try run(
            [Programs.sallyport] + words, input: Array(input.utf8),
            environment: Programs.environment.merging(["SALLYPORT_CONFIG": configurationFile]) { $1 })
    }

    /// Makes a key that logs in to the target as `login`, and puts it into the vault only.
    package func setPrivateKey(for login: String, at target: Target, named name: String = "web1") throws {
        let key = "\(folder.path)/credential-\(login)-\(name)"
        try run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key]).orThrow()
        try target.authorize(key + ".pub", for: login)
        try tool("credential", "set", "\(login)@\(name)", "--private-key", key).orThrow()
        try FileManager.default.removeItem(atPath: key)
    }

    /// The rows of the ledger, newest first.
    package func sessions(_ filter: String...) throws -> [JSON] {
        try JSON(tool(["session", "list", "--json"] + filter).orThrow().stdout).elements
    }

    /// The policy's decisions, the oldest first.
    package func decisions(_ filter: String...) throws -> [JSON] {
        try JSON(tool(["audit", "list", "--json"] + filter).orThrow().stdout).elements
    }

    /// Puts another policy to work.
    package func change(policy: String) throws {
        try folder.write(policy, to: "bastion/policy.yaml")
        try tool("reload").orThrow()
    }

    /// Puts other access rules to work.
    package func change(access: String) throws {
        try folder.write(access, to: "bastion/access.yaml")
        try tool("reload").orThrow()
    }

    /// The newest row once its session has ended.
    package func endedSession() throws -> JSON {
        var row: JSON?
        try wait(for: "the session to end in the ledger: \(log.suffix(2000))") {
            row = try sessions().first
            return row?["ended_at"].string != nil
        }
        guard let row else { throw HarnessError("no session") }
        return row
    }

    package func recording(of session: JSON) throws -> Recording {
        try Recording(file: recordings + "/" + (session["recording"].string ?? ""))
    }
}

/// A process that has ended and waits to be reaped still has an id.
package func isZombie(_ process: pid_t) -> Bool {
    contents(of: "/proc/\(process)/stat").split(separator: ")").last?.hasPrefix(" Z") ?? true
}
