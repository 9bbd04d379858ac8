package import Guard

extension CommandReading {
    /// Who reads the keyboard while this runs, as far as the line tells. `.shell` and the SQL clients are what *can* be followed; whether it is, the
    /// policy says.
    ///
    /// One program that is followed and others that read as well cannot be told apart while they run: then it is `.program`.
    ///
    /// Behind what reads only its input, what runs longer leaves the keyboard to the shell (`read x; sleep 9`): then it is `.unknown`.
    ///
    /// - Parameter language: of the shell that runs it: zsh reads the keyboard for `> file`.
    package func keyboardReader(in language: LineLanguage) -> KeyboardReader {
        let isUnclear = doubts.contains { doubt in
            switch doubt.kind {
            case .syntax, .tooLarge, .unknownProgram, .evaluated, .foreignCode, .dialect, .unreadLine: true
            case .commandFile, .pipedProgram, .interactive, .redefinition, .unknownWord: false
            }
        }
        var followed: Set<KeyboardReader> = []
        var asks = false
        var reads = false
        var isUnknown = isUnclear
        var mayEndBefore = false
        var hasReadInput = false
        for command in commands where command.standing == .program {
            let use = command.keyboardUse(in: language)
            if command.input == .inherited, !command.isBrief {
                mayEndBefore = use != .reads && (mayEndBefore || hasReadInput)
                hasReadInput = hasReadInput || use == .reads && command.readsOnlyInput
            }
            switch use {
            case .nobody: continue
            case .asks: asks = true
            case .reads: reads = true
            case .unknown: isUnknown = true
            case .followed(let reader): followed.insert(reader)
            }
        }
        if let reader = followed.first {
            return followed.count == 1 && !reads && !isUnknown ? reader : .program
        }
        if reads { return mayEndBefore ? .unknown : .program }
        return isUnknown || asks ? .unknown : .nobody
    }
}

extension RunCommand {
    /// What one command does with the keyboard, for certain or not.
    enum Keyboard: Hashable {
        case nobody
        /// It may ask something first.
        case asks
        case reads
        case unknown
        /// It reads lines that can be judged.
        case followed(KeyboardReader)
    }

    func keyboardUse(in language: LineLanguage = .shell) -> Keyboard {
        guard let first = words.first else {
            // `> file` alone is `cat > file` in zsh.
            return redirections.isEmpty || language == .bash || language == .fish ? .nobody : .unknown
        }
        guard let name = ProgramName(first).known, isInstalled(first) else { return .unknown }
        if words.count == 2, ["--version", "--help"].contains(words[1].known ?? "") { return .nobody }
        if let reader = followedReader(name) { return .followed(reader) }
        let use = KeyboardUse.table[name] ?? KeyboardUse.table[ProgramCatalogue.withoutVersion(name)] ?? .unknown
        switch use {
        case .none, .carries:
            return hasOption("-i", "-I", "--interactive", of: ["rm", "cp", "mv", "ln"], name) ? .reads : .nobody
        case .reads: return sqlIsInView(name) || isRead(through: name) ? .nobody : .reads
        case .asks: return .asks
        case .readsInput: return readsTerminal ? .reads : .nobody
        case .filters(let leading): return filter(name, leading)
        case .interprets: return interpreter()
        case .unknown: return ProgramKeyboard.reads(name, words.dropFirst(), output: output) ?? .unknown
        }
    }

    /// A builtin that is over at once, or what only starts another command.
    fileprivate var isBrief: Bool {
        guard let name = words.first.flatMap({ ProgramName($0).known }) else { return words.isEmpty }
        return KeyboardUse.isBriefBuiltin(name) || KeyboardUse.table[name] == .carries
    }

    /// It takes lines until its input ends, where others take the whole terminal.
    fileprivate var readsOnlyInput: Bool {
        switch words.first.flatMap({ ProgramName($0).known }).flatMap({ KeyboardUse.table[$0] }) {
        case .readsInput, .filters: true
        default: false
        }
    }

    /// Its standard input is the terminal.
    private var readsTerminal: Bool { input == .inherited }

    /// Only root can put a program there, so the name says what it is.
    private func isInstalled(_ word: CommandWord) -> Bool {
        guard let text = word.known, let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return word.known != nil }
        return Redefinition.systemDirectories.contains(String(text[..<slash]))
    }

    private func hasOption(_ options: String..., of programs: Set<String>, _ name: String) -> Bool {
        guard programs.contains(name) else { return false }
        return words.dropFirst().contains { word in
            guard let text = word.leadingText, text.begins(with: "-") else { return false }
            if text.begins(with: "--") { return options.contains { $0.begins(with: "--") && text.begins(with: $0) } }
            return text.utf8.dropFirst().contains { letter in options.contains { $0.utf8.count == 2 && $0.utf8.last == letter } }
        }
    }

    private func filter(_ name: String, _ leading: Int) -> Keyboard {
        guard readsTerminal else { return .nobody }
        let parts = CommandParts(words.dropFirst(), known: KnownOptions.of(name) ?? KeyboardUse.options[name])
        if words.contains(where: { $0.known == "-" || $0.known == "/dev/stdin" || $0.known == "/dev/tty" }) { return .reads }
        var leading = leading
        if leading > 0 {
            let hasOwn = words.dropFirst().contains { word in
                let text = word.leadingText ?? ""
                return ["-e", "-f"].contains { text.begins(with: $0) }
                    || ["--regexp", "--expression", "--file"].contains { text.begins(with: $0) }
            }
            if hasOwn { leading = 0 }
            // Without a file, these search the directory.
            if hasOption("-r", "-R", "--recursive", of: ["grep", "egrep", "fgrep", "zgrep", "ag"], name) || name == "ag"
                || name == "rgrep"
            {
                return .nobody
            }
        }
        if let most = parts.mostOperands, most <= leading { return .reads }
        return parts.fewestOperands > leading ? .nobody : .unknown
    }

    private func interpreter() -> Keyboard {
        let arguments = words.dropFirst()
        let code = arguments.contains { word in
            guard let text = word.leadingText, text.begins(with: "-"), !text.begins(with: "--") else { return false }
            return text.utf8.contains(UInt8(ascii: "c")) || text.utf8.contains(UInt8(ascii: "e"))
        }
        // A shell's text is among the commands; of other code nobody knows.
        if code {
            return ProgramName(words[0]).known.map { ProgramCatalogue.contains($0, in: "shells") } == true ? .nobody : .unknown
        }
        let hasFile = arguments.contains { $0.leadingText?.begins(with: "-") != true }
        if hasFile { return .unknown }
        return readsTerminal ? .reads : .nobody
    }

    /// A database client whose SQL is in its arguments or its input.
    private func sqlIsInView(_ name: String) -> Bool {
        guard let reading = SQLSource.statements(of: self) else { return false }
        return !reading.doubts.contains { $0.kind == .interactive }
    }

    /// `less | head`, `vim -h`: a pager whose output is no terminal only copies.
    private func isRead(through name: String) -> Bool {
        output != nil && ProgramCatalogue.contains(name, in: "pagers") && (words.count > 1 || !readsTerminal)
    }
}

extension RunCommand {
    /// Who can be followed: a shell or a database client that reads lines from this terminal and shows its prompt there.
    func followedReader(_ name: String) -> KeyboardReader? {
        guard readsTerminal, output == nil, redirections.isEmpty else { return nil }
        switch name {
        case "bash", "zsh", "fish", "sh", "dash", "ash", "ksh", "ksh93", "mksh", "rbash", "lksh":
            let isPlain = words.dropFirst().allSatisfy { word in
                guard let text = word.known, text.begins(with: "-") else { return false }
                return ["-", "--login", "--interactive"].contains(text)
                    || !text.begins(with: "--")
                        && text.utf8.dropFirst().allSatisfy { $0 == UInt8(ascii: "l") || $0 == UInt8(ascii: "i") }
            }
            return isPlain ? .shell : nil
        case "psql": return sqlIsInView(name) ? nil : .psql
        case "mysql", "mariadb": return sqlIsInView(name) ? nil : .mysql
        case "sqlite3": return sqlIsInView(name) ? nil : .sqlite3
        default: return nil
        }
    }
}

extension RunCommand {
    /// Whether it takes commands from somewhere else than its arguments and what is in view: what `guard` of a rule is about. `bash -c TEXT`, `psql -c
    /// SQL` and `sh FILE` do not; what they run is judged, or in doubt, by itself.
    func readsFurtherLines(_ name: String?) -> Bool {
        guard let name else { return true }
        let arguments = words.dropFirst()
        if arguments.count == 1, ["--version", "--help", "-V"].contains(arguments.first?.known ?? "") { return false }
        if let reading = SQLSource.statements(of: self) {
            return reading.doubts.contains { $0.kind == .interactive || $0.kind == .pipedProgram }
        }
        guard ProgramCatalogue.contains(name, in: "shells") else { return true }
        if case .text = input { return false }
        var isCode = false
        var hasFile = false
        for word in arguments {
            guard let text = word.leadingText else { return true }
            if text.begins(with: "-"), text.utf8.count > 1 {
                if !text.begins(with: "--"), text.utf8.contains(UInt8(ascii: "c")) { isCode = true }
            } else if text != "-" {
                hasFile = true
            }
        }
        return !isCode && !hasFile
    }
}

/// Programs of which the subcommand tells.
enum ProgramKeyboard {
    private static let quietGit: Set<String> = [
        "status", "add", "checkout", "switch", "restore", "reset", "rm", "mv", "init", "rev-parse", "ls-files", "ls-tree",
        "hash-object", "fsck", "gc", "prune", "merge-base", "rev-list", "update-index", "symbolic-ref", "for-each-ref",
        "check-ignore", "apply", "clean", "count-objects", "show-ref", "update-ref", "write-tree", "version",
    ]
    private static let quietSystemctl: Set<String> = ["is-active", "is-enabled", "is-failed", "is-system-running"]

    /// Nil where it cannot be told.
    static func reads(_ name: String, _ words: ArraySlice<CommandWord>, output: String?) -> RunCommand.Keyboard? {
        let options = words.compactMap(\.leadingText).filter { $0.begins(with: "-") }
        let subcommand = words.first { $0.leadingText?.begins(with: "-") != true }?.known
        switch name {
        case "git":
            guard let subcommand, quietGit.contains(subcommand), words.first?.known == subcommand else { return nil }
            let asks = options.contains { ["-p", "--patch", "-i", "--interactive", "-e", "--edit"].contains($0) }
            return asks ? .reads : .nobody
        case "systemctl":
            if let subcommand, quietSystemctl.contains(subcommand) { return .nobody }
            return options.contains("--no-pager") || output != nil ? .asks : nil
        case "journalctl":
            return options.contains("--no-pager") || options.contains("-f") || options.contains("--follow") || output != nil
                ? .nobody : nil
        default: return nil
        }
    }
}
