import EndToEndHarness

/// What came of one scenario with one shell.
struct ScenarioResult: Sendable {
    var scenario: Scenario
    var shell: Shell
    /// The lines that the shell ran.
    var truth: [[UInt8]] = []
    /// The arguments of each `t` that was executed.
    var executed: [[String]] = []
    /// `executed` of the same scenario without Sallyport, where that was played too: Sallyport may not change what runs.
    var unguarded: [[String]]?
    /// What Sallyport told; nothing where it was not asked.
    var told: [Ledger.Line] = []
    var comparison = Comparison()
    /// Lines that ran inside a program which was let run as a whole.
    var insideCount = 0
    var secretLeaked = false
    /// Why it could not be played, if it could not.
    var failure: String?
    var transcript: [UInt8] = []

    var key: String { scenario.key(shell) }
    /// Whether something else was executed than without Sallyport. Where chance decides that in any case (what is typed ahead, completion that is
    /// looked up meanwhile), it is not asked.
    var isChanged: Bool {
        guard let unguarded, !scenario.mayBeEnded, ![.typeahead, .random].contains(scenario.group) else { return false }
        return unguarded != executed
    }
    /// Whether `t forbidden` was executed, other than inside of a program which was let run as a whole.
    var ranForbidden: Bool {
        executed.contains { call in
            call.first == "forbidden" && !scenario.inside.contains((["t"] + call).joined(separator: " "))
        }
    }

    /// For a person: what ran and what was told, nothing that could move a cursor.
    var explanation: String {
        var lines = ["\(key):" + (failure.map { " " + $0 } ?? "")]
        lines += truth.map { "    ran   " + CommandText.escaped($0) }
        lines += told.map {
            "    told  \(CommandText.escaped($0.text))  [\($0.isCertain ? "certain" : "uncertain"), \($0.outcome)]"
        }
        lines += executed.map { "    did   \(Self.call($0))" }
        if isChanged { lines += unguarded?.map { "    would have done   \(Self.call($0))" } ?? [] }
        if failure != nil { lines.append("    saw   " + CommandText.escaped(transcript.suffix(1000))) }
        if secretLeaked { lines.append("    the secret was kept somewhere") }
        return lines.joined(separator: "\n")
    }

    private static func call(_ arguments: [String]) -> String {
        (["t"] + arguments.map { CommandText.escaped($0.utf8) }).joined(separator: " ")
    }
}

extension Lane {
    /// Plays a scenario and looks at what is known of it afterwards.
    ///
    /// - Parameter looksForSecrets: false where what asks for a secret may be refused: then it is typed at the prompt, and a line like any other.
    func result(of scenario: Scenario, number: Int, looksForSecrets: Bool) -> ScenarioResult {
        var result = ScenarioResult(scenario: scenario, shell: shell)
        do {
            try prepare(for: scenario)
            let secret = "Zq7-\(account.login)-\(number)"
            result.transcript = try Performance(scenario, command: command, secret: secret).play()
            if let ledger {
                result.told = try ledger.lines(of: account.login)
                result.secretLeaked = scenario.hasSecret && looksForSecrets ? try ledger.has(secret) : false
            } else {
                try wait(for: "the shell of \(account.login) to end", within: .seconds(10)) { try !hasProcesses() }
            }
            result.truth = try truth.lines()
            result.executed = truth.executed()
            // Statements for an SQL client are lines too, but no shell's.
            let typed = result.told.filter { ["bash", "zsh", "fish", "shell"].contains($0.language) }
            let told = typed.enumerated().flatMap { index, line in
                let isInside = scenario.inside.contains(String(decoding: line.text, as: UTF8.self))
                // A command that its editor keeps is told again with each line; only the last of these is what ran.
                let grows = index + 1 < typed.count && typed[index + 1].text.starts(with: line.text + [0x0A])
                let lines = CommandText.lines(line.text)
                // A line that nobody could read at all stands for one.
                return (lines.isEmpty && !line.isCertain ? [[]] : lines).map {
                    Comparison.Told(text: $0, isCertain: line.isCertain, mayNotHaveRun: line.mayNotHaveRun || grows || isInside)
                }
            }
            if scenario.truthIsBlind { return result }
            let outside = Self.lines(result.truth, outside: scenario.inside)
            result.insideCount = result.truth.count - outside.count
            result.comparison = Comparison(truth: outside, told: told)
        } catch {
            result.failure = "\(error)"
        }
        return result
    }

    /// Without each of these once.
    private static func lines(_ truth: [[UInt8]], outside inside: [String]) -> [[UInt8]] {
        var inside = inside.map { Array($0.utf8) }
        return truth.filter { line in
            guard let index = inside.firstIndex(of: line) else { return true }
            inside.remove(at: index)
            return false
        }
    }

    private func hasProcesses() throws -> Bool {
        try run(["pgrep", "-U", "\(account.user)", "-x", shell == .ash ? "ash" : shell.rawValue]).exit == .status(0)
    }
}
