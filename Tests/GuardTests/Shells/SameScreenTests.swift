import EndToEndHarness
import TerminalStream
import Testing

@testable import Guard

/// What stands on the screen is what would stand there without us.
struct SameScreenTests {
    struct Scene: CustomTestStringConvertible {
        var name: String
        var shell: String
        var keys: [String]
        var settings = ""
        var testDescription: String { "\(name), \(shell)" }
    }

    private static let up = "\u{1B}[A"
    private static let left = "\u{1B}[D"
    private static let long = "t " + String(repeating: "abcdefghi ", count: 14)

    static let scenes: [Scene] =
        ["bash", "zsh", "fish"].flatMap { shell in
            [
                Scene(name: "plain", shell: shell, keys: ["t a\r", "\r", "echo x y\r", "false\r"]),
                Scene(name: "a wrapped line", shell: shell, keys: [long, "\u{01}", "\u{1B}[C\u{1B}[CX", "\r", "t b\r"]),
                Scene(name: "wide characters", shell: shell, keys: ["t héé日本語 ü", left + left + left, "x\r"]),
                Scene(name: "a multi-line buffer", shell: shell, keys: ["\u{1B}[200~t a\nt b\u{1B}[201~", "\r", up, "\r"]),
                Scene(name: "quotes over lines", shell: shell, keys: ["echo \"a\r", "b\"\r"]),
                Scene(name: "an error", shell: shell, keys: ["nosuch-command\r", "t b\r"]),
                Scene(name: "^C and ^L", shell: shell, keys: ["t junk", "\u{03}", "t a\u{0C}", "\r"]),
                Scene(name: "read", shell: shell, keys: ["read x\r", "v\r", "echo $x\r"]),
            ]
        } + [
            Scene(name: "!!", shell: "bash", keys: ["t a\r", "!!\r", "!nosuch\r", "!!:p\r"]),
            Scene(name: "histverify", shell: "bash", keys: ["t a\r", "!!\r", "\r"], settings: "shopt -s histverify\n"),
            Scene(name: "read -e", shell: "bash", keys: ["read -e x\r", "v\r", "echo $x\r"]),
            Scene(name: "a loop", shell: "bash", keys: ["for i in 1 2; do\r", "echo $i\r", "done\r", up, "\r"]),
            Scene(name: "a loop", shell: "zsh", keys: ["for i in 1 2; do\r", "echo $i\r", "done\r", up, "\r"]),
            Scene(name: "a loop", shell: "fish", keys: ["for i in 1 2\r", "echo $i\r", "end\r"]),
            Scene(name: "two lines", shell: "bash", keys: ["t a\r", "t bc", left, "x\r"], settings: "PS1='one\\ntwo> '\n"),
            Scene(name: "two lines", shell: "zsh", keys: ["t a\r", "t bc", left, "x\r"], settings: "PS1=$'one\\ntwo> '\n"),
            Scene(
                name: "two lines", shell: "fish", keys: ["t a\r", "false\r", "t bc", left, "x\r"],
                settings: "function fish_prompt; echo \"[$status $pipestatus]\"; set_color red; echo -n 'two> '; end\n"),
            Scene(
                name: "a long coloured prompt", shell: "bash", keys: [long, "\r", up, "\u{01}\u{06}X\r"],
                settings: "PS1='\\[\\e[31m\\]" + String(repeating: "p", count: 60) + "\\[\\e[0m\\]> '\n"),
            Scene(
                name: "a prompt made anew", shell: "bash", keys: ["t a\r", "false\r", "PS1='new> '\r", "t b\r"],
                settings: "prompt() { PS1=\"<$?>\\\\$ \"; }\nPROMPT_COMMAND=prompt\n"),
            Scene(
                name: "the user's hooks", shell: "bash", keys: ["t a\r", "false\r"],
                settings: "PROMPT_COMMAND='echo \"[$? $_]\"'\nPS0='[runs]\\n'\n"),
            Scene(
                name: "the user's hooks", shell: "zsh", keys: ["t a\r", "false\r"],
                settings: "precmd() { echo \"[$?]\"; PS1=\"<$?>\" }\npreexec() { echo \"[$1]\" }\n"),
            Scene(
                name: "a changing prompt", shell: "zsh", keys: ["t a\r", "t b\r"],
                settings: "zle-line-finish() { PS1='> '; zle reset-prompt }\nzle -N zle-line-finish\nprecmd() { PS1='long $ ' }\n"
            ),
            Scene(name: "a right prompt", shell: "zsh", keys: ["t a\r", long, "\r"], settings: "RPS1=RIGHT\n"),
            Scene(
                name: "a right prompt", shell: "fish", keys: ["t a\r"], settings: "function fish_right_prompt; echo RIGHT; end\n"),
            Scene(
                name: "vi", shell: "bash", keys: ["t abc\u{1B}", "\r", "t b\r"],
                settings: "set -o vi\nbind 'set show-mode-in-prompt on'\n"),
            Scene(name: "vi", shell: "zsh", keys: ["t abc\u{1B}", "\r", "t b\r"], settings: "bindkey -v\n"),
        ]

    @Test(arguments: scenes) func `The screen is that of the shell as it is`(scene: Scene) throws {
        let guarded = try IntegratedLogin(scene.shell, settings: scene.settings)
        try guarded.type(scene.keys)
        try guarded.shell.settle(.milliseconds(400))

        let home = try IntegratedLogin.makeHome(for: scene.shell, settings: scene.settings)
        var environment = Programs.environment
        environment["HOME"] = home.path
        environment["SHELL"] = "/usr/bin/\(scene.shell)"
        let plain = try Terminal(["bash", "-c", "exec -a -\(scene.shell) \(scene.shell)"], environment: environment)
        try plain.waitForQuiet(.milliseconds(800), within: .seconds(20))
        for keys in scene.keys {
            try plain.type(keys)
            try plain.waitForQuiet(.milliseconds(250), within: .seconds(10))
        }
        try plain.waitForQuiet(.milliseconds(400), within: .seconds(10))
        #expect(rows(guarded.shell.shown, home: guarded.home) == rows(plain.transcript, home: home))
        #expect(guarded.alarms == [])
    }

    /// The rows of the screen, without the names of temporary folders and what is empty at the end.
    private func rows(_ output: [UInt8], home: TemporaryFolder) -> [String] {
        var screen = Emulator(columns: 80, rows: 24)
        screen.feed(output[...])
        var rows = (0..<screen.rows).map { String(decoding: screen.text(row: $0), as: UTF8.self) }
        while rows.last?.isEmpty == true { rows.removeLast() }
        return rows.map { $0.replacing(home.path, with: "HOME") }
    }
}
