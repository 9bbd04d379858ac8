extension Scenario {
    /// Lines that come from earlier lines.
    static func history() -> ScenarioList {
        var list = ScenarioList(.history)
        list.add("recall", in: Shell.editing, "t forbidden one<enter>", "<up><enter>")
        list.add("recall and Enter in one packet", in: Shell.editing, "t forbidden one<enter>", .burst("<up><enter>"))
        list.add("recall the one before", in: Shell.editing, "t forbidden one<enter>", "t two<enter>", "<up><up><enter>")
        list.add("recall and change", in: Shell.editing, "t forbidde one<enter>", "<up><m-b><left>n<enter>")
        list.add("up and down again", in: Shell.editing, "t forbidden one<enter>", "t two<enter>", "<up><up><down><enter>")
        list.add("control p and control n", in: Shell.editing, "t one<enter>", "t forbidden two<enter>", "<c-p><c-p><c-n><enter>")
        list.add("application cursor keys", in: [.bash, .zsh, .fish], "t forbidden one<enter>", "<oup><enter>")
        list.add("search backwards", in: Shell.bang, "t forbidden alpha<enter>", "t beta<enter>", "<c-r>alph<enter>")
        list.add(
            "search and change", in: [.bash], "t forbidde alpha<enter>", "t beta<enter>", "<c-r>alph<esc>",
            "<c-e>x<c-a><m-f><m-f>n<enter>")
        list.add("search, abandoned", in: Shell.bang, "t alpha<enter>", "t beta<enter>", "<c-r>alp<c-g>", "t forbidden<enter>")
        list.add("search twice back", in: Shell.bang, "t forbidden alpha 1<enter>", "t alpha 2<enter>", "<c-r>alpha<c-r><enter>")
        list.add("search by beginning", in: [.fish], "t forbidden alpha<enter>", "echo x<enter>", "t f", "<up>", "<enter>")
        list.add("!!", in: Shell.bang, "t forbidden one<enter>", "!!<enter>")
        list.add("!! inside", in: Shell.bang, "forbidden() { :; }<enter>", "t forbidden<enter>", "echo x; !!<enter>")
        list.add("!$", in: Shell.bang, "echo forbidden<enter>", "t !$<enter>")
        list.add("!-2 and !?string?", in: Shell.bang, "t forbidden one<enter>", "t two<enter>", "!-2<enter>", "!?one?<enter>")
        list.add("^a^b", in: Shell.bang, "t allowed one<enter>", "^allowed^forbidden<enter>")
        list.add(
            "!:s and !#", in: Shell.bang, "t allowed one<enter>", "!!:s/allowed/forbidden/<enter>", "t forbidden a !#:1<enter>")
        list.add("!nosuch", in: Shell.bang, "!nosuch<enter>", "t forbidden<enter>")
        list.add("quoted exclamation marks", in: Shell.bang, "t forbidden '!!' \\!x<enter>")
        list.add("last argument", in: Shell.bang, "echo forbidden<enter>", "t <m-.><enter>")
        list.add("last argument in fish", in: [.fish], "echo forbidden<enter>", "t <m-.><enter>")
        list.add("operate and get next", in: [.bash], "t forbidden one<enter>", "t two<enter>", "<up><up><c-o>", "<c-o>")
        list.add("accept and hold", in: [.zsh], "t forbidden one<m-a>", "<enter>")
        list.add(
            "history in a menu of its own file", in: [.bash, .zsh],
            startUp: [.bash: "HISTFILE=$HOME/hist; history -s t forbidden loaded", .zsh: "print -s t forbidden loaded"],
            "<up><enter>")
        list.add("fc -s", in: [.bash], "t allowed one<enter>", "fc -s allowed=forbidden<enter>")
        list.add(
            "edited history is not what was run", in: Shell.editing, "t forbidden one<enter>", "<up> two<down>", "<c-u>",
            "<up><enter>")
        return list
    }
}
