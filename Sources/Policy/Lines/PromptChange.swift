/// What a line that is typed at a prompt may not do without a doubt: change how the next lines are read, what the keys of the editor do, or what
/// the shell tells about its commands. Beyond what `CarrierTable` says of the same commands anywhere.
///
/// A prompt that is text (`PS1='\w$ '`) is harmless, and so are `set -o vi` and `stty -a`.
enum PromptChange {
    static func doubts(about command: RunCommand) -> [Doubt] {
        var doubts = command.assignments.compactMap { assigning($0.name) }
        guard let first = command.words.first, let name = ProgramName(first).known else { return doubts }
        let words = command.words.dropFirst()
        let operands = words.filter { $0.leadingText?.begins(with: "-") != true }
        func add(_ what: String) { doubts.append(Doubt(.redefinition, "`\(name)` \(what)")) }
        switch name {
        case "bind", "bindkey":
            let onlyLists = words.allSatisfy { ["-l", "-L", "-P", "-S", "-V", "-X", "-M", "-m"].contains($0.known ?? "") }
            if !words.isEmpty, !onlyLists { add("changes what keys do") }
        case "zle":
            if !words.isEmpty, words.first?.known != "-l", words.first?.known != "-L" { add("changes what the line editor does") }
        case "abbr":
            if !words.isEmpty, !["-s", "--show", "-l", "--list"].contains(words.first?.known ?? "") {
                add("changes what is put in for words that are typed")
            }
        case "add-zsh-hook", "add-zle-hook-widget": add("changes what the shell does around each command")
        case "trap":
            if operands.contains(where: { isTraced($0) }) { add("changes what the shell does around each command") }
        case "stty":
            if !changesNothing(words) { add("changes what the terminal does with keys") }
        case "set" where endsEditing(words): add("takes the line editor away")
        case "unset", "unfunction", "functions", "unsetenv", "set":
            for word in words {
                guard let name = word.known else {
                    if name == "unset" || name == "unfunction", word.holdsUnknown {
                        add("takes away what is only known when it runs")
                    }
                    continue
                }
                if isOurs(name) || tracers.contains(name) { add("changes what the shell does around each command") }
            }
        case "export", "declare", "typeset", "readonly", "local":
            doubts += words.compactMap { $0.atEquals.flatMap { assigning($0.name) } }
        default: break
        }
        return doubts
    }

    /// Functions of these names run around each command or while a line is typed, or in place of a builtin that the integration is made of.
    private static func isTold(aboutDefining name: String) -> Bool {
        tracers.contains(name) || isOurs(name) || builtins.contains(name) || name.begins(with: "zle-")
            || name.begins(with: "fish_pre")
            || name.begins(with: "fish_post") || name.begins(with: "accept-")
    }

    static func doubt(aboutDefining name: String) -> Doubt? {
        guard isTold(aboutDefining: name) else { return nil }
        return Doubt(.redefinition, "the function \(Doubt.quoted(name)) changes what the shell does around each command")
    }

    private static let tracers: Set<String> = [
        "precmd", "preexec", "chpwd", "periodic", "zshaddhistory", "zshexit", "PROMPT_COMMAND", "PS0", "precmd_functions",
        "preexec_functions", "chpwd_functions", "periodic_functions", "zshaddhistory_functions", "zle_bracketed_paste",
        "READLINE_LINE", "READLINE_POINT", "BUFFER", "fish_prompt", "fish_right_prompt", "fish_key_bindings",
        "fish_user_key_bindings", "TRAPDEBUG", "PERIOD", "HISTCHARS", "histchars",
    ]

    private static let builtins: Set<String> = [
        "builtin", "command", "eval", "printf", "print", "read", "unset", "local", "declare", "typeset", "set", "shopt", "test",
        "[",
        "return", "history", "bind", "bindkey", "zle", "trap", "enable", "emulate", "commandline", "functions", "string",
        "contains",
        "count", "alias", "unalias", "stty", "fc", "shift",
    ]

    /// Names of the integration.
    private static func isOurs(_ name: String) -> Bool { name.lowercased().contains("sallyport") }

    private static func assigning(_ name: String) -> Doubt? {
        let plain = String(name.prefix { $0 != "[" && $0 != "+" })
        guard tracers.contains(plain) || isOurs(plain) else { return nil }
        return Doubt(.redefinition, "the variable \(Doubt.quoted(plain)) changes what the shell does around each command")
    }

    private static func isTraced(_ word: CommandWord) -> Bool {
        guard let known = word.known?.uppercased() else { return true }
        return ["DEBUG", "RETURN", "SIGDEBUG"].contains(known)
    }

    /// `set +o emacs`
    private static func endsEditing(_ words: ArraySlice<CommandWord>) -> Bool {
        zip(words, words.dropFirst()).contains { $0.known == "+o" && ["emacs", "vi"].contains($1.known ?? "emacs") }
    }

    /// `stty`, `stty -a`, `stty size`, `stty rows 24`, `stty sane`.
    private static func changesNothing(_ words: ArraySlice<CommandWord>) -> Bool {
        var rest = words
        while let word = rest.popFirst() {
            switch word.known {
            case "-a", "--all", "-g", "--save", "size", "speed", "sane", "--help", "--version": continue
            case "rows", "cols", "columns": _ = rest.popFirst()
            default: return false
            }
        }
        return true
    }
}
