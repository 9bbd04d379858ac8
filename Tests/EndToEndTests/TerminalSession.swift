import EndToEndHarness
import Testing

extension EndToEnd {
    struct TerminalSession {
        @Test(arguments: Way.allCases) func `a shell on a terminal knows its size and every change of it`(_ way: Way) throws {
            let scene = try Scene()
            let terminal = try Terminal(scene.alice.sshCommand(way.words()), columns: 97, rows: 31)
            try terminal.expect("root@target$ ")
            try terminal.enter("stty size")
            try terminal.expect("31 97")
            terminal.resize(columns: 120, rows: 40)
            // The request for the new size is on its way while the command is typed: ask until it has come.
            try terminal.enter("until [ \"$(stty size)\" = '40 120' ]; do sleep 0.1; done; echo re''sized")
            try terminal.expect("resized")
            try terminal.enter("exit")
            #expect(try terminal.waitForExit() == .status(0))

            let recording = try scene.bastion.recording(of: scene.bastion.endedSession())
            #expect(recording.header["width"].number == 97)
            #expect(recording.header["height"].number == 31)
            #expect(recording.header["env"]["TERM"].string == "xterm-256color")
            #expect(recording.resizes == ["120x40"])
        }

        @Test func `Ctrl-C interrupts what runs, and the shell goes on`() throws {
            let scene = try Scene()
            let terminal = try scene.alice.terminal("-J", "bastion", "root@web1")
            try terminal.expect("root@target$ ")
            // The program itself says that it runs: between two commands of a list, bash may miss a signal.
            try terminal.enter("sh -c \"echo be''gun; exec sleep 600\"")
            try terminal.expect("begun")
            try terminal.type("\u{03}")
            try terminal.expect("root@target$ ")
            try terminal.enter("echo $?")
            try terminal.expect("130")
        }

        /// A known limit: libssh shows the modes of `pty-req` to nobody, so the target's terminal has its own.
        @Test func `terminal modes of the client stay behind`() throws {
            let scene = try Scene()
            let ssh = scene.alice.sshCommand(["-t", "-J", "bastion", "root@web1", "stty -a"]).map { "'\($0)'" }.joined(
                separator: " ")
            let terminal = try Terminal(["sh", "-c", "stty intr ^K; exec \(ssh)"])
            try terminal.expect("intr = ^C")
        }

        @Test func `Ctrl-D ends the shell`() throws {
            let scene = try Scene()
            let terminal = try scene.alice.terminal("-J", "bastion", "root@web1")
            try terminal.expect("root@target$ ")
            try terminal.type("\u{04}")
            #expect(try terminal.waitForExit() == .status(0))
        }

        @Test func `a terminal that is closed hangs the target's shell up`() throws {
            let scene = try Scene()
            let command = "trap 'echo hup > hung-up; exit' HUP; echo ready; while :; do sleep 0.1; done"
            var terminal: Terminal? = try scene.alice.terminal("-t", "-J", "bastion", "root@web1", command)
            try terminal?.expect("ready")
            terminal = nil  // kills ssh, as closing a terminal window does
            try wait(for: "SIGHUP at the target") { contents(of: "\(scene.target.home(of: "root"))/hung-up") == "hup\n" }
            #expect(try scene.bastion.endedSession()["exit"].string?.hasPrefix("lost") == true)
        }

        @Test func `a command may have a terminal, and a shell may do without`() throws {
            let scene = try Scene()
            let command = try scene.alice.terminal("-t", "-J", "bastion", "root@web1", "tty; exit 3")
            try command.expect("/dev/pts/")
            #expect(try command.waitForExit() == .status(3))

            let shell = try scene.alice.ssh("-T", "-J", "bastion", "root@web1", input: Array("tty; echo $((6*7))\nexit 4\n".utf8))
            #expect(shell.output.contains("not a tty"))
            #expect(shell.output.contains("42"))
            #expect(shell.exit == .status(4))
        }

        @Test(arguments: ["bash --norc", "dash", "zsh -f", "fish --no-config", "busybox sh"])
        func `every shell can be worked in`(_ shell: String) throws {
            let scene = try Scene()
            let terminal = try scene.alice.terminal("-t", "-J", "bastion", "root@web1", shell)
            try terminal.type("printf '%s-%s\\n' re ady\r")
            try terminal.expect("re-ady")
            try terminal.type("exit 6\r")
            #expect(try terminal.waitForExit() == .status(6))
        }

        @Test func `a full-screen program works through the bastion`() throws {
            let scene = try Scene()
            let terminal = try scene.alice.terminal(
                "-t", "-J", "bastion", "root@web1", "tmux -L sallyport-test -f /dev/null new-session")
            try terminal.enter("stty size")
            try terminal.expect("23 80")  // one line is tmux's own
            try terminal.enter("exit")
            try terminal.expect("[exited]")
            #expect(try terminal.waitForExit() == .status(0))
        }
    }
}
