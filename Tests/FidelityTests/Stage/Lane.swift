import EndToEndHarness
import Foundation

/// One account of the target, where one scenario is played at a time.
struct Lane: Sendable {
    let shell: Shell
    let account: TargetAccount
    let home: String
    let truth: GroundTruth
    /// `ssh` to this account.
    let command: [String]
    let ledger: Ledger?

    /// What shows that a shell asks for a command, unless a scenario has a prompt of its own.
    static let prompt = "target$ "

    /// A home folder with nothing but what the shell and the scenario need, and no truth yet.
    func prepare(for scenario: Scenario) throws {
        for folder in [home, truth.folder] {
            try? FileManager.default.removeItem(atPath: folder)
            try makeFolder(folder)
        }
        if shell == .fish {
            // Without it the first fish of an account makes completions from all manual pages.
            for folder in ["/.config", "/.config/fish", "/.local", "/.local/share", "/.local/share/fish"] {
                try makeFolder(home + folder)
            }
            try makeFolder(home + "/.local/share/fish/generated_completions")
        }
        for (name, text) in startUpFiles(scenario.startUp[shell] ?? "").merging(scenario.files, uniquingKeysWith: { $1 }) {
            try write(text, to: name)
        }
    }

    private func startUpFiles(_ lines: String) -> [String: String] {
        let prompt = "PS1='\(Self.prompt)'\n"
        switch shell {
        case .bash: return [".bash_profile": ". ~/.bashrc\n", ".bashrc": prompt + truth.startUp + lines + "\n"]
        case .zsh: return [".zshrc": prompt + truth.startUp + lines + "\n"]
        case .fish:
            let setting = "set -g fish_greeting\nfunction fish_prompt; printf '\(Self.prompt)'; end\n"
            return [".config/fish/config.fish": setting + truth.startUp + lines + "\n"]
        case .dash: return [".profile": prompt + lines + "\n"]
        // Unset, or a dash below it would read it too.
        case .ash:
            return [".profile": "ENV=~/.ashrc; export ENV\n", ".ashrc": "unset ENV\n" + prompt + lines + "\n" + truth.startUp]
        }
    }

    private func makeFolder(_ path: String) throws {
        if let slash = path.lastIndex(of: "/"), !exists(String(path[..<slash])) { try makeFolder(String(path[..<slash])) }
        if !exists(path) { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false) }
        chown(path, account.user, account.user)
    }

    private func write(_ text: String, to name: String) throws {
        let path = "\(home)/\(name)"
        if let slash = name.lastIndex(of: "/") { try makeFolder("\(home)/\(name[..<slash])") }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        if text.hasPrefix("#!") { chmod(path, 0o755) }
        chown(path, account.user, account.user)
    }
}
