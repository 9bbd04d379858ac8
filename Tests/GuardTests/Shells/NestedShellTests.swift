import EndToEndHarness
import Testing

@testable import Guard

/// Shells that a shell with the integration starts: they get it too, and the outer one goes on behind them.
struct NestedShellTests {
    struct Pair: CustomTestStringConvertible {
        var outer: String
        var inner: String
        var testDescription: String { "\(inner) in \(outer)" }
    }

    private static let pairs = IntegratedShellTests.shells.flatMap { outer in
        ["bash", "bash -l", "zsh", "zsh -l", "fish", "fish -i"].map { Pair(outer: outer, inner: $0) }
    }

    /// A log-in whose home has start-up files for all three, and that has typed `line` to start a shell.
    private func login(_ outer: String, in line: String) throws -> IntegratedLogin {
        var files: [String: String] = [:]
        // Those of the outer one are there already; an inner one has its `t` from the outer one's PATH.
        if outer != "bash" { files[".bash_profile"] = "PS1='$ '\nPATH=~/bin:$PATH\n" }
        if outer != "zsh" { files[".zshrc"] = "PS1='$ '\nunsetopt promptsp\n" }
        files[".bashrc"] = "PS1='$ '\n"
        let login = try IntegratedLogin(outer, files: files)
        try login.shell.type(line + "\r")
        try login.waitForShells(2)
        return login
    }

    @Test(arguments: pairs) func `Each line inside is told by the editor and judged, and so are those behind`(pair: Pair) throws {
        let login = try login(pair.outer, in: pair.inner)
        try login.type(["t forbidden\r"])
        try login.shell.expect("That is forbidden.")
        try login.type(["t a $SHLVL\r", "exit 3\r", "t b $SHLVL\r"])
        try login.waitForRuns(2)
        #expect(login.ran == ["a 2", "b 1"])
        #expect(login.shell.asked == [pair.inner, "t forbidden", "t a $SHLVL", "exit 3", "t b $SHLVL"])
        #expect(login.shell.questions.allSatisfy { $0.witnesses.contains(.editor) && $0.doubts.isEmpty })
        let languages = [pair.outer, pair.inner, pair.inner, pair.inner, pair.outer].map { $0.prefix { $0 != " " } }
        #expect(login.shell.questions.map(\.language.name) == languages.map(String.init))
        // The line that started it ends with its status.
        #expect(login.shell.reports.contains(LineReport(number: 1, .ended(status: 3))))
        #expect(login.alarms == [])
    }

    @Test(arguments: pairs) func `Nothing of it is left in the environment, on a disk, or in what the shell is`(pair: Pair) throws
    {
        let login = try login(pair.outer, in: pair.inner)
        let look =
            "env | grep -cE '^(ENV|ZDOTDIR|XDG_DATA_DIRS|POSIXLY_CORRECT|.*sallyport_)' >~/n; t $(cat ~/n) $(ls -A ~/run | wc -l)\r"
        try login.type([look])
        try login.waitForRuns(1)
        let name = pair.inner.prefix { $0 != " " }
        try login.type(["t \(name == "fish" ? "$fish_pid" : "$0") $(type \(name))\r", "exit\r", look, "t $(type \(name))\r"])
        try login.waitForRuns(4)
        try #require(login.ran.count == 4)
        #expect(login.ran.first == "0 0" && login.ran.dropFirst(2).first == "0 0", "\(login.ran)")
        // bash says that it is hashed, in parentheses.
        for told in [1, 3].map({ login.ran[$0] }) {
            #expect(told.hasSuffix("/\(name)") || told.hasSuffix("(/usr/bin/\(name))"), "\(login.ran)")
        }
        if name == "bash" { #expect(login.ran[1].hasPrefix("bash ")) }
    }

    @Test(arguments: IntegratedShellTests.shells) func `A shell that takes the place of the other is judged like it`(name: String)
        throws
    {
        let login = try login(name, in: "exec bash")
        try login.type(["t a\r", "t forbidden\r"])
        try login.shell.expect("That is forbidden.")
        try login.type(["exec zsh\r"])
        try login.waitForShells(3)
        try login.type(["t b\r", "exec fish\r"])
        try login.waitForShells(4)
        try login.type(["t c\r"])
        try login.waitForRuns(3)
        #expect(login.ran == ["a", "b", "c"])
        #expect(login.shell.asked == ["exec bash", "t a", "t forbidden", "exec zsh", "t b", "exec fish", "t c"])
        #expect(
            login.shell.questions.allSatisfy { $0.witnesses.contains(.editor) }, "\(login.shell.questions.map(\.witnesses.names))"
        )
        #expect(login.alarms == [])
    }

    @Test(arguments: IntegratedShellTests.shells)
    func `The outer shell goes on where the inner one is killed, left, or becomes something else`(
        name: String
    ) throws {
        let login = try login(name, in: "bash")
        try login.type(["kill -9 $$\r", "t a\r", "zsh\r"])
        try login.waitForShells(3)
        try login.type(["t b\r", "\u{04}", "t c\r", "bash\r"])
        try login.waitForShells(4)
        try login.type(["exec sleep 0.2\r"])
        try login.shell.settle(.milliseconds(500))
        try login.type(["t d\r", "t forbidden\r"])
        try login.shell.expect("That is forbidden.")
        try login.waitForRuns(4)
        #expect(login.ran == ["a", "b", "c", "d"])
        #expect(
            login.shell.asked == [
                "bash", "kill -9 $$", "t a", "zsh", "t b", "t c", "bash", "exec sleep 0.2", "t d", "t forbidden",
            ])
        #expect(
            login.shell.questions.allSatisfy { $0.witnesses.contains(.editor) }, "\(login.shell.questions.map(\.witnesses.names))"
        )
        #expect(login.alarms == [])
    }

    @Test(arguments: IntegratedShellTests.shells) func `A shell that is stopped and goes on is judged`(name: String) throws {
        let login = try login(name, in: "bash")
        try login.type(["suspend\r", "t a\r", "fg\r", "t b\r", "zsh\r"])
        try login.waitForShells(3)
        try login.type(["t forbidden\r"])
        try login.shell.expect("That is forbidden.")
        try login.type(["exit\r", "exit\r", "t c\r"])
        try login.waitForRuns(3)
        #expect(login.ran == ["a", "b", "c"])
        #expect(login.shell.asked == ["bash", "suspend", "t a", "fg", "t b", "zsh", "t forbidden", "exit", "exit", "t c"])
        #expect(login.alarms == [])
    }

    @Test func `Shells in shells in shells`() throws {
        let login = try login("bash", in: "zsh")
        for (count, inner) in ["fish", "bash -l", "zsh"].enumerated() {
            try login.type(["t a\r", inner + "\r"])
            try login.waitForShells(count + 3)
        }
        try login.type(["t deep $SHLVL\r", "exit\r", "t b $SHLVL\r", "exit\r", "exit\r", "exit\r", "t c $SHLVL\r"])
        try login.waitForRuns(6)
        #expect(login.ran == ["a", "a", "a", "deep 5", "b 4", "c 1"])
        #expect(
            login.shell.questions.allSatisfy { $0.witnesses.contains(.editor) }, "\(login.shell.questions.map(\.witnesses.names))"
        )
        #expect(login.alarms == [])
    }

    @Test(arguments: IntegratedShellTests.shells) func `What is typed ahead into a shell that starts is for its editor`(
        name: String
    )
        throws
    {
        let login = try login(name, in: "bash")
        try login.type([name + "\rt a\rt forbidden\r"])
        try login.shell.expect("That is forbidden.")
        #expect(login.ran == ["a"])
        #expect(login.shell.asked == ["bash", name, "t a", "t forbidden"])
        #expect(login.shell.questions.allSatisfy { $0.witnesses.contains(.editor) })
    }

    @Test func `An interrupt does not wait for a shell that starts slowly`() throws {
        let login = try IntegratedLogin("bash", files: [".zshrc": "sleep 60\nPS1='$ '\n"])
        try login.shell.type("zsh\r")
        try login.shell.settle(.milliseconds(500))
        try login.shell.type("t a\r")
        try login.shell.settle(.milliseconds(300))
        try login.shell.type("\u{03}")
        // zsh goes on without the rest of the file, and the line is gone.
        try login.waitForShells(2)
        try login.type(["t b\r"])
        try login.waitForRuns(1)
        #expect(login.ran == ["b"])
    }

    @Test(arguments: IntegratedShellTests.shells) func `A shell with other options is followed by the screen`(name: String) throws
    {
        let login = try IntegratedLogin(name)
        try login.shell.type("bash --norc\r")
        try login.shell.settle(.milliseconds(600))
        try login.type(["t forbidden\r"])
        try login.shell.expect("That is forbidden.")
        try login.shell.settle(.milliseconds(600))
        try login.type(["exit\r", "t b\r"])
        try login.waitForRuns(1)
        #expect(login.ran == ["b"])
        #expect(login.alarms == [])
    }
}

extension IntegratedLogin {
    /// Waits until that many shells have said that they report their lines.
    func waitForShells(_ count: Int) throws {
        let deadline = Deadline.after(.seconds(20))
        while shell.reports.count(where: { $0.content == .reading(.editor) }) < count, !deadline.isPast { try shell.settle() }
        try shell.settle()
    }
}
