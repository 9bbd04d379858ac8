extension Scenario {
    /// Commands over more than one line.
    static func lines() -> ScenarioList {
        var list = ScenarioList(.lines)
        list.add("a loop", in: Shell.posix, "for i in a b<enter>", "do t forbidden $i<enter>", "done<enter>")
        list.add("a loop in fish", in: [.fish], "for i in a b<enter>", "t forbidden $i<enter>", "end<enter>")
        list.add("a backslash", "t \\<enter>", "forbidden two<enter>")
        list.add("a backslash in a word", in: Shell.posix, "t forbi\\<enter>", "dden two<enter>")
        list.add("open quotes", "t forbidden 'a<enter>", "b'<enter>")
        list.add(
            "open double quotes and an editor's help", in: Shell.editing, "t \"forb<enter>", "<up><c-a><c-e>", "<c-c>",
            "t forbidden<enter>")
        list.add("a here-document", in: Shell.posix, "cat <<E<enter>", "t body<enter>", "E<enter>", "t forbidden<enter>")
        list.add("a here-document for a shell", in: Shell.posix, "sh <<E<enter>", "t forbidden inner<enter>", "E<enter>")
        list.add("a pipe at the end", in: Shell.posix, "t forbidden one |<enter>", "cat<enter>")
        list.add("and at the end", in: Shell.posix, "true &&<enter>", "t forbidden<enter>")
        list.add(
            "an abandoned continuation", in: Shell.posix, "if true<enter>", "then t never<enter>", "<c-c>", "t forbidden<enter>")
        list.add("a function", in: Shell.posix, "f() {<enter>", "t forbidden $1<enter>", "}<enter>", "f x<enter>")
        list.add("a case", in: Shell.posix, "case x in<enter>", "x) t forbidden;;<enter>", "esac<enter>")
        list.add(
            "recall a command of several lines", in: [.bash, .zsh, .fish], "t forbidden 'a<enter>", "b'<enter>", "<up><enter>")
        list.add(
            "edit inside several lines", in: [.fish], "begin<enter>", "t forbiden<enter>", "<up><end><left><left>d<down>",
            "end<enter>")
        list.add("a newline by alt Enter", in: [.fish], "t one<m-enter>t forbidden two<enter>")
        list.add("a continuation that is blocked at once", in: Shell.posix, "for i in 1; do t forbidden $i<enter>", "done<enter>")
        return list
    }
}
