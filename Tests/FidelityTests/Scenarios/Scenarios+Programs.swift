extension Scenario {
    /// What runs in the shell and reads the keyboard.
    static func programs() -> ScenarioList {
        var list = ScenarioList(.programs)
        list.add("cat", "cat<enter>", "t forbidden is only data<enter>", "<c-d>", "t forbidden after<enter>")
        list.add("read", in: Shell.posix, "read x<enter>", "t forbidden is only data<enter>", "t forbidden \"$x\"<enter>")
        list.add(
            "less", files: ["text": (1...60).map { "line \($0)\n" }.joined()], "less text<enter>", "/line 5<enter>", "q",
            "t forbidden after<enter>")
        list.add(
            "vim", files: ["text": "one\n"], "vi -u NONE text<enter>", "it forbidden only text<esc>", ":q!<enter>",
            "t forbidden after<enter>")
        list.add(
            "the shell escape of less", files: ["text": "one\n"], inside: ["t forbidden escaped"], "less text<enter>",
            "!t forbidden escaped<enter>", "<enter>q",
            "t after<enter>")
        list.add("a nested bash", in: [.bash], "bash<enter>", "t forbidden nested<enter>", "exit<enter>", "t after<enter>")
        list.add("a nested zsh", in: [.zsh], "zsh<enter>", "t forbidden nested<enter>", "exit<enter>", "t after<enter>")
        list.add("a nested fish", in: [.fish], "fish<enter>", "t forbidden nested<enter>", "exit<enter>", "t after<enter>")
        list.add("a nested dash", in: [.dash], "dash<enter>", "t forbidden nested<enter>", "exit<enter>", "t after<enter>")
        list.add(
            "job control", in: [.bash, .zsh, .fish], "sleep 30<enter>", "<c-z>", "t forbidden stopped<enter>", "fg<enter>",
            "<c-c>",
            "t after<enter>")
        list.add(
            "a background job talks", in: Shell.posix, "(sleep 0.3; echo talk) &<enter>", "t forb", .pause(500), "idden x<enter>")
        list.add("an alias", in: Shell.posix, "alias fine='t forbidden'<enter>", "fine x<enter>")
        list.add("a function hides it", in: Shell.posix, "fine() { t forbidden \"$@\"; }<enter>", "fine x<enter>")
        list.add("eval and sh -c", in: Shell.posix, "eval 't forbidden'<enter>", "sh -c 't forbidden'<enter>")
        list.add(
            "python", "python3 -q<enter>", .wait(">>>"), "print('t forbidden')<enter>", "exit()<enter>",
            "t forbidden after<enter>")
        list.add("exec of the shell itself", in: [.bash, .zsh], "exec $0<enter>", "t forbidden after<enter>")
        list.add(
            "tmux", inside: ["t forbidden inside", "exit"], "tmux -L f -f /dev/null new<enter>", .pause(300),
            "t forbidden inside<enter>", "exit<enter>",
            "t forbidden after<enter>")
        return list
    }
}
