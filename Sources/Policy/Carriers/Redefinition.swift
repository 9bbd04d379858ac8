/// Variables that change what a command means: which file a name stands for, which library or start-up file a program loads,
/// which program another one calls.
enum Redefinition {
    /// The value is a command, for a shell or as words: it is read like any other text, and in doubt only if it is not known.
    static let commands: Set<String> = [
        "PAGER", "MANPAGER", "GIT_PAGER", "SYSTEMD_PAGER", "PSQL_PAGER", "AWS_PAGER", "BAT_PAGER", "DELTA_PAGER", "MYSQL_PAGER",
        "EDITOR", "VISUAL", "SUDO_EDITOR", "GIT_EDITOR", "GIT_SEQUENCE_EDITOR", "SYSTEMD_EDITOR", "KUBE_EDITOR", "PSQL_EDITOR",
        "FCEDIT",
        "HISTEDIT", "HGEDITOR", "SVN_EDITOR", "CVSEDITOR", "LESSEDIT", "LESSOPEN", "LESSCLOSE", "BROWSER", "MANROFFSEQ",
        "GIT_SSH", "GIT_SSH_COMMAND", "GIT_EXTERNAL_DIFF", "GIT_PROXY_COMMAND", "GIT_ASKPASS", "SSH_ASKPASS", "SUDO_ASKPASS",
        "SSH_SK_HELPER", "SSH_PKCS11_HELPER", "SVN_SSH", "CVS_RSH", "RSYNC_RSH", "RSYNC_CONNECT_PROG", "RSH", "TAR_RSH", "RMT",
        "BORG_RSH",
        "PROMPT_COMMAND", "LESSPIPE", "MAILCHECKER", "TMUX_SHELL", "BATS_EDITOR", "QUILT_PAGER", "DEBSIGN_PROGRAM",
    ]

    /// Whatever the value is, unless it is empty, a program loads or does something else than its arguments say.
    static let loaders: Set<String> = [
        "BASH_ENV", "ENV", "SHELLOPTS", "BASHOPTS", "ZDOTDIR", "FPATH", "fpath", "CDPATH", "cdpath", "path", "INPUTRC",
        "BASH_LOADABLES_PATH",
        "EXECIGNORE",
        "PERL5OPT", "PERL5LIB", "PERLLIB", "PERL5DB", "PYTHONSTARTUP", "PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE",
        "PYTHONBREAKPOINT",
        "PYTHONINSPECT", "PYTHONPLATLIBDIR", "NODE_OPTIONS", "NODE_PATH", "NODE_REPL_EXTERNAL_MODULE", "RUBYOPT", "RUBYLIB",
        "GEM_PATH",
        "GEM_HOME", "LUA_INIT", "LUA_PATH", "LUA_CPATH", "PHPRC", "PHP_INI_SCAN_DIR", "TCLLIBPATH", "R_PROFILE", "R_PROFILE_USER",
        "R_ENVIRON", "R_ENVIRON_USER", "JULIA_LOAD_PATH", "GUILE_LOAD_PATH", "AWKPATH", "AWKLIBPATH", "JAVA_TOOL_OPTIONS",
        "_JAVA_OPTIONS",
        "JDK_JAVA_OPTIONS", "JDK_JAVAC_OPTIONS", "CLASSPATH", "MAVEN_OPTS", "GRADLE_OPTS", "ERL_FLAGS", "ERL_AFLAGS", "GOFLAGS",
        "RUSTC_WRAPPER",
        "GIT_EXEC_PATH", "GIT_TEMPLATE_DIR", "MAKEFLAGS", "MAKEFILES", "MFLAGS", "GNUMAKEFLAGS", "TAR_OPTIONS", "GREP_OPTIONS",
        "LESSKEY",
        "LESSKEYIN", "LESS", "VIMINIT", "EXINIT", "MYVIMRC", "VIMRUNTIME", "VIM", "NVIM_APPNAME", "EMACSLOADPATH", "OPENSSL_CONF",
        "OPENSSL_ENGINES", "OPENSSL_MODULES", "GCONV_PATH", "GETCONF_DIR", "LOCPATH", "NLSPATH", "GTK_MODULES", "GTK_PATH",
        "QT_PLUGIN_PATH",
        "GIO_EXTRA_MODULES", "MALLOC_CONF", "GLIBC_TUNABLES", "RSYNC_OPTIONS", "ANSIBLE_CONFIG", "ANSIBLE_LIBRARY",
        "GIT_CONFIG", "SSLKEYLOGFILE", "APT_CONFIG", "MAILCAPS", "KRB5_CONFIG", "TERMINFO", "TERMINFO_DIRS", "TERMCAP", "GDBINIT",
    ]

    /// Their names go on: `LD_PRELOAD`, `DYLD_INSERT_LIBRARIES`, `GIT_CONFIG_KEY_0`, `BASH_FUNC_ls%%`.
    static let loaderPrefixes = ["LD_", "DYLD_", "GIT_CONFIG_", "BASH_FUNC_", "LUA_INIT_", "NIX_LD"]
    static let harmless: Set<String> = ["LD_BIND_NOW", "LD_DEBUG", "LD_WARN", "LD_BIND_NOT"]

    /// The shell's own tables of names, as arrays: `BASH_ALIASES[ls]='reboot'`.
    static let tables: Set<String> = [
        "BASH_ALIASES", "BASH_CMDS", "aliases", "galiases", "saliases", "functions", "commands", "dis_aliases", "dis_functions",
        "dis_builtins",
    ]

    static let prompts: Set<String> = [
        "PS0", "PS1", "PS2", "PS3", "PS4", "PROMPT", "RPROMPT", "PROMPT2", "PROMPT4", "RPS1", "RPROMPT2",
    ]

    /// Where a distribution puts programs that only root can change.
    static let systemDirectories: Set<String> = [
        "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/snap/bin", "/usr/games",
        "/usr/local/games",
        "/usr/lib/jvm/default/bin",
    ]

    /// `PATH` is the list of the system's directories and what it was before.
    static func isSystemPath(_ value: CommandWord) -> Bool {
        // An empty element is the working directory.
        guard !value.pieces.isEmpty else { return false }
        var element = ""
        for piece in value.pieces {
            switch piece {
            case .text(let text):
                let parts = text.split(separator: ":", omittingEmptySubsequences: false)
                for (number, part) in parts.enumerated() {
                    if number > 0 {
                        guard isSystemElement(element) else { return false }
                        element = ""
                    }
                    element += part
                }
            case .unknown(let unknown):
                guard element.isEmpty, knownPaths.contains(unknown.source) else { return false }
                element = former
            case .pattern, .home: return false
            }
        }
        return isSystemElement(element)
    }

    private static let former = "\0"
    private static let knownPaths: Set<String> = ["$PATH", "${PATH}", "\"$PATH\"", "\"${PATH}\""]

    private static func isSystemElement(_ element: String) -> Bool {
        if element == former { return true }
        var element = Substring(element)
        while element.count > 1, element.last == "/" { element.removeLast() }
        return systemDirectories.contains(String(element))
    }
}

extension CarrierCall {
    /// What assignments in front of a command, or of `export` and its like, change.
    mutating func redefine(_ assignments: [RunCommand.Assignment]) {
        for assignment in assignments { redefine(assignment) }
    }

    /// Builtins such as `read PATH` give these variables a value that is not known.
    mutating func doubtVariables(_ names: [CommandWord]) {
        for word in names {
            guard let name = word.known ?? word.leadingText, !name.isEmpty else { continue }
            redefine(.init(name: name, value: CommandWord(unknown: "…")))
        }
    }

    private mutating func redefine(_ assignment: RunCommand.Assignment) {
        let name = String(assignment.name.upTo("[+"))
        let value = assignment.value
        let isEmpty = value?.pieces.isEmpty ?? false
        if Redefinition.commands.contains(name) {
            guard let text = value?.known else { return doubtVariable(name) }
            if name == "PROMPT_COMMAND", !isEmpty { doubtVariable(name) }
            // `LESSOPEN='|lesspipe %s'`: the sign says that its output is read.
            append(script: CommandWord(name.begins(with: "LESS") ? String(text.without("|-")) : text), from: name)
        } else if name == "PATH" {
            if value.map(Redefinition.isSystemPath) != true { doubtVariable(name) }
        } else if name == "IFS" {
            // `IFS= read -r line` is for `read` alone.
            if !["read", "mapfile", "readarray"].contains(command.words.first?.known ?? "") { doubtVariable(name) }
        } else if name == "HOME" {
            // `HOME=; rm -rf ~/` removes `/`.
            doubtVariable(name)
        } else if name == "SHELL" {
            let program = value.flatMap { ProgramName($0).known }
            if program.map({ ProgramCatalogue.contains($0, in: "shells") }) != true { doubtVariable(name) }
        } else if Redefinition.prompts.contains(name) {
            guard let text = value?.known else { return doubtVariable(name) }
            guard text.hasSubstitution else { return }
            doubtVariable(name)
            append(script: CommandWord(": " + text), from: name)
        } else if Redefinition.tables.contains(name) {
            doubtVariable(name)
            if let value, !isEmpty { append(script: value, from: name) }
        } else if !isEmpty, !Redefinition.harmless.contains(name),
            Redefinition.loaders.contains(name) || Redefinition.loaderPrefixes.contains(where: { name.begins(with: $0) })
        {
            doubtVariable(name)
        }
        // A subscript is arithmetic, and expands: `a[$(reboot)]=1`.
        if assignment.name.hasSubstitution { append(script: CommandWord(": " + assignment.name), from: "[") }
    }

    private mutating func doubtVariable(_ name: String) {
        doubt(.redefinition, "the variable \(Doubt.quoted(name)) changes what commands do")
    }

    /// The value's commands are nobody's arguments: a later program starts them, with its own input and in its own directory.
    private mutating func append(script: CommandWord, from name: String) {
        guard !script.pieces.isEmpty else { return }
        append(.script(script, in: RunCommand(words: [], carriers: [name])))
    }
}
