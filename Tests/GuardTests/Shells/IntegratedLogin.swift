import EndToEndHarness
import Foundation
import Glibc
import Testing

@testable import Guard

/// A log-in whose shell has the integration, with a home folder of its own and a command `t` that writes down with what it was run.
final class IntegratedLogin {
    let home: TemporaryFolder
    let shell: GuardedShell
    let integration: ShellIntegration

    /// - Parameters:
    ///   - settings: what the user's own start-up file does behind making the prompt `$ `.
    ///   - files: others, by their names in the home folder.
    ///   - typed: before anything of the shell has come.
    init(
        _ name: String, settings: String = "", files: [String: String] = [:], typed: String = "",
        judge: @escaping (LineQuestion) -> LineAnswer? = simplePolicy
    ) throws {
        home = try Self.makeHome(for: name, settings: settings, files: files)
        let nonce = (0..<GuardTerms.nonceLength).map { _ in UInt8.random(in: 0...255) }
        let secret = (0..<GuardTerms.secretLength).map { _ in UInt8.random(in: 0...255) }
        let terms = GuardTerms(isEnforced: true, usesIntegration: true, nonce: nonce, secret: secret, reader: .shell)
        integration = ShellIntegration(nonce: nonce, secret: secret)
        let command = String(decoding: integration.startCommand, as: UTF8.self)
        let program = "/usr/bin/\(name)"
        // As sshd does: it starts where the user's home is, so what a test's lines make goes with it.
        shell = try GuardedShell(
            ["/bin/sh", "-c", "cd \"$HOME\" && exec \"$0\" -c \"$1\"", program, command], terms,
            environment: ["SHELL": program, "HOME": home.path, "XDG_RUNTIME_DIR": home.path + "/run"], judge: judge)
        if !typed.isEmpty { try shell.type(typed) }
        let deadline = Deadline.after(.seconds(20))
        while !shell.reports.contains(where: { $0.content == .reading(.editor) }), !deadline.isPast { try shell.settle() }
        try shell.settle()
    }

    /// The home folder alone, for a shell without the integration too.
    static func makeHome(for name: String, settings: String = "", files: [String: String] = [:]) throws -> TemporaryFolder {
        let home = try TemporaryFolder.home()
        _ = try home.makeFolder("bin")
        _ = try home.makeFolder("run")
        // Written by another process: a program that this one has open for writing while it starts a shell cannot be run (ETXTBSY).
        let script = "printf '#!/bin/sh\\nprintf \"%%s\\\\n\" \"$*\" >>%s\\n' '\(home.path)/ran' >t && chmod 755 t"
        let writer = try spawn(
            ["/bin/sh", "-c", "cd '\(home.path)/bin' && \(script)"], environment: Programs.environment,
            streams: .descriptors(input: 0, output: 1, error: 2))
        waitpid(writer, nil, 0)
        let path = "PATH=\(home.path)/bin:$PATH\n"
        try home.write("set bell-style none\n", to: ".inputrc")
        try home.write("", to: ".hushlogin")
        switch name {
        case "bash": try home.write("PS1='$ '\n\(path)\(settings)", to: ".bash_profile")
        case "zsh": try home.write("PS1='$ '\nunsetopt promptsp\n\(path)\(settings)", to: ".zshrc")
        default:
            try FileManager.default.createDirectory(atPath: home.path + "/.config/fish", withIntermediateDirectories: true)
            try home.write(
                "function fish_prompt; echo -n '$ '; end\nset -g fish_greeting\nset -gx PATH \(home.path)/bin $PATH\n\(settings)",
                to: ".config/fish/config.fish")
        }
        for (file, text) in files { try home.write(text, to: file) }
        return home
    }

    /// Types each of them when the one before has been answered.
    func type(_ keys: [String]) throws {
        for key in keys {
            try shell.type(key)
            try shell.settle()
        }
    }

    /// With what `t` was run, each line's arguments.
    var ran: [String] {
        guard let text = try? String(contentsOfFile: home.path + "/ran", encoding: .utf8) else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    /// Waits until `t` was run that often.
    func waitForRuns(_ count: Int) throws {
        let deadline = Deadline.after(.seconds(20))
        while ran.count < count, !deadline.isPast { try shell.settle() }
    }

    /// Waits until that is what `t` was run with last.
    func waitForRun(of arguments: String) throws {
        let deadline = Deadline.after(.seconds(20))
        while ran.last != arguments, !deadline.isPast { try shell.settle() }
    }

    var alarms: [LineReport] { shell.reports.filter { if case .alarm = $0.content { true } else { false } } }
}
