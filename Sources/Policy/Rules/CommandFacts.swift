/// What rules ask about one command, each worked out once.
final class CommandFacts {
    let command: RunCommand
    /// Among the commands of the reading.
    let position: Int?
    /// The last component of the program's name; nil if it is not known, or there is no program.
    let programName: String?
    /// The same as symbols; nil without a program.
    let program: WordText?
    let surroundings: PathText.Surroundings
    let effort: Effort
    let login: String?
    let standardInput: StandardInput
    /// It is an sftp server whose operations are judged one by one.
    let isJudgedLater: Bool

    /// `ProgramPatterns.forms` of it; empty if it is not known.
    let programForms: [String]

    private(set) lazy var known = programName.flatMap(KnownOptions.of)
    private(set) lazy var parts = CommandParts(words, known: known)
    private(set) lazy var transfer = isJudgedLater ? nil : FileTransferCommand(command, program: programName)
    /// The files that the shell opens for it, and those that a database client does by itself: `\o file`.
    private(set) lazy var redirections = command.redirections + (sql?.redirections ?? [])
    private(set) lazy var sql = SQLSource.statements(of: command)
    private(set) lazy var kubernetes = KubernetesCall(command, program: programName)
    /// The program's name as a path; nil if it is looked up in `PATH`.
    private(set) lazy var programPath: PathText? = {
        guard let text = command.words.first.map(WordText.init),
            text.symbols.contains(where: { $0 == .slash || $0 == .home || $0 == .unknown })
        else { return nil }
        return PathText(text, in: surroundings)
    }()

    /// The guard follows one program of the line, and nothing else of it reads what is typed.
    let canBeFollowed: Bool

    /// - Parameter hasDotNames: patterns find names that start with a dot.
    init(
        _ command: RunCommand, at position: Int? = nil, in situation: Situation, standardInput: StandardInput = .stream,
        hasDotNames: Bool = false, isJudgedLater: Bool = false, canBeFollowed: Bool = false,
        effort: Effort = Effort()
    ) {
        self.canBeFollowed = canBeFollowed
        self.isJudgedLater = isJudgedLater
        self.standardInput = standardInput
        self.command = command
        self.position = position
        self.effort = effort
        // Another account's home may be meant behind `sudo -i` or `su -c`.
        login = command.carriers.isEmpty ? situation.login : nil
        surroundings = PathText.Surroundings(
            login: login, directory: command.directory.map { WordText($0) }, hasDotNames: hasDotNames)
        program = command.words.first.map { word in
            let text = WordText(word)
            guard let slash = text.symbols.lastIndex(of: .slash) else { return text }
            return text.dropping(slash + 1)
        }
        programName = program?.known
        programForms = programName.map(ProgramPatterns.forms) ?? []
    }

    /// The words behind the program's name. `rsync --server` has a `.` in front of its paths, which is none.
    private var words: ArraySlice<CommandWord> {
        let words = command.words.dropFirst()
        guard programName == "rsync", words.contains(where: { $0.known == "--server" }) else { return words }
        guard let dot = words.firstIndex(where: { $0.known == "." }) else { return words }
        return words[..<dot] + words[(dot + 1)...]
    }

    /// The program as sentences name it.
    private(set) lazy var called = programName.map { Doubt.quoted($0) } ?? "the program"

    /// Whether the guard can judge what is typed into the program, line by line.
    private(set) lazy var following: CommandFindings.Following = {
        if command.standing == .followedClient { return .follows }
        guard command.readsFurtherLines(programName) else { return .unasked }
        if canBeFollowed, programName.flatMap(command.followedReader) != nil { return .follows }
        return .cannot(
            Doubt(
                .interactive, "what is typed into \(called) can be judged only at a terminal that is guarded, by itself",
                command: position))
    }()

    /// Whether the program's name is not known and may be one of these.
    func programMayBe(_ names: [String]) -> Bool {
        guard let program, programName == nil else { return false }
        return names.contains { name in
            GlobProgram(steps: name.unicodeScalars.map { .one($0.value) }).matches(program.symbols, .couldMatch, effort)
        }
    }

    /// It depends on something that is not in the line.
    func maybe(_ text: String, _ kind: Doubt.Kind = .unknownWord) -> Match {
        .maybe(Doubt(kind, String(text.prefix(300)), command: position))
    }

    /// It depends on a word, of which this is not known.
    func doubt(_ unknown: String?, _ what: @autoclosure () -> String) -> Match {
        maybe("\(Doubt.quoted(unknown ?? "a word")) is known only when it runs, and may be \(what()) that a rule asks about")
    }

    /// What a comparison with a word means.
    func match(_ answer: GlobAnswer, of word: WordText, _ what: @autoclosure () -> String) -> Match {
        switch answer {
        case .no: .no
        case .yes: .yes
        case .perhaps: doubt(word.unknown ?? command.directory?.source, what())
        }
    }

    static let tooLarge = Doubt(.tooLarge, "the line has more to compare with the rules than is looked at")
}
