extension Scenario {
    /// Moving, deleting, killing, yanking, undoing.
    static func editing() -> ScenarioList {
        var list = ScenarioList(.editing)
        list.add("plain", "t forbidden one<enter>")
        list.add("several lines one after the other", "t one<enter>", "t forbidden two<enter>", "t three<enter>")
        list.add("blanks around", "  t   forbidden  two  <enter>")
        list.add("backspace", "t forbx<bs>idden backspace<enter>")
        list.add("backspace as control h", "t forbxy<c-h><c-h>idden<enter>")
        list.add("backspace to the beginning and on", "t ab<bs><bs><bs><bs><bs><bs>t forbidden<enter>")
        list.add("kill to the beginning", "rm -rf x<c-u>t forbidden u<enter>")
        list.add("kill a word", "t forbidden one two<c-w>three<enter>")
        list.add("kill words to nothing", "echo a b<c-w><c-w><c-w><c-w>t forbidden<enter>")
        list.add("interrupt and begin again", "t never", "<c-c>", "t forbidden after<enter>")
        list.add("insert in the middle", in: Shell.editing, "t forbiden<left><left>d<enter>")
        list.add("insert at the beginning", in: Shell.editing, "forbidden x<c-a>t <enter>")
        list.add("home and end keys", in: [.bash, .fish, .ash], " forbidden<home>t<end> y<enter>")
        list.add("delete key", in: Shell.editing, "t forbXidden<left><left><left><left><left><left><delete><enter>")
        list.add(
            "control b, control d, control f", in: Shell.editing,
            "t forbiXdden<c-b><c-b><c-b><c-b><c-b><c-d><c-f><c-f><c-f><c-f> x<enter>")
        list.add("kill to the end", in: Shell.editing, "t forbidden garbage<m-b><c-k><enter>")
        list.add("kill and yank", in: [.bash, .zsh, .fish], "forbidden k<c-u>t <c-y><enter>")
        list.add("yank pop", in: [.bash, .zsh], "aaa<c-u>forbidden<c-u>bbb<c-u>t <c-y><m-y><enter>")
        list.add("transpose characters", in: [.bash, .zsh, .fish], "t forbiddne<c-t><enter>")
        list.add("transpose words", in: [.bash, .zsh, .fish], "forbidden t<m-t><enter>")
        list.add("words forward and back", in: [.bash, .zsh, .fish], "t forbidden c d<m-b><m-b><m-b><m-f> X<enter>")
        list.add("control arrows", in: [.bash, .fish], "t b c<c-left><c-left>forbidden <c-right>d<enter>")
        list.add("kill word forward", in: [.bash, .zsh, .fish], "t junk forbidden<c-a><m-f><m-d><enter>")
        list.add("kill word backward with alt", in: [.bash, .zsh, .fish], "t forbidden a/b/c<m-bs>d<enter>")
        list.add("upper case, lower case", in: [.bash, .zsh], "t FORBIDDEN x<c-a><m-f><m-l> <m-u><enter>")
        list.add("undo", in: [.bash, .zsh, .fish], "t forbidden good<c-w><c-_><enter>")
        list.add("digit argument", in: [.bash, .zsh], "t forbidden <m-3>x<enter>")
        list.add("quoted insert", in: [.bash, .zsh], "t forbidden a<c-v><c-a>b<enter>")
        list.add("character search", in: [.bash], "t forbidden xxyxx<c-a><c-]>y<delete><enter>")
        list.add("set the mark and kill the region", in: [.bash, .zsh], "t forbidden junk<m-b><c-space><c-e><c-w><enter>")
        list.add(
            "comment a line out with alt #", in: [.bash], "t hidden<m-#>",
            "t forbidden<enter>")
        return list
    }
}
