internal import LibSSH
internal import MonitorProtocol
internal import TerminalStream

/// From the program that was asked for to the one that runs: the monitor's yes and the recording, then the same channel on the target.
extension SessionChannel {
    func begin() throws(MonitorClient.Failure) {
        guard let program = request.program else { return }
        phase = .beginning
        let number = connection.nextChannelNumber()
        self.number = number
        let begin = BeginChannel(
            leg: chosen?.leg ?? leg.leg, channel: number, kind: program.kind, command: program.command, terminal: request.terminal
        )
        beginRequest = try connection.monitor.ask(.beginChannel(begin)) { [self] answer throws(MonitorClient.Failure) in
            if case .held(let notice) = answer.reply {
                guard case .beginning = phase else { return }
                isHeld = true
                return show(notice)
            }
            isHeld = false
            try receive(answer, program)
        }
    }

    /// While people decide whether the program may run, a terminal's ^C takes the request back. What else is typed is for nobody. Without a terminal the client
    /// closes the channel.
    func watchForInterrupt() throws(MonitorClient.Failure) -> Bool {
        guard isHeld, let beginRequest, request.terminal != nil, client.hasUnreadData else { return false }
        var isInterrupted = false
        var typed = [UInt8](repeating: 0, count: 4096)
        while let count = typed.withUnsafeMutableBytes({ client.read(into: $0)?.count }), count > 0 {
            if typed[..<count].contains(0x03) { isInterrupted = true }
        }
        guard isInterrupted else { return false }
        isHeld = false
        try connection.monitor.ask(.withdraw(request: beginRequest)) { _ in }
        return false
    }

    private func receive(_ answer: MonitorClient.Answer, _ program: ProgramRequest.Program) throws(MonitorClient.Failure) {
        switch answer.reply {
        case .channel(let granted):
            guard let file = answer.takeDescriptor() else { throw MonitorClient.Failure(reason: "a channel without a recording") }
            guard let rules = answer.takeDescriptor() else { throw MonitorClient.Failure(reason: "a channel without mask rules") }
            // The client may have left meanwhile; `conclude` has told the monitor then.
            guard case .beginning = phase, let number, let target = route?.session else { return }
            do {
                let set = try maskSet(rules, granted.maskTerms)
                toClient.masker = Masker(
                    set, granted.maskTerms, known: route?.knownValues, columns: request.terminal.map { Int($0.columns) },
                    rows: request.terminal.map { Int($0.rows) } ?? 24, at: connection.now())
                recording = try Recording(
                    to: file, granted: granted, command: set.masked(program.command, actions: granted.maskTerms.actions),
                    terminal: request.terminal, now: connection.now)
                if granted.speaksSFTP { gate = FileConversation(number, connection.monitor) }
                if let terms = granted.guardTerms, let terminal = request.terminal {
                    gate = LineConversation(number, terms, terminal: terminal, connection.monitor, now: connection.now)
                }
                phase = .starting(try UpstreamStart(in: target, request, integration: granted.guardTerms))
            } catch is Recording.Failure {
                try end(refusal: .cannotBeRecorded)
            } catch let failure as MonitorClient.Failure {
                throw failure
            } catch {
                try end(refusal: Refusal(message: "no channel to the target: \(error)", exitStatus: Refusal.failedStatus))
            }
        case .refused(let refusal):
            number = nil
            try end(refusal: refusal)
        default: throw MonitorClient.Failure(reason: "unexpected answer to a channel")
        }
    }

    private func maskSet(_ rules: consuming OwnedDescriptor, _ terms: MaskTerms) throws -> MaskSet {
        let memory = try MappedMemory(rules, count: Int(terms.imageSize))
        let set = try MaskSet(mapping: memory.bytes, owner: memory)
        guard terms.actions.count == set.names.count else {
            throw MonitorClient.Failure(reason: "\(terms.actions.count) actions for \(set.names.count) mask rules")
        }
        return set
    }

    /// The login shell did not take the command that starts it with the integration: the same channel again, with a shell request.
    func startPlainly() throws(MonitorClient.Failure) {
        guard let target = route?.session else { return }
        // The new channel begins with the size that came last, and so do those who follow it.
        passOnSize()
        upstream?.close()
        do { phase = .starting(try UpstreamStart(in: target, request, integration: nil)) } catch {
            try end(refusal: Refusal(message: "no channel to the target: \(error)", exitStatus: Refusal.failedStatus))
        }
    }
}
