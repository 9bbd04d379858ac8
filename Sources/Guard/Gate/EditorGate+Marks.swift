internal import TerminalStream

/// What the shell tells: where its prompts are, and what runs.
extension EditorGate {
    mutating func receive(_ mark: Mark, on screen: Emulator, _ exchange: inout Exchange, at now: UInt64) {
        switch mark {
        case .hello(let language, let level): shellBegins(language, at: level, &exchange)
        case .waiting:
            // Once, and not by a shell that has them.
            switch phase {
            case .starting where !hasGivenKeys, .absent where !hasGivenKeys:
                hasGivenKeys = true
                exchange.toTarget.append(integration.keysLine)
                forward(&exchange, at: now)
            case .starting, .absent, .prompting, .editing, .waitingForReport, .judging, .running, .clearing:
                exchange.report(0, .alarm(.malformedMark))
            }
        case .noIntegration: if case .starting = phase { phase = .absent }
        case .promptStart(let isContinuation): promptStarts(isContinuation: isContinuation, &exchange, at: now)
        case .editStart:
            switch phase {
            // Started and not told to be over: the user has taken the hook for the end away.
            case .prompting: phase = .editing
            case .running(let run) where run.hasStarted:
                end(run, status: nil, &exchange)
                lastReleased = nil
                phase = .editing
            case .starting, .absent, .editing, .waitingForReport, .judging, .running, .clearing: return
            }
            forward(&exchange, at: now)
        case .report(let report): receive(report, on: screen, &exchange, at: now)
        case .nothingToJudge:
            if case .waitingForReport = phase {
                phase = .editing
                forward(&exchange, at: now)
            }
        case .askAgain:
            switch phase {
            // A program that runs, or a shell that never said that it has our keys, would show them to the user.
            case .starting, .absent: exchange.report(0, .alarm(.malformedMark))
            case .running(let run) where run.hasStarted: break
            case .prompting, .editing, .waitingForReport, .judging, .running, .clearing:
                exchange.toTarget.append(integration.reportKeys)
            }
        case .pending(let keys):
            held.putBack(keys[...])
            forward(&exchange, at: now)
        case .commandStart(let token): commandStarts(token, &exchange, at: now)
        case .commandEnd(let status, let level):
            commandEnds(status, &exchange, at: now)
            shellsEnd(downTo: level, status: status, &exchange)
        case .malformed: exchange.report(0, .alarm(.malformedMark))
        }
    }

    mutating func promptStarts(isContinuation: Bool, _ exchange: inout Exchange, at now: UInt64) {
        switch phase {
        case .running(let run) where isContinuation && !run.hasStarted:
            earlier = run.command + [0x0A]
            earlierNumber = run.isUnfinished ? run.number : nil
            phase = .prompting
        // Nothing was to run, or the shell takes it for no command: fish and bash do not always tell the end of that. zsh does, and may draw a prompt
        // anew before the command starts.
        case .running(let run) where !run.hasStarted && language != .zsh:
            end(run, status: nil, &exchange)
            phase = .prompting
        case .clearing(let clearing):
            tell(clearing, &exchange, at: now)
            phase = .prompting
        case .starting, .absent, .prompting, .editing, .waitingForReport, .judging, .running: break
        }
    }

    mutating func commandStarts(_ token: [UInt8], _ exchange: inout Exchange, at now: UInt64) {
        guard var run = released(token) else { return exchange.report(0, .alarm(.unreleasedCommand)) }
        // Each of several commands in one buffer starts with the same token.
        guard !run.hasStarted else { return }
        run.hasStarted = true
        run.takesInput = true
        run.holdUntil = nil
        phase = .running(run)
        if run.number != 0 { exchange.report(run.number, .started) }
        forward(&exchange, at: now)
    }

    /// What this token released last. Its prompt may have been drawn again in between.
    private func released(_ token: [UInt8]) -> Run? {
        if case .running(let run) = phase { return run.token == token ? run : nil }
        guard let last = lastReleased, last.token == token else { return nil }
        return last
    }

    mutating func commandEnds(_ status: UInt8, _ exchange: inout Exchange, at now: UInt64) {
        switch phase {
        case .running(let run):
            end(run, status: status, &exchange)
            if run.hasStarted { lastReleased = nil }
            phase = .prompting
        case .judging(let asked):
            exchange.forget(asked.number)
            phase = .prompting
        case .editing, .waitingForReport: phase = .prompting
        case .starting, .absent, .prompting, .clearing: break
        }
        earlier = []
        earlierNumber = nil
        if phase == .prompting, edited.isKnown { edited.startLine(after: nil) }
        forward(&exchange, at: now)
    }

    func end(_ run: Run, status: UInt8?, _ exchange: inout Exchange) {
        guard run.number != 0 else { return }
        if !run.hasStarted {
            exchange.report(run.number, .withdrawn)
        } else if let status {
            exchange.report(run.number, .ended(status: status))
        }
    }
}
