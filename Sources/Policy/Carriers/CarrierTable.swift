/// The programs and builtins that only start another command, or hide what they do: each with its options, in the files
/// `CarrierTable+….swift`.
///
/// Limits that are known:
/// - An unquoted unknown word among the arguments of a program whose use is another (`tar`, `git`, `vim`, `sed`) is taken for
///   operands, though it could bring an option that names a command. Among those of `sudo`, `sh`, `xargs` and their like it is a
///   doubt.
/// - What a program reads from its own configuration (`~/.gitconfig`, `~/.ssh/config`, aliases of earlier lines) is not in view.
/// - A program that is not in the table and starts others by its arguments is taken for what it is called.
package enum CarrierTable {
    /// Names that one pattern is read as: `/usr/bin/?udo` is `sudo` and little else; a pattern for more says nothing.
    private static let mostNames = 16

    static let themes: [[Carrier]] = [
        privileges, processes, shells, builtins, interpreters, repeaters, remotes, git, containers, terminals, editors, files,
        services, hooks,
    ]

    private static let carriers: [String: Carrier] = {
        var carriers: [String: Carrier] = [:]
        for carrier in themes.joined() { for name in carrier.names { carriers[name] = carrier } }
        return carriers
    }()

    private static let versioned: [String: Carrier] = {
        var carriers: [String: Carrier] = [:]
        for carrier in shells + interpreters { for name in carrier.names { carriers[name] = carrier } }
        return carriers
    }()

    /// What this command leads to besides itself, in the order of its words. Bounded: at most a few hundred, each not longer than
    /// the command.
    ///
    /// - Parameter standardInput: what `.inherited` input is.
    package static func carried(by command: RunCommand, standardInput: StandardInput = .stream) -> [Carried] {
        var assignments = CarrierCall(command, name: "", options: OptionReading(), standardInput: standardInput)
        assignments.redefine(command.assignments)
        guard let word = command.words.first else { return assignments.carried }
        var carried = assignments.carried
        if let name = withoutUnknown(word) {
            var shorter = command
            shorter.words[0] = name
            carried.append(.command(shorter))
        }
        for name in names(of: word) { carried += self.carried(by: command, named: name, standardInput) }
        return carried
    }

    /// `r$@m` and `r${x}m` are `rm` where the parameter is empty, which is what it is used for there.
    private static func withoutUnknown(_ word: CommandWord) -> CommandWord? {
        guard word.holdsUnknown, !ProgramName(word).isKnown else { return nil }
        let pieces = word.pieces.filter { if case .unknown = $0 { false } else { true } }
        let shorter = CommandWord(pieces: pieces.joiningTexts(), source: word.source)
        guard let first = ProgramName(shorter).known?.utf8.first, first.isLetter else { return nil }
        return shorter
    }

    private static func carried(by command: RunCommand, named name: String, _ standardInput: StandardInput) -> [Carried] {
        guard let carrier = carrier(name) else { return [] }
        var call = CarrierCall(
            command, name: name, options: carrier.options.read(command.words.dropFirst()), standardInput: standardInput)
        if !call.options.ends { carrier.look(&call) }
        return call.carried
    }

    /// The entry for a name, or for the name without a version: `python3.11`.
    private static func carrier(_ name: String) -> Carrier? {
        if let carrier = carriers[name] { return carrier }
        if name.begins(with: "ld"), name.holds(".so") { return dynamicLinker }
        for box in ["busybox", "toybox"] where name.begins(with: box) { return carriers[box] }
        // `perl5.36-x86_64-linux-gnu`, `python3-dbg`.
        let letters = name.utf8.prefix(while: \.isLetter)
        let hasVersion = name.utf8.dropFirst(letters.count).first?.isDigit ?? false
        return carriers[ProgramCatalogue.withoutVersion(name)] ?? (hasVersion ? versioned[String(Substring(letters))] : nil)
    }

    private static func names(of word: CommandWord) -> [String] {
        let name = ProgramName(word)
        if isShell(word) { return ["sh"] }
        if let known = name.known { return known.isEmpty ? [] : [known] }
        guard let pattern = name.pattern else { return [] }
        let matching = carriers.keys.filter(pattern.matches)
        return matching.count > mostNames ? [] : matching.sorted()
    }

    /// `$SHELL`, and `/proc/self/exe`, which is the shell itself.
    private static func isShell(_ word: CommandWord) -> Bool {
        if let text = word.leadingText { return text.begins(with: "/proc/") && ProgramName(word).known == "exe" }
        guard word.pieces.count == 1, case .unknown(let unknown) = word.pieces[0] else { return false }
        return ["$SHELL", "${SHELL}", "$BASH", "${BASH}"].contains(unknown.source)
    }

    /// ld.so(8) starts the program that is its operand: `/lib64/ld-linux-x86-64.so.2 /bin/rm`.
    private static let dynamicLinker = Carrier(
        "ld.so",
        options: """
            list! verify! inhibit-cache library-path: glibc-hwcaps-prepend: glibc-hwcaps-mask: inhibit-rpath: audit: preload: \
            argv0: list-tunables! list-diagnostics! help! version!
            """
    ) { call in
        for library in call.options.values("audit", "preload", "library-path") {
            call.doubt(.redefinition, "`\(call.name)` loads libraries of \(library.quoted)")
        }
        call.runOperands()
    }
}
