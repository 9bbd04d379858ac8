extension PolicyRules {
    /// Judges a command line by what it was read as.
    ///
    /// - Parameters:
    ///   - text: the line's exact bytes, for `text` rules.
    ///   - reading: what `CommandReader.read` makes of these bytes.
    package func judge(command text: [UInt8], reading: CommandReading, in situation: Situation) -> Judgement {
        let rules = applying(in: situation)
        let whole = WholeLine(text, rules)
        var found = reading.commands.map { CommandFindings(CommandFacts($0, in: situation), rules, whole) }
        if found.isEmpty { found = [CommandFindings(whole)] }
        let decision = Decision(self, rules, found, doubts: reading.doubts) { $0.isEnforced }

        let judged = reading.commands.isEmpty ? [] : zip(found, decision.commands).map { judgedCommand($0, $1, rules) }
        let rule = decision.line.position.map { rules[$0] }
        return Judgement(
            verdict: decision.line.verdict, rule: rule?.name, message: rule?.message, doubts: decision.line.doubts,
            commands: judged, shadow: shadow(rules, found, reading.doubts))
    }

    private func judgedCommand(_ found: CommandFindings, _ part: Decision.Part, _ rules: [PolicyRule]) -> JudgedCommand {
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

    private func shadow(_ rules: [PolicyRule], _ found: [CommandFindings], _ doubts: [Doubt]) -> ShadowJudgement? {
        let positions = Set(found.flatMap { $0.findings.map(\.position) }.filter { !rules[$0].isEnforced })
        guard !positions.isEmpty else { return nil }
        let decision = Decision(self, rules, found, doubts: doubts) { _ in true }
        return ShadowJudgement(
            verdict: decision.line.verdict, rule: decision.line.position.map { rules[$0].name },
            isUncertain: !decision.line.doubts.isEmpty, rules: positions.sorted().map { rules[$0].name })
    }
}
