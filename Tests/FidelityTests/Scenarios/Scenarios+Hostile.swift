extension Scenario {
    /// Output that would mislead who reads the screen; prompts that are hard to read; people who would switch the guard off.
    static func hostile() -> ScenarioList {
        var list = ScenarioList(.hostile)
        for (name, bytes) in terminalStates.sorted(by: { $0.key < $1.key }) {
            // From a file, as anybody may have on the disk of a target.
            list.add(name, files: ["evil": bytes], "cat evil<enter>", "t forbidden seen<enter>")
        }
        for (name, bytes) in forgeries.sorted(by: { $0.key < $1.key }) {
            list.add(name, files: ["evil": bytes], "cat evil<enter>", "t forbidden seen<enter>")
        }
        list.add(
            "typed words come out while typing", in: Shell.posix, "(sleep 0.3; printf 'echo harmless') &<enter>", "t forb",
            .pause(500), "idden<enter>")
        list.add("8-bit controls and invalid UTF-8", "printf '\\2338m\\377\\300\\2350;x'<enter>", "t forbidden seen<enter>")
        list.add(
            "an empty prompt", startUp: prompt(bash: "PS1=", zsh: "PS1=", fish: "function fish_prompt; end", posix: "PS1="),
            "t forbidden<enter>", "t two<enter>")
        list.add(
            "a prompt of two lines",
            startUp: prompt(
                bash: "PS1='one\\ntwo$ '", zsh: "PS1=$'one\\ntwo$ '", fish: "function fish_prompt; printf 'one\\ntwo$ '; end",
                posix: "PS1='one\ntwo$ '"), "t forbidden<enter>", "t two<enter>")
        list.add(
            "a prompt that looks like a command",
            startUp: prompt(
                bash: "PS1='t harmless; '", zsh: "PS1='t harmless; '", fish: "function fish_prompt; printf 't harmless; '; end",
                posix: "PS1='t harmless; '"), "t forbidden<enter>", "t two<enter>")
        list.add(
            "a prompt in colours with the time", in: [.bash, .zsh],
            startUp: prompt(bash: "PS1='\\[\\e[1;32m\\]\\t \\u\\[\\e[0m\\]:\\w\\$ '", zsh: "PS1='%F{green}%*%f %~%# '"),
            "t forbidden<enter>", "t two<enter>")
        list.add(
            "a right prompt", in: [.zsh, .fish],
            startUp: prompt(zsh: "RPROMPT='t harmless'", fish: "function fish_right_prompt; printf 't harmless'; end"),
            "t forbidden<enter>", "t two<enter>")
        list.add(
            "a prompt command of the user", in: [.bash, .zsh],
            startUp: prompt(bash: "PROMPT_COMMAND='n=$((n+1)); PS1=\"$n> \"'", zsh: "precmd() { PS1=\"$((n+=1))> \" }"),
            "t forbidden<enter>", "t two<enter>")
        list.add("a prompt changed in mid-session", in: Shell.posix, "PS1='other> '<enter>", "t forbidden<enter>")
        list.add("the editor's keys rebound", in: [.bash], "bind '\"a\": \"b\"'<enter>", "t forbidden a<enter>")
        list.add(
            "Enter bound back", in: [.bash, .zsh], mayBeEnded: true,
            "if [ $ZSH_VERSION ]; then bindkey '^M' .accept-line; else bind 'RETURN: accept-line'; fi<enter>",
            "t forbidden<enter>", "t two<enter>")
        list.add(
            "the hooks taken away", in: [.bash], mayBeEnded: true, "PROMPT_COMMAND= PS1='$ '<enter>", "t forbidden<enter>",
            "t two<enter>")
        list.add(
            "the hooks of zsh taken away", in: [.zsh], truthIsBlind: true, mayBeEnded: true,
            "PS1='$ '; precmd_functions=(); preexec_functions=()<enter>", "t forbidden<enter>", "t two<enter>")
        list.add(
            "marks by the user with what the shell knows", in: [.bash, .zsh], files: ["forge.sh": forging], mayBeEnded: true,
            ". ./forge.sh<enter>",
            "t forbidden<enter>", "t two<enter>")
        list.add("erase character changed", in: [.dash], "stty erase x<enter>", "t forbidaxden<enter>", "t forbidden<enter>")
        // Nothing shows that a line was typed, so each waits as long as a slow echo may take.
        list.add(
            "no echo", in: Shell.posix, "stty -echo<enter>", "t forbidden<enter>", .pause(1500), "stty echo<enter>", .pause(1500))
        list.add("raw mode", in: [.dash], "stty -icanon -icrnl<enter>", "t forbidden<c-j>", "stty sane<c-j>")
        list.add("set -x and a debug trap", in: [.bash], "set -x; trap 'true' DEBUG<enter>", "t forbidden<enter>")
        return list
    }

    /// States that a naive emulator does not come out of.
    private static let terminalStates: [String: String] = [
        "alternate screen left on": "\u{1B}[?1049h\u{1B}[H\u{1B}[2J",
        "insert mode": "\u{1B}[4h",
        "scroll region": "\u{1B}[5;9r\u{1B}[5H",
        "origin mode": "\u{1B}[3;9r\u{1B}[?6h\u{1B}[H",
        "autowrap off": "\u{1B}[?7l",
        "conceal": "\u{1B}[8m",
        "faint text": "\u{1B}[2m",
        "line drawing": "\u{1B}(0",
        "shift out": "\u{0E}",
        "an OSC left open": "\u{1B}]0;title",
        "a DCS left open": "\u{1B}Pq",
        "an APC left open": "\u{1B}_payload",
        "cursor far away": "\u{1B}[999;999H",
        "new line mode": "\u{1B}[20h",
        "margins left and right": "\u{1B}[?69h\u{1B}[10;30s",
        "reset": "\u{1B}c",
        "screen cleared": "\u{1B}[H\u{1B}[2J\u{1B}[3J",
        "answers asked for": "\u{1B}[c\u{1B}[6n\u{1B}[5n",
        "bracketed paste switched off": "\u{1B}[?2004l",
    ]

    /// What would be the integration's, if it had the nonce.
    private static let forgeries: [String: String] = [
        "forged prompt marks": "\u{1B}]133;A\u{7}$ \u{1B}]133;B\u{7}echo harmless\u{1B}]133;C\u{7}",
        "forged marks with a guessed nonce":
            "\u{1B}]133;A;sp=00000000000000000000000000000000\u{1B}\\$ \u{1B}]133;B;sp=00000000000000000000000000000000\u{1B}\\",
        "forged report": "\u{1B}]7717;00000000000000000000000000000000;r;0000000000000000;0;;echo harmless;\u{7}",
        "forged prompt": "\r\u{1B}[Ktarget$ echo harmless",
        "forged program": "\u{1B}]0;vim\u{7}\u{1B}[?1049h\u{1B}[?1h\u{1B}=~\r\n~\r\n",
        "forged file transfer": "rz\r**\u{18}B00000000000000\r\u{8A}\u{11}",
        "a mark cut off": "\u{1B}]7717;",
    ]

    /// Prints every word of 32 hexadecimal digits that the shell's memory holds, the nonce among them, as the integration's marks and a report.
    private static let forging = """
        for n in $(set 2>/dev/null | grep -oE '[0-9a-f]{32}' | sort -u); do
            printf '\\033]7717;%s;A\\007$ \\033]7717;%s;B\\007' "$n" "$n"
            printf '\\033]7717;%s;r;%s;0;;echo harmless;\\007' "$n" "${__sallyport_t-0000000000000000}"
        done

        """

    private static func prompt(bash: String? = nil, zsh: String? = nil, fish: String? = nil, posix: String? = nil) -> [Shell:
        String]
    {
        [.bash: bash, .zsh: zsh, .fish: fish, .dash: posix, .ash: posix].compactMapValues { $0 }
    }
}
