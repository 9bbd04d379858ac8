internal import LibSSH
internal import MonitorProtocol

/// What the client asks on the channel, noted from inside libssh: nothing is started here.
extension SessionChannel: ChannelDelegate {
    func channel(_ channel: Channel, receives request: ChannelRequest) -> Bool {
        guard let identity = leg.identity, !isEnded else { return false }
        switch request {
        case .terminal(let term, let columns, let rows):
            // Extensions are taken literally: no permit-pty, no terminal.
            guard identity.permitsTerminal else {
                note("your certificate lacks permit-pty, so there is no terminal")
                return false
            }
            leg.session.listensForBreaks = true
            return self.request.setTerminal(term: term, columns: columns, rows: rows)
        case .environment(let name, let value):
            return self.request.addVariable(name: name, value: value, permitted: connection.briefing.environment)
        case .shell: return ask(for: .shell, identity)
        case .exec(let command): return ask(for: .exec(command), identity)
        case .subsystem(let name): return name == "sftp" && ask(for: .sftp, identity)
        case .windowChange(let columns, let rows):
            self.request.resize(columns: columns, rows: rows)
            hasNewSize = true
            return true
        case .signal(let name):
            upstream?.sendSignal(String(name.prefix(32)))
            return true
        case .break:
            guard case .relaying = phase, self.request.terminal != nil else { return false }
            // The client's length is not known here; OpenSSH's `~B` asks for a second.
            upstream?.sendBreak(milliseconds: 1000)
            return true
        case .agentForwarding:
            note("agent forwarding is refused: targets are reached with credentials of the vault")
            return false
        }
    }

    private func ask(for program: ProgramRequest.Program, _ identity: GrantedIdentity) -> Bool {
        guard request.setProgram(program) else { return false }
        if let forced = identity.forcedCommand { request.force(forced) }
        return true
    }

    /// Passes on the size of the client's window; from `advance` only. A client whose window changes while it is written to is heard from inside that
    /// write, where masks and recording are in use. Of many sizes in one turn the last one counts.
    func passOnSize() {
        guard hasNewSize else { return }
        hasNewSize = false
        guard let terminal = request.terminal else { return }
        switch phase {
        // The program starts with the size that the request has by then.
        case .collecting, .waitingForTarget, .beginning, .starting, .ended: break
        case .atDesk(let visit): visit.resize(columns: terminal.columns, rows: terminal.rows)
        case .viewing(let view): view.resize(columns: terminal.columns, rows: terminal.rows)
        case .relaying: resize(to: terminal)
        }
    }

    /// The window may have changed while the target was made to start the program.
    func resizeIfChanged(since start: UpstreamStart) {
        guard let terminal = request.terminal, terminal != start.terminal else { return }
        resize(to: terminal)
    }

    private func resize(to terminal: TerminalRequest) {
        upstream?.sendWindowChange(columns: terminal.columns, rows: terminal.rows)
        gate?.resize(columns: terminal.columns, rows: terminal.rows)
        toClient.masker?.resize(columns: terminal.columns, rows: terminal.rows)
        // A failure shows again at the next output, where it ends the channel.
        try? recording?.resize(columns: terminal.columns, rows: terminal.rows)
    }
}
