extension Scenario {
    /// Pasted text, in marks and without.
    static func paste() -> ScenarioList {
        var list = ScenarioList(.paste)
        list.add("one line", .paste("t forbidden pasted"), "<enter>")
        list.add("one line with its end", .paste("t forbidden pasted\n"), .pause(1200), "<enter>", .pause(1200))
        list.add("three lines", .paste("t one\nt forbidden two\nt three\n"), .pause(2500), "<enter>", .pause(1200))
        list.add("three lines without marks", .plainPaste("t one\nt forbidden two\nt three\n"))
        list.add("without marks, last line open", .plainPaste("t one\nt forbidden two"), "<enter>")
        list.add("edit what was pasted", in: Shell.editing, .paste("t forbiden"), "<left><left>d<enter>")
        list.add("a loop without marks", in: Shell.posix, .plainPaste("for i in a b\ndo\n  t forbidden $i\ndone\n"))
        list.add(
            "a forged end", .burst("<paste>t one<enter></paste>t forbidden forged<enter><paste>t three</paste>"), .pause(2500),
            "<enter>", .pause(1200))
        list.add(
            "marks that nobody asked for", in: [.dash], .burst("<paste>t forbidden</paste>"), "<enter>",
            "t forbidden after<enter>")
        list.add("forty lines without marks", .plainPaste((1...40).map { "t forbidden \($0)\n" }.joined()), .pause(500))
        list.add("a long line", .paste("t forbidden " + String(repeating: "long ", count: 300)), "<enter>")
        list.add("tabs in it", in: Shell.editing, .paste("t forbidden\ta\tb"), "<enter>")
        list.add(
            "a here-document", in: [.bash, .zsh], .paste("sh <<X\nt forbidden here\nX\n"), .pause(2500), "<enter>", .pause(1200))
        list.add("while a command runs", "sleep 0.4<enter>", .plainPaste("t one\nt forbidden two\n"), .pause(600))
        return list
    }
}
