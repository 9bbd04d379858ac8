import Foundation
import Testing

@testable import TerminalStream

/// Real full-screen programs over a file with secrets: what they write goes through the masks in random pieces to a user's tmux, which never shows one.
@Suite(.serialized) struct MaskedProgramsTests {
    /// A program, and what is typed step by step: arguments of tmux's `send-keys`, or `resize COLUMNS ROWS`. `@` is the file.
    struct Session: Sendable, CustomTestStringConvertible {
        var command: String
        var columns = 80
        var rows = 24
        var term = "xterm-256color"
        var steps: [String]

        var testDescription: String { "\(command) \(columns)x\(rows) \(term)" }
    }

    static let sessions = [
        Session(
            command: "vim -n -u NONE @",
            steps: [
                "G", "gg", "C-f", "C-e C-e C-e C-e C-e C-e", "C-y C-y C-y", "C-b", "4dd u", "10G 0 x x x u", ":split Enter",
                "C-w j G", ":set list Enter",
                ":vsplit Enter", "C-f", ":only Enter gg", "resize 60 20", "C-f", "resize 100 30", "C-b", "'/ghp' Enter n n", "R",
                "BSpace Escape",
                "gg", "V G '>'", "u", ":q! Enter",
            ]),
        Session(
            command: "vim -n -u NONE -c syntax\\ on @", columns: 57, rows: 15, term: "screen-256color",
            steps: [
                "C-f", "C-f", "C-f", "C-b", "j j j j j", "j j j j j j j j j j j j", "C-y C-y C-y", "zz", "G",
                ":set number Enter gg C-f", ":q! Enter",
            ]),
        Session(
            command: "less @",
            steps: [
                "Space", "b", "j j j j j j", "k k k", "'/ghp' Enter n N", "G", "g", "d d d d d", "u u u", "resize 60 20",
                "G k k k k", "resize 120 30", "g", "q",
            ]),
        Session(
            command: "less -N @", columns: 64, rows: 12, term: "screen-256color",
            steps: ["Space", "Space", "Space", "b", "j j j j j j j j", "k k k", "G", "k k k k k k", "q"]),
        Session(
            command: "less -X -i @", columns: 40, rows: 10,
            steps: ["Space", "Space", "b", "k k", "j j j j", "G", "k k k k k", "q"]),
        Session(command: "less -S @", steps: ["Space", "Right", "Left", "b", "j j j j j j", "k k k", "q"]),
        Session(
            command: "env -u TMUX tmux -u -S $HOME/inner -f /dev/null new-session bash --norc --noprofile", columns: 100,
            rows: 30,
            steps: [
                "'cat @' Enter", "C-b %", "'clear; head -n 20 @' Enter", "C-b '\"'", "'vim -u NONE @' Enter", "C-f C-f",
                "C-b o C-b Space", "C-b z", "C-b z",
                "C-b [ PPage PPage q", "resize 80 24", "C-b : kill-server Enter",
            ]),
        Session(
            command: "mc --nocolor -v @",
            steps: ["NPage", "NPage", "PPage", "Down Down Down Down", "Up Up", "F2", "NPage", "F4", "F10"]),
        Session(
            command: "mc -v @", columns: 60, rows: 18, term: "screen-256color",
            steps: ["NPage", "Down Down Down", "End", "PPage", "resize 90 25", "Home", "F10"]),
        Session(
            command:
                "(exec -a server\\ --token=ghp_Zz0Yy1Xx2Ww3Vv4Uu5Tt6Ss7Rr8Qq9Pp0Oo\\ --password=Gehe1mnis77 sleep 100) & (top -d 0.3 -c -u $(id -un)); kill $!",
            columns: 160, rows: 40, steps: ["M", "'o' 'COMMAND=server' Enter", "P", "resize 120 20", "c", "c", "q"]),
        Session(command: "nano @", steps: ["C-v", "C-v", "C-y", "Down Down Down Down Down", "C-w ghp Enter", "BSpace", "C-x n"]),
    ]

    /// Taken in turns: each session waits for its program many times.
    static let clocks = sessions.indices.map { $0 % 2 == 0 ? MaskClock.strict : .user(releaseAfter: nil) }

    @Test(arguments: zip(sessions, clocks)) func `a full-screen program shows no value`(
        _ session: Session, _ clock: MaskClock
    ) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("secrets-\(UUID().uuidString)")
        try Data(SecretFile.text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let program = try TmuxPane(
            columns: session.columns, rows: session.rows, command: session.command.replacing("@", with: file.path),
            environment: ["TERM": session.term, "LC_ALL": "C.UTF-8", "LESSHISTFILE": "-"])
        let user = try TmuxPane(columns: session.columns, rows: session.rows)
        var watched = try Watched(session, clock)
        try program.run()
        try watched.take(from: program, to: user, "at first")
        for step in session.steps {
            let words = step.split(separator: " ").map(String.init)
            if words[0] == "resize" {
                let (columns, rows) = (try #require(Int(words[1])), try #require(Int(words[2])))
                // What is on its way was written for the old size.
                try watched.take(from: program, to: user, step)
                for pane in [program, user] { try pane.tmux("resize-window -x \(columns) -y \(rows)") }
                watched.screen.resize(columns, rows)
            } else {
                try program.send(step.replacing("@", with: file.path))
            }
            try watched.take(from: program, to: user, step)
        }
        #expect(watched.hasShownText, "what is no secret is shown")
    }

    /// What the user has seen.
    private struct Watched {
        var screen: MaskedScreen
        var hasShownText = false
        private var generator = SeededGenerator(seed: 5)
        private var count = 0
        private var failures = Set<String>()
        private let session: Session

        init(_ session: Session, _ clock: MaskClock) throws {
            self.session = session
            screen = try MaskedScreen(session.columns, session.rows, set: SecretFile.set, clock: clock, actions: [])
        }

        mutating func take(from program: TmuxPane, to user: TmuxPane, _ step: String) throws {
            let output = try program.outputWhenQuiet()
            var rest = output[min(count, output.count)...]
            count = output.count
            let before = screen.bytes.count
            while !rest.isEmpty {
                let chunk = rest.prefix(Int.random(in: 1...(Bool.random(using: &generator) ? 12 : 900), using: &generator))
                rest = rest.dropFirst(chunk.count)
                screen.show(chunk)
                check(screen.user, step, "a user's screen")
            }
            guard screen.user.isGround else { return }
            let shown = try user.showMore(Array(screen.bytes[before...]))
            check(shown.emulator(), step, "tmux")
            hasShownText = hasShownText || screen.user.shown.contains { $0.contains("plain words") || $0.contains("server") }
        }

        private mutating func check(_ emulator: Emulator, _ step: String, _ whose: String) {
            let found = SecretFile.secrets(on: emulator)
            guard !found.isEmpty, failures.insert(step).inserted else { return }
            Issue.record("\(session.testDescription), \(step), on \(whose): \(found)\n\(emulator.shown.joined(separator: "\n"))")
        }
    }
}
