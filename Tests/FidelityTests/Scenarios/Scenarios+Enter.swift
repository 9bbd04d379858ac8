extension Scenario {
    /// Enter in other ways than by its key.
    static func enter() -> ScenarioList {
        var list = ScenarioList(.enter)
        list.add("control j", "t forbidden j<c-j>")
        list.add("control m", "t forbidden m<c-m>")
        list.add(
            "keypad Enter in application mode", in: [.bash], startUp: [.bash: "bind '\"\\eOM\": accept-line'"],
            "t forbidden<kpenter>"
        )
        list.add("end of file ends half a line", in: [.dash], "t forbidden half<c-d>", " more<enter>")
        list.add("end of file on an empty line", in: Shell.editing, "<c-d>")
        list.add("a quoted Enter", in: Shell.bang, "t forbidden 'a<c-v><enter>b'<enter>")
        list.add("a quoted newline", in: Shell.bang, "t forbidden 'a<c-v><c-j>b'<enter>")
        list.add("a macro with Enter", in: [.bash], startUp: [.bash: "bind '\"\\C-t\": \"t forbidden macro\\C-m\"'"], "<c-t>")
        list.add(
            "a macro with two lines", in: [.bash], startUp: [.bash: "bind '\"\\C-t\": \"t one\\C-mt forbidden two\\C-m\"'"],
            "<c-t>")
        list.add("a macro in zsh", in: [.zsh], startUp: [.zsh: "bindkey -s '^T' 't forbidden macro^M'"], "<c-t>")
        list.add(
            "another key accepts", in: [.bash, .zsh, .fish],
            startUp: [.bash: "bind '\"\\C-t\": accept-line'", .zsh: "bindkey '^T' accept-line", .fish: "bind \\ct execute"],
            "t forbidden other<c-t>")
        list.add(
            "a key bound later accepts", in: [.bash, .zsh],
            "if [ $ZSH_VERSION ]; then bindkey '^T' accept-line; else bind '\"\\C-t\": accept-line'; fi<enter>",
            "t forbidden later<c-t>")
        list.add(
            "a widget of the user accepts", in: [.zsh],
            startUp: [.zsh: "mine() { BUFFER=\"t forbidden widget\"; zle accept-line }; zle -N mine; bindkey '^T' mine"], "<c-t>")
        list.add(
            "a widget of the user wraps accept-line", in: [.zsh],
            startUp: [.zsh: "accept-line() { BUFFER=\"$BUFFER wrapped\"; zle .accept-line }; zle -N accept-line"],
            "t forbidden<enter>")
        list.add(
            "a function of the user runs", in: [.bash],
            startUp: [.bash: "mine() { t forbidden bindx; }; bind -x '\"\\C-t\": mine'"],
            truthIsBlind: true, "<c-t>", "t after<enter>")
        list.add(
            "edit and execute", in: [.bash], startUp: [.bash: "export EDITOR=\"$HOME/ed\""],
            files: ["ed": "#!/bin/sh\necho t forbidden edited >\"$1\"\n"], truthIsBlind: true, "t one<c-x><c-e>", "<enter>")
        list.add(
            "edit the line", in: [.zsh],
            startUp: [
                .zsh:
                    "export EDITOR=\"$HOME/ed\"; autoload -Uz edit-command-line; zle -N edit-command-line; bindkey '^X^E' edit-command-line"
            ], files: ["ed": "#!/bin/sh\necho t forbidden edited >\"$1\"\n"], "t one<c-x><c-e>", "<enter>")
        list.add(
            "edit the line in fish", in: [.fish], startUp: [.fish: "set -gx EDITOR $HOME/ed"],
            files: ["ed": "#!/bin/sh\necho t forbidden edited >\"$1\"\n"], "t one<m-e>", "<enter>")
        list.add(
            "fc with an editor", in: [.bash], startUp: [.bash: "export FCEDIT=\"$HOME/ed\""],
            files: ["ed": "#!/bin/sh\necho t forbidden fc >\"$1\"\n"], truthIsBlind: true, "t one<enter>", "fc<enter>")
        list.add("push the line", in: [.zsh], "t forbidden pushed<m-q>", "t one<enter>", "<enter>")
        list.add("Enter with a digit argument", in: Shell.bang, "t forbidden arg<m-2><enter>", "<enter>")
        list.add("empty lines and comments", in: Shell.posix, "<enter><enter># nothing<enter>", "t forbidden<enter>")
        list.add("a line that does not parse", in: Shell.posix, ") <enter>", "t forbidden<enter>")
        return list
    }
}
