extension Scenario {
    private static let files = ["forbidden": "", "fable one": "", "folder/inner": "", "alpha1": "", "alpha2": ""]
    private static let zsh: [Shell: String] = [.zsh: "autoload -Uz compinit && compinit -u -D"]

    /// Tab.
    static func completion() -> ScenarioList {
        var list = ScenarioList(.completion)
        list.add("a file's name", in: Shell.editing, startUp: zsh, files: files, "t forb<tab><enter>")
        list.add("complete and Enter in one packet", in: Shell.editing, startUp: zsh, files: files, .burst("t forb<tab><enter>"))
        list.add("complete in the middle", in: Shell.editing, startUp: zsh, files: files, "t forb x<left><left><tab><enter>")
        list.add("a name with a blank", in: Shell.editing, startUp: zsh, files: files, "t forbidden fab<tab><enter>")
        list.add("a folder and on", in: Shell.editing, startUp: zsh, files: files, "t forbidden fol<tab>in<tab><enter>")
        list.add("several, by their beginning", in: [.bash, .ash], files: files, "t forbidden al<tab>2<enter>")
        list.add("list them", in: [.bash, .ash], files: files, "t forbidden al<tab><tab>", "1<enter>")
        list.add("no such", in: Shell.editing, startUp: zsh, files: files, "t forbidden nosuch<tab>x<enter>")
        list.add(
            "a menu", in: [.zsh], startUp: [.zsh: "autoload -Uz compinit && compinit -u -D\nzstyle ':completion:*' menu select"],
            files: files,
            "t forbidden al<tab><tab><tab>", "<enter>", "<enter>")
        list.add("fish's pager", in: [.fish], files: files, "t forbidden al<tab><tab>", "<down><enter>", "<enter>")
        list.add("fish's suggestion taken", in: [.fish], "t forbidden long<enter>", "t fo", "<right><enter>")
        list.add("fish's suggestion not taken", in: [.fish], "t forbidden long<enter>", "t f", "<enter>")
        list.add("an abbreviation", in: [.fish], startUp: [.fish: "abbr -a fo t forbidden"], "fo x<enter>")
        list.add("an abbreviation at Enter", in: [.fish], startUp: [.fish: "abbr -a fo t forbidden"], "fo<enter>")
        list.add("a variable", in: [.bash], startUp: [.bash: "export VERDICT=forbidden"], "t $VERD<tab><enter>")
        list.add("glob expansion", in: [.bash, .zsh], startUp: zsh, files: files, "t forb*<c-x>*<enter>")
        list.add(
            "menu-complete", in: [.bash], startUp: [.bash: "bind '\"\\C-t\": menu-complete'"], files: files,
            "t forbidden al<c-t><c-t><enter>")
        return list
    }
}
