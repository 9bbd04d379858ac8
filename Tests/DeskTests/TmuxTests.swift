import Desk
import EndToEndHarness
import Glibc
import TerminalStream
import Testing

/// The desk on a terminal that somebody else wrote.
@Suite struct `The desk in a real tmux` {
    /// A tmux with one pane of 80×24; its server ends with it.
    private final class Pane {
        private let folder: TemporaryFolder
        private let tmux: [String]

        init() throws {
            folder = try TemporaryFolder()
            try folder.write("set -g status off\nset -g exit-empty off\nset -g remain-on-exit on\n", to: "tmux.conf")
            tmux = ["tmux", "-u", "-S", folder.path + "/socket", "-f", folder.path + "/tmux.conf"]
            try run(tmux + ["new-session", "-d", "-x", "80", "-y", "24", "exec sleep 600"]).orThrow()
        }

        deinit { _ = try? run(tmux + ["kill-server"]) }

        /// Has the pane show these bytes.
        func show(_ bytes: [UInt8]) throws {
            try folder.write(String(decoding: bytes, as: UTF8.self), to: "bytes")
            let command = "stty raw -echo; cat \(folder.path)/bytes; exec sleep 600"
            try run(tmux + ["respawn-pane", "-k", command]).orThrow()
        }

        /// What it shows now, and then the cursor's row and column.
        func capture() throws -> [String] {
            let format = "#{cursor_y} #{cursor_x}"
            let output = try run(tmux + ["capture-pane", "-p", ";", "display-message", "-p", format]).orThrow().output
            return output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { Desktop.trimmed(String($0)) }
        }
    }

    @Test func `looks as in the emulator`() throws {
        let pane = try Pane()
        var approval = DeskApproval.example(
            7, "echo '漢字 é' \u{1B}[2J\u{202E}; rm -rf / # \(String(repeating: "long ", count: 150))\nls\\n")
        approval.uncertain = ["the shell may \u{9B}1m change"]
        var desk = Desktop(
            targets: DeskTarget.examples + [DeskTarget(name: "漢字-e\u{301}", logins: ["root"])], approvals: [approval])
        let steps = ["", "we", Key.down, "\u{15}", Key.end, "\t", "\r", Key.down, Key.pageDown, Key.up, "dno", Key.escape]
        for step in steps {
            desk.type(step)
            desk.wait(step == Key.escape ? 200 : 700)
            // All since the beginning: what is left of the screens before would be seen too.
            try pane.show(DeskScreen.enter + desk.written)
            let expected = desk.screen + ["\(desk.cursor.row) \(desk.cursor.column)"]
            var shown: [String] = []
            for _ in 0..<200 {
                shown = try pane.capture()
                if shown == expected { break }
                usleep(20_000)
            }
            #expect(shown == expected, "after \(step.debugDescription)")
        }
        #expect(desk.shows("Request 7"))
    }

    @Test func `leaves the terminal as it was`() throws {
        let pane = try Pane()
        var desk = Desktop(targets: DeskTarget.examples)
        desk.type(Key.down)
        try pane.show(Array("$ ssh -t bastion\r\n".utf8) + DeskScreen.enter + desk.written + DeskScreen.leave + Array("$ ".utf8))
        var shown: [String] = []
        for _ in 0..<200 {
            shown = try pane.capture()
            if shown.first == "$ ssh -t bastion", shown.last == "1 2" { break }
            usleep(20_000)
        }
        #expect(shown == ["$ ssh -t bastion", "$"] + Array(repeating: "", count: 22) + ["1 2"])
    }
}
