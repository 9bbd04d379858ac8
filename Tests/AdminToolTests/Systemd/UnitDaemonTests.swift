import Foundation
import Testing

/// A real sallyportd with the user, the capabilities and the system calls that the unit gives it, as far as that can be had without systemd.
@Suite(.enabled(if: geteuid() == 0, "only root can give capabilities to another user")) struct `Under the rights of the unit` {
    @Test func `a daemon that is not root gives each session a user of its own and no capability`() throws {
        let daemon = try UnitDaemon()
        #expect(daemon.answers())
        let sessions = try daemon.sessions()
        #expect(!sessions.isEmpty)
        for session in sessions {
            #expect(
                session["Uid"]?.split(separator: "\t").allSatisfy { (Int($0) ?? 0) > 60_000 && $0 != "\(UnitDaemon.user)" }
                    == true)
            for set in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] { #expect(session[set] == "0000000000000000") }
        }
        #expect(Set(sessions.map { $0["Uid"] }).count == sessions.count)
    }

    @Test func `no system call is made that the unit's filter forbids`() throws {
        let daemon = try UnitDaemon(tracing: true)
        #expect(daemon.answers())
        try runProgram("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", daemon.folder["id"]])
        for arguments in [
            ["certificate", "issue", "--user", "alice", daemon.folder["id.pub"]], ["certificate", "list"],
            ["credential", "rekey"], ["reload"],
            ["session", "list"],
        ] {
            #expect(try daemon.run(arguments).status == 0, "\(arguments)")
        }
        daemon.stop()
        let made = try daemon.systemCalls()
        #expect(made.contains("seccomp") && made.contains("landlock_restrict_self") && made.contains("setresuid"))
        #expect(made.subtracting(try SystemCallSets.allowed(by: Self.unit())) == [])
    }

    static func unit() throws -> [String] {
        let file = Tool.packageFolder.appending(path: "systemd/sallyportd.service")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }
}

/// Started by setpriv(1) with the unit's capability sets, and maybe watched by strace(1).
final class UnitDaemon {
    /// In the place of `sallyport`, which this machine need not have.
    static let user = 64_000
    let folder: TemporaryFolder
    private let process = Process()

    init(tracing: Bool = false) throws {
        folder = try TemporaryFolder()
        chmod(folder.path, 0o755)
        guard try Tool.run(["init", "--listen", "127.0.0.1:0", folder["b"]]).status == 0 else {
            throw ProgramFailed(description: "init")
        }
        try runProgram("/usr/bin/chown", ["-R", "\(Self.user):\(Self.user)", folder["b"]])
        // The build folder may be in a home directory, which this user cannot enter.
        for program in ["sallyportd", "sallyport-session"] {
            let built = Tool.executable.deletingLastPathComponent().appending(path: program)
            // By another process: a program that this one has open for writing while another test starts one cannot be run (ETXTBSY).
            try runProgram("/bin/cp", [built.path, folder[program]])
            chmod(folder[program], 0o755)
        }
        let unit = try `Under the rights of the unit`.unit()
        let capabilities = try ["CapabilityBoundingSet=", "AmbientCapabilities="].map { key in
            guard let line = unit.first(where: { $0.hasPrefix(key) }) else { throw ProgramFailed(description: key) }
            return line.dropFirst(key.count).split(separator: " ").map { "+" + $0.dropFirst(4).lowercased() }.joined(
                separator: ",")
        }
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            (tracing ? ["strace", "-f", "-qq", "-o", folder["trace"]] : []) + [
                "setpriv", "--reuid=\(Self.user)", "--regid=\(Self.user)", "--clear-groups", "--no-new-privs",
                "--bounding-set=-all,\(capabilities[0])", "--inh-caps=-all,\(capabilities[1])",
                "--ambient-caps=-all,\(capabilities[1])",
                folder["sallyportd"], "--config", folder["b/sallyport.yaml"],
            ]
        let log = try folder.file("log", holding: Data())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = log
        process.standardError = log
        try process.run()
    }

    deinit { stop() }

    func run(_ arguments: [String]) throws -> Tool.Outcome {
        try Tool.run(arguments, environment: ["SALLYPORT_CONFIG": folder["b/sallyport.yaml"]])
    }

    /// Waits until it does.
    func answers() -> Bool {
        for _ in 0..<300 {
            if (try? run(["status"]))?.status == 0 { return true }
            guard process.isRunning else { return false }
            usleep(100_000)
        }
        return false
    }

    /// The `/proc/PID/status` of each session process that waits for a connection.
    func sessions() throws -> [[String: String]] {
        for _ in 0..<100 {
            let sessions = try children(of: process.processIdentifier).map { child in
                let text = try String(contentsOfFile: "/proc/\(child)/status", encoding: .utf8)
                return Dictionary(
                    text.split(separator: "\n").compactMap { line in
                        let parts = line.split(separator: ":", maxSplits: 1)
                        return parts.count == 2 ? (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces)) : nil
                    }, uniquingKeysWith: { first, _ in first })
            }
            // Two wait ahead; they have confined themselves when their filter is there.
            if sessions.count >= 2, sessions.allSatisfy({ $0["Seccomp"] == "2" }) { return sessions }
            usleep(100_000)
        }
        return []
    }

    private func children(of process: Int32) throws -> [String] {
        let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
        return try threads.flatMap { thread in
            try String(contentsOfFile: "/proc/\(process)/task/\(thread)/children", encoding: .utf8).split(separator: " ").map(
                String.init)
        }
    }

    /// By SIGKILL: the daemon's, or strace's, whose end kills what it watches.
    func stop() {
        guard process.isRunning else { return }
        let daemons = (try? children(of: process.processIdentifier)) ?? []
        for child in daemons { _ = Int32(child).map { kill($0, SIGKILL) } }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// The names of all that strace saw after setpriv had started the daemon.
    func systemCalls() throws -> Set<String> {
        let lines = try folder.text("trace").split(separator: "\n").drop {
            !($0.contains("execve(") && $0.contains("/sallyportd\""))
        }
        return Set(
            lines.compactMap { line in
                let text = line.drop { $0.isNumber }.drop { $0 == " " }
                let name = text.hasPrefix("<... ") ? text.dropFirst(5).prefix { $0 != " " } : text.prefix { $0 != "(" }
                return name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" } ? String(name) : nil
            })
    }
}

/// systemd's groups of system calls, as systemd-analyze(1) lists them.
enum SystemCallSets {
    static func allowed(by unit: [String]) throws -> Set<String> {
        let text = try runProgram("/usr/bin/systemd-analyze", ["syscall-filter", "--no-pager"])
        var groups: [String: [String]] = [:]
        var current = ""
        for line in text.split(separator: "\n") {
            let name = line.trimmingCharacters(in: .whitespaces)
            if line.hasPrefix("@") { current = name } else if !name.hasPrefix("#") { groups[current, default: []].append(name) }
        }
        func expanded(_ name: String) -> Set<String> {
            name.hasPrefix("@") ? Set((groups[name] ?? []).flatMap(expanded)) : [name]
        }
        return unit.filter { $0.hasPrefix("SystemCallFilter=") }.reduce(into: []) { allowed, line in
            let value = line.dropFirst("SystemCallFilter=".count)
            let names = Set(value.drop { $0 == "~" }.split(separator: " ").flatMap { expanded(String($0)) })
            if value.hasPrefix("~") { allowed.subtract(names) } else { allowed.formUnion(names) }
        }
    }
}
