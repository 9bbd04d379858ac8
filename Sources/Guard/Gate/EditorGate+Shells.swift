/// Shells that the log-in shell starts, each with the integration: what they tell carries how deep they are.
extension EditorGate {
    /// A shell that waits until the one inside it ends.
    struct OuterShell: Equatable {
        /// The line that started the inner one.
        var run: Run
        var language: LineLanguage
    }

    /// No shell is given the integration deeper than this; the integration counts too.
    static let mostShells = 16

    /// How long a shell that was given the integration may take to say so, before a line that was typed ahead is read off the screen.
    static let helloPatience = startingPatience

    /// Until when the line that runs may tell that it is such a shell; nil where it can be none.
    var innerShellUntil: UInt64? {
        guard case .running(let run) = phase, run.reader == .shell, Self.mayStartShell(run.command) else { return nil }
        return run.since + Self.helloPatience
    }

    /// A shell is ready for its first prompt.
    mutating func shellBegins(_ language: LineLanguage, at level: Int, _ exchange: inout Exchange) {
        switch phase {
        case .starting where level == 0, .absent where level == 0: break
        case .running(let run)
        where run.hasStarted && run.reader == .shell && level > outer.count && level < Self.mostShells:
            standInside(level - 1)
            outer.append(OuterShell(run: run, language: languages[level - 1] ?? self.language))
        // `exec bash`: in the place of the one that reported so far.
        case .running(let run) where run.hasStarted && run.reader == .shell && level == outer.count: break
        // Nobody started one.
        case .starting, .absent, .prompting, .editing, .waitingForReport, .judging, .running, .clearing:
            return exchange.report(0, .alarm(.malformedMark))
        }
        self.language = language
        languages[level] = language
        lastReleased = nil
        phase = .prompting
        exchange.report(0, .reading(.editor))
    }

    /// The shell at that level is about to show a prompt again: those inside it are gone, or stopped.
    mutating func shellsEnd(downTo level: Int, status: UInt8, _ exchange: inout Exchange) {
        while outer.count > level, let shell = outer.popLast() {
            end(shell.run, status: outer.count == level ? status : nil, &exchange)
            language = shell.language
        }
        // One that was stopped goes on (`fg`).
        if level > outer.count, level < Self.mostShells {
            standInside(level)
            language = languages[level] ?? language
        }
    }

    /// Takes it that so many shells wait, where it was not told which line they wait for.
    private mutating func standInside(_ level: Int) {
        while outer.count < level {
            outer.append(
                OuterShell(run: Run(number: 0, token: [], command: [], since: 0), language: languages[outer.count] ?? language))
        }
    }

    /// Which shell tells this.
    func speaker(of mark: Mark) -> LineLanguage {
        switch mark {
        case .hello(let language, _): language
        case .commandEnd(_, let level) where level < outer.count: outer[level].language
        case .waiting, .noIntegration, .promptStart, .editStart, .report, .nothingToJudge, .askAgain, .pending, .commandStart,
            .commandEnd,
            .malformed:
            language
        }
    }
}
