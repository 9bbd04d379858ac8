import Testing

@testable import TerminalStream

/// Real programs in a pane of tmux; the emulator is given the bytes that tmux got.
@Suite(.serialized) struct EmulatorAgainstProgramsTests {
    /// A program, and what is typed step by step: arguments of tmux's `send-keys`, `await TEXT` or `resize COLUMNS ROWS`.
    struct Session: Sendable, CustomTestStringConvertible {
        var command: String
        var term = "xterm-256color"
        var steps: [String]

        var testDescription: String { "\(command), \(term)" }
    }

    /// After a resize only what is drawn anew is compared further: tmux keeps what was erased at the end of lines and cuts it with them, and what it had
    /// on the alternate screen gets into what scrolled off.
    static let sessions = [
        Session(
            command: "vim -n -u NONE -c syntax\\ on README.md",
            steps: [
                "C-d C-d", "G", "gg 10dd u", "O 'new line 漢字 é' Escape", ":split Enter", "C-w j C-f", ":set number list Enter",
                "5J",
                "'/the' Enter n n", ":help Enter",
            ]),
        Session(
            command: "vim -n -u NONE README.md", term: "screen-256color",
            steps: [
                "C-f C-f C-b C-y C-y C-e", "i 'text in the middle' Escape x x x p p", "20i-= Escape '>>' '>>' '<<'", ":q! Enter",
            ]),
        Session(command: "less README.md", steps: ["Space Space b", "j j j k k", "'/the' Enter n N", "G g", "h", "q q"]),
        Session(
            command: "less -S -N ARCHITECTURE.md", term: "screen-256color",
            steps: ["Right Right Left", "Space d u", "-S Enter", "F C-c"]),
        Session(command: "htop --delay=100", steps: ["t", "F6 Down Down", "Escape", "F1", "q"]),
        Session(command: "htop --delay=100", term: "screen-256color", steps: ["Down Down Down", "F2", "Down Right", "F10"]),
        Session(
            command: "mc --nocolor . /usr", term: "screen-256color",
            steps: ["Down Down Down", "Tab Down Enter", "F9 Right", "Escape Escape", "F3 q", "C-o", "C-o"]),
        Session(command: "mc . /usr/share", steps: ["Down Down Down", "F9 Down Down", "Escape Escape", "M-? Escape Escape"]),
        Session(
            command: "bash --norc --noprofile -i",
            steps: [
                "\"PS1='\\\\[\\\\e[32m\\\\]prompt\\\\[\\\\e[0m\\\\]\\n\\$ '\" Enter",
                "'echo a line that is much longer than the terminal is wide and so it wraps "
                    + "at least once and then another time' C-a M-f M-f M-d C-e C-b C-b 'xx' M-b C-k", "C-c", "'ls /e' Tab Tab",
                "C-u C-r ech",
                "C-g", "'printf \"%s\\\\n\" {1..60}' Enter", "C-l", "Up Up Left Left Left C-w",
                "'漢字漢字漢字漢字漢字漢字漢字漢字' C-a Right Delete é",
            ]),
        Session(
            command: "bash --norc --noprofile -i", term: "screen-256color",
            steps: [
                "'set -o vi' Enter", "'echo one two three' Escape b b cw 'four' Escape 0 D", "i 'cat <<E' Enter x Enter E Enter",
            ]),
        Session(
            command: "zsh -f",
            steps: [
                "\"PS1='%F{green}prompt%f %# ' RPS1='%F{red}right%f'\" Enter",
                "'autoload -U compinit; compinit -u -D; echo re\"\"ady' Enter", "await ready",
                "'zstyle \":completion:*\" menu select' Enter", "'ls /usr/' Tab Tab Down Right Enter", "C-u",
                "'echo a line that is much longer than the terminal is wide and so it wraps at least once and then goes on' C-a Delete C-e BSpace",
                "C-u 'for i in 1 2; do' Enter 'echo $i' Enter done Enter", "C-r for", "C-g", "C-l",
            ]),
        Session(
            command: "zsh -f", term: "screen-256color",
            steps: ["'print -P %F{blue}x%f' Enter", "'echo éé漢字' C-b C-b x", "M-x", "C-g"]),
        Session(
            command: "fish --no-config",
            steps: [
                "'echo one two' Enter", "echo", "C-f", "C-u 'ls /usr/s' Tab", "Tab", "Escape C-u",
                "'for i in 1 2' Enter 'echo $i' Enter end Enter",
                "'echo a line that is much longer than the terminal is wide and so it wraps at least once and then goes on' C-a Delete C-e",
                "C-c",
                "C-r one", "Escape",
            ]),
        Session(
            command: "env -u TMUX tmux -u -S $HOME/inner -f /dev/null new-session bash --norc --noprofile",
            steps: [
                "'ls -l /usr' Enter", "C-b %", "'seq 100' Enter", "C-b '\"'", "'echo é漢字' Enter", "C-b o C-b Space",
                "C-b [ PPage PPage q", "C-b c",
                "C-b p C-b z", "C-b : kill-server Enter",
            ]),
        Session(
            command: "bash --norc --noprofile -i",
            steps: [
                "'echo a line that is much longer than the terminal is wide and so it wraps at least once and then goes on'",
                "resize 60 24", "x C-b C-b y", "resize 100 24", "C-a z", "C-e C-w", "Enter",
            ]),
        Session(
            command: "zsh -f",
            steps: [
                "'echo a line that is much longer than the terminal is wide and so it wraps at least once and then goes on'",
                "resize 60 24", "x C-b C-b y", "resize 100 24", "C-a z", "C-c",
            ]),
        Session(
            command: "fish --no-config",
            steps: [
                "'echo a line that is much longer than the terminal is wide and so it wraps at least once and then goes on'",
                "resize 60 24", "x C-b C-b y", "resize 100 24", "C-a z", "C-c",
            ]),
        Session(command: "vim -n -u NONE README.md", steps: ["C-f", "resize 60 20", "G", "resize 100 30", "C-b"]),
        Session(
            command: "nano README.md", term: "screen-256color",
            steps: ["C-v C-v", "'typed é漢' Enter C-k C-k C-u", "C-w the Enter", "C-g", "C-x", "C-x n"]),
    ]

    @Test(arguments: sessions) func `a program's screen is the same`(_ session: Session) throws {
        let pane = try TmuxPane(
            columns: 80, rows: 24, command: session.command,
            environment: ["TERM": session.term, "LC_ALL": "C.UTF-8", "LESSHISTFILE": "-"])
        try pane.run()
        var recorded = Recorded()
        try compare(&recorded, pane, session, "at first")
        for step in session.steps {
            try take(step, in: pane, &recorded)
            try compare(&recorded, pane, session, step)
        }
        #expect(recorded.emulator.isGround)
    }

    private func take(_ step: String, in pane: TmuxPane, _ recorded: inout Recorded) throws {
        let words = step.split(separator: " ").map(String.init)
        switch words[0] {
        case "await": try pane.waitForText(words[1])
        case "resize":
            let (columns, rows) = (try #require(Int(words[1])), try #require(Int(words[2])))
            try pane.tmux("resize-window -x \(columns) -y \(rows)")
            recorded.emulator.resize(columns: columns, rows: rows)
        default: try pane.send(step)
        }
    }

    /// What a program has written so far.
    private struct Recorded {
        var emulator = Emulator(columns: 80, rows: 24)
        var count = 0
    }

    private func compare(_ recorded: inout Recorded, _ pane: TmuxPane, _ session: Session, _ step: String) throws {
        var difference: String?
        // A program that only seemed to have finished gets some more chances.
        for _ in 0..<10 {
            let output = try pane.outputWhenQuiet()
            recorded.emulator.feed(output[recorded.count...])
            recorded.count = output.count
            difference = recorded.emulator.difference(from: try pane.capture())
            if difference == nil { return }
        }
        Issue.record(
            "\(session.testDescription): after \(step): \(difference ?? "")\n\(recorded.emulator.shown.joined(separator: "\n"))")
    }
}
