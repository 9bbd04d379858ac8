internal import Guard
internal import LibSSH
internal import MonitorProtocol

/// Makes on the target the channel that the client has: open, terminal, environment, program, one after the other (RFC 4254 §6).
///
/// Each step is a round trip; libssh lets one request of a channel be outstanding.
final class UpstreamStart {
    enum Progress {
        case pending, done
        /// In the user's words, what the target did not grant.
        case refused(String)
    }
    private enum Stage { case opening, terminal, environment(Int), program }

    let channel: Channel
    private let request: ProgramRequest
    /// What is run instead of the account's shell: it starts that shell with the integration.
    private let shellCommand: [UInt8]?
    private var stage = Stage.opening

    /// What the target was told.
    var terminal: TerminalRequest? { request.terminal }

    /// - Parameter integration: nil where a shell is started as it is.
    init(in session: ClientSession, _ request: ProgramRequest, integration: GuardTerms?) throws(LibSSHError) {
        channel = try Channel.session(in: session)
        self.request = request
        shellCommand = integration.flatMap { terms in
            terms.usesIntegration ? ShellIntegration(nonce: terms.nonce, secret: terms.secret).startCommand : nil
        }
    }

    func advance() -> Progress {
        while true {
            switch stage {
            case .opening:
                switch channel.openSession() {
                case .pending: return .pending
                case .refused: return .refused("to open a session channel")
                case .done: stage = .terminal
                }
            case .terminal:
                guard let terminal = request.terminal else {
                    stage = .environment(0)
                    continue
                }
                switch channel.requestTerminal(terminal.term, columns: terminal.columns, rows: terminal.rows) {
                case .pending: return .pending
                case .refused: return .refused("a terminal")
                case .done: stage = .environment(0)
                }
            case .environment(let index):
                guard index < request.environment.count else {
                    stage = .program
                    continue
                }
                let (name, value) = request.environment[index]
                // A target takes what its AcceptEnv lists; a refusal is as silent as it is without us.
                if channel.requestEnvironment(name, value) == .pending { return .pending }
                stage = .environment(index + 1)
            case .program:
                switch startProgram() {
                case .pending: return .pending
                case .refused: return .refused("to start the program")
                case .done: return .done
                }
            }
        }
    }

    private func startProgram() -> Channel.Step {
        switch request.program {
        case .shell: if let shellCommand { channel.requestExec(shellCommand) } else { channel.requestShell() }
        case .exec(let command): channel.requestExec(command)
        case .sftp: channel.requestSubsystem("sftp")
        case nil: .refused
        }
    }
}
