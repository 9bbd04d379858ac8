package import Guard

extension PolicyRules {
    /// Reads a command line and judges it.
    ///
    /// - Parameter standardInput: what the line as a whole reads from.
    package func judge(
        command text: [UInt8], standardInput: StandardInput = .stream, in situation: Situation
    ) -> Judgement {
        judge(
            command: text, reading: CommandReader.read(text, standardInput: standardInput), standardInput: standardInput,
            in: situation)
    }

    /// Judges a line that was typed at a prompt.
    ///
    /// - Parameter reading: the line's own.
    package func judge(_ line: TypedLine, reading: CommandReading, in situation: Situation) -> Judgement {
        // A comment, or nothing: `default:` is for what runs.
        if reading.commands.isEmpty, reading.doubts.isEmpty { return Judgement(verdict: .allow) }
        return judge(command: line.text, reading: reading, standardInput: .terminal, in: situation)
    }

    /// What the policy says to a line of which it is not certain what it is: the strictest verdict of all that it may be.
    ///
    /// Where another reading's verdict is stricter than the line's own, that rule decides, and the last doubt says so.
    package func judge(
        _ line: TypedLine, reading: CommandReading, orAnyOf others: [TypedLine], in situation: Situation
    ) -> Judgement {
        var judgement = judge(line, reading: reading, in: situation)
        for other in others {
            let stricter = judge(other, reading: other.reading, in: situation)
            judgement.approvals = Self.approvals(judgement, stricter)
            guard
                stricter.verdict > judgement.verdict
                    || stricter.rule != nil && judgement.rule == nil && stricter.verdict == judgement.verdict
            else { continue }
            let cause = stricter.rule.map { "rule \(Doubt.quoted($0))" } ?? "the policy"
            judgement.verdict = stricter.verdict
            (judgement.rule, judgement.message) = (stricter.rule, stricter.message)
            // Not what the other reading is: it may hold what was typed where nothing echoed.
            judgement.doubts.append(Doubt(.unreadLine, "\(cause) decides, about what the line may be instead"))
        }
        return judgement
    }

    /// Who reads the keyboard while a line or a command runs that was judged to be allowed: who can be followed is, where a rule says `guard`.
    ///
    /// - Parameter language: of the shell that runs it.
    package func keyboardReader(
        of reading: CommandReading, _ judgement: Judgement, language: LineLanguage
    ) -> KeyboardReader {
        let reader = reading.keyboardReader(in: language)
        guard reader.isFollowed else { return reader }
        let guarding = Set(rules.lazy.filter { $0.guardsProgram && $0.isEnforced }.map(\.name))
        let isGuarded = judgement.commands.contains { judged in
            guard let name = judged.command.words.first.flatMap({ ProgramName($0).known }),
                judged.command.followedReader(name) != nil
            else { return false }
            return judged.matches.contains { $0.doubt == nil && guarding.contains($0.rule) }
        }
        return isGuarded ? reader : .program
    }

    /// Judges a command line by what it was read as.
    ///
    /// - Parameters:
    ///   - text: the line's exact bytes, for `text` rules.
    ///   - reading: what `CommandReader.read` makes of these bytes.
    ///   - standardInput: as it was told to the reader.
    package func judge(
        command text: [UInt8], reading: CommandReading, standardInput: StandardInput = .stream, in situation: Situation
    ) -> Judgement {
        let applying = applying(in: situation)
        let whole = WholeLine(text, self, applying)
        let effort = Effort()
        let isSFTP = FileTransferCommand.isSFTPServer(reading)
        let canBeFollowed =
            situation.isGuarded && standardInput == .terminal && reading.keyboardReader(in: .shell).isFollowed
        let hasDotNames = reading.commands.contains(where: Self.changesDotNames)
        var found = reading.commands.enumerated().map { position, command in
            let facts = CommandFacts(
                command, at: position, in: situation, standardInput: standardInput, hasDotNames: hasDotNames,
                isJudgedLater: isSFTP, canBeFollowed: canBeFollowed, effort: effort)
            return CommandFindings(facts, self, applying, whole)
        }
        if found.isEmpty { found = [CommandFindings(whole)] }
        var doubts = reading.doubts
        if effort.isSpent { doubts.append(CommandFacts.tooLarge) }
        let decision = Decision(self, found, doubts: doubts) { $0.isEnforced }

        let judged = reading.commands.isEmpty ? [] : zip(found, decision.commands).map { judgedCommand($0, $1) }
        let rule = decision.line.position.map { rules[$0] }
        return Judgement(
            verdict: decision.line.verdict, rule: rule?.name, message: rule?.message, doubts: decision.line.doubts,
            commands: judged, shadow: shadow(found, doubts),
            approvals: decision.line.verdict == .approve
                ? approvals(of: decision.line.asking.map { rules[$0] }, andOwn: decision.line.asksByDefault) : [])
    }

    /// Whether it lets patterns find names that start with a dot: bash's `dotglob` and `GLOBIGNORE`, zsh's `GLOB_DOTS`.
    private static func changesDotNames(_ command: RunCommand) -> Bool {
        if command.assignments.contains(where: { $0.name == "GLOBIGNORE" }) { return true }
        guard ["shopt", "setopt", "set", "bash", "zsh", "emulate"].contains(command.words.first?.known ?? "") else {
            return false
        }
        return command.words.dropFirst().contains { word in
            let name = (word.known ?? "").lowercased().filter { $0 != "_" }
            return name == "dotglob" || name == "globdots" || name == "-dotglob"
        }
    }

    private func judgedCommand(_ found: CommandFindings, _ part: Decision.Part) -> JudgedCommand {
        let matches = found.findings.map { finding in
            let rule = rules[finding.position]
            var doubt: Doubt?
            if case .maybe(let reason) = finding.match { doubt = reason }
            return RuleMatch(rule: rule.name, verdict: rule.verdict, isEnforced: rule.isEnforced, doubt: doubt)
        }
        return JudgedCommand(
            command: found.command, matches: matches, verdict: part.verdict, rule: part.position.map { rules[$0].name },
            doubts: part.doubts)
    }

    private func shadow(_ found: [CommandFindings], _ doubts: [Doubt]) -> ShadowJudgement? {
        let positions = Set(found.flatMap { $0.findings.map(\.position) }.filter { !rules[$0].isEnforced })
        guard !positions.isEmpty else { return nil }
        let decision = Decision(self, found, doubts: doubts) { _ in true }
        return ShadowJudgement(
            verdict: decision.line.verdict, rule: decision.line.position.map { rules[$0].name },
            isUncertain: !decision.line.doubts.isEmpty, rules: positions.sorted().map { rules[$0].name })
    }
}

extension KeyboardReader {
    /// Its lines are judged one by one.
    package var isFollowed: Bool {
        switch self {
        case .nobody, .unknown, .program: false
        case .shell, .psql, .mysql, .sqlite3: true
        }
    }
}
