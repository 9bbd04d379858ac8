extension Scenario {
    private static let mode: [Shell: String] = [
        .bash: "set -o vi", .zsh: "bindkey -v", .fish: "fish_vi_key_bindings", .ash: "set -o vi",
    ]

    /// vi's keys.
    static func vi() -> ScenarioList {
        var list = ScenarioList(.vi)
        list.add("insert and Enter", in: Shell.editing, startUp: mode, "t forbidden v<enter>")
        list.add("Enter in command mode", in: Shell.editing, startUp: mode, "t forbidden v<esc>", "<enter>")
        list.add("move, change, append", in: [.bash, .zsh, .fish], startUp: mode, "t forbXdden<esc>", "0fXri", "A y<enter>")
        list.add(
            "delete words and put", in: [.bash, .zsh], startUp: mode, "t junk forbidden<esc>", "0wdw", "$a x<esc>", "<enter>")
        list.add(
            "history with k and search", in: [.bash, .zsh], startUp: mode, "t forbidden one<enter>", "t two<enter>", "<esc>",
            "kk<enter>", "<esc>", "/forb<enter>", "<enter>")
        list.add("undo, repeat", in: [.bash, .zsh], startUp: mode, "t forbidden abc<esc>", "x.u", "<enter>")
        list.add(
            "vi mode in mid-session", in: [.bash, .zsh], "if [ $ZSH_VERSION ]; then bindkey -v; else set -o vi; fi<enter>",
            "t forbiddn<esc>", "ie<esc>", "<enter>")
        list.add(
            "the editor by v", in: [.bash], startUp: [.bash: "set -o vi; export EDITOR=\"$HOME/ed\" VISUAL=\"$HOME/ed\""],
            files: ["ed": "#!/bin/sh\necho t forbidden edited >\"$1\"\n"], truthIsBlind: true, "t one<esc>", "v", "<enter>")
        list.add("comment with #", in: [.bash], startUp: mode, "t hidden<esc>", "#", "t forbidden<enter>")
        return list
    }
}
