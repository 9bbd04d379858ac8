internal import LibSSH
internal import MonitorProtocol

/// Without a target: the desk.
extension SessionChannel {
    /// At a terminal and without words its screens; else the monitor has the answer.
    func answerAtDesk() throws(MonitorClient.Failure) {
        guard request.program != .sftp else {
            return try end(
                refusal: Refusal(
                    message: "there are no files here: name a target, as in sftp LOGIN@TARGET@BASTION",
                    exitStatus: Refusal.refusedStatus))
        }
        if let terminal = request.terminal, request.program == .shell, let identity = leg.identity {
            showNotes()
            phase = .atDesk(
                try DeskVisit(client, terminal: terminal, user: identity.name, connection: connection))
            return
        }
        phase = .beginning
        try connection.monitor.ask(.desk(command: request.program?.command ?? [])) {
            [self] answer throws(MonitorClient.Failure) in
            guard case .beginning = phase else { return }
            switch answer.reply {
            case .desk(let reply): try receive(reply, answer)
            case .refused(let refusal): try end(refusal: refusal)
            default: throw MonitorClient.Failure(reason: "unexpected answer at the desk")
            }
        }
    }

    private func receive(_ reply: DeskReply, _ answer: MonitorClient.Answer) throws(MonitorClient.Failure) {
        guard let recording = reply.recording else {
            show(reply.text)
            return leaveDesk(status: reply.exitStatus)
        }
        guard let file = answer.takeDescriptor() else { throw MonitorClient.Failure(reason: "a recording without its file") }
        phase = .viewing(
            RecordingView(
                file, recording, behind: text(reply.text), client: client, terminal: request.terminal, connection: connection))
    }

    func advance(_ visit: DeskVisit) throws(MonitorClient.Failure) -> Bool {
        switch try visit.advance() {
        case .waits: return false
        case .left:
            leaveDesk(status: 0)
            return true
        case .connects(let target, let login):
            try connect(to: target, as: login)
            return true
        }
    }

    func advance(_ view: RecordingView) throws(MonitorClient.Failure) -> Bool {
        switch try view.advance() {
        case .waits: return false
        case .goesOn: return true
        case .over(let message):
            if let message { show(message + "\n") }
            leaveDesk(status: 0)
            return true
        }
    }

    /// As if the client had named the target itself, on a leg of its own.
    private func connect(to target: String, as login: String) throws(MonitorClient.Failure) {
        phase = .waitingForTarget
        let number = connection.nextLeg()
        try connection.monitor.ask(.openDeskLeg(number)) { [self] answer throws(MonitorClient.Failure) in
            guard case .waitingForTarget = phase else {
                // The user has left meanwhile.
                if case .accepted = answer.reply { try connection.monitor.ask(.closeLeg(number)) { _ in } }
                return
            }
            switch answer.reply {
            case .accepted: chosen = UpstreamSession(leg: number, login: login, target: target, connection: connection)
            case .refused(let refusal): try end(refusal: refusal)
            default: throw MonitorClient.Failure(reason: "unexpected answer to a choice at the desk")
            }
        }
    }

    private func leaveDesk(status: UInt32) {
        client.sendExit(.status(status))
        client.sendEOF()
        client.close()
        phase = .ended
    }

    private func show(_ text: String) {
        _ = self.text(text).withUnsafeBytes { client.write($0) }
    }

    /// A terminal in raw mode needs the carriage return.
    private func text(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte == 0x0A, request.terminal != nil { bytes.append(0x0D) }
            bytes.append(byte)
        }
        return bytes
    }
}
