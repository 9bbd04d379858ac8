internal import LibSSH
internal import MonitorProtocol

/// What a client has asked of a session channel so far, bounded: a peer decides how much it sends.
struct ProgramRequest {
    /// RFC 4254 §6.5.
    enum Program: Equatable {
        case shell
        case exec([UInt8])
        case sftp
    }

    private static let longestCommand = 64 * 1024
    private static let mostVariables = 32
    private static let longestVariable = 8 * 1024

    private(set) var terminal: TerminalRequest?
    private(set) var environment: [(name: String, value: [UInt8])] = []
    private(set) var program: Program?
    /// The client asked, by `SALLYPORT_FORMAT=json` in the environment, for refusals that a program can read.
    private(set) var wantsJSON = false
    /// The size that the client's window has now; 0 columns or rows: unknown, the usual ones (RFC 4254 §6.7).
    mutating func resize(columns: UInt32, rows: UInt32) {
        guard terminal != nil else { return }
        terminal?.columns = Self.cells(columns, else: 80)
        terminal?.rows = Self.cells(rows, else: 24)
    }

    mutating func setTerminal(term: String, columns: UInt32, rows: UInt32) -> Bool {
        guard program == nil, terminal == nil else { return false }
        // Terminal names are short words (terminfo(5)); this one ends up in files and on screens.
        let isPlain = term.utf8.count <= 64 && term.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        terminal = TerminalRequest(
            term: isPlain ? term : "dumb", columns: Self.cells(columns, else: 80), rows: Self.cells(rows, else: 24))
        return true
    }

    mutating func addVariable(name: String, value: [UInt8], permitted: [String]) -> Bool {
        // For the bastion itself, so no administrator need permit it, and the target does not see it.
        if name == "SALLYPORT_FORMAT" {
            wantsJSON = value.elementsEqual("json".utf8)
            return true
        }
        guard program == nil, environment.count < Self.mostVariables, name.utf8.count <= 128, value.count <= Self.longestVariable,
            permitted.contains(where: { $0.hasSuffix("*") ? name.hasPrefix($0.dropLast()) : $0 == name })
        else { return false }
        environment.append((name, value))
        return true
    }

    /// A channel runs one program only (RFC 4254 §6.5).
    mutating func setProgram(_ program: Program) -> Bool {
        guard self.program == nil else { return false }
        if case .exec(let command) = program, command.count > Self.longestCommand { return false }
        self.program = program
        return true
    }

    /// Replaces what was asked for by the certificate's `force-command` (PROTOCOL.certkeys). As sshd does, the original goes into the environment.
    mutating func force(_ command: [UInt8]) {
        switch program {
        case .exec(let original): environment.append(("SSH_ORIGINAL_COMMAND", original))
        case .sftp: environment.append(("SSH_ORIGINAL_COMMAND", Array("sftp".utf8)))
        case .shell, nil: break
        }
        program = .exec(command)
    }

    /// Columns and rows as a terminal can have them; 0 means "unknown" (RFC 4254 §6.2).
    static func cells(_ count: UInt32, else usual: UInt32) -> UInt32 { count == 0 ? usual : min(count, 65_535) }
}

extension ProgramRequest.Program {
    var kind: ChannelKind {
        switch self {
        case .shell: .shell
        case .exec: .exec
        case .sftp: .sftp
        }
    }

    /// For the ledger: the command's bytes.
    var command: [UInt8] {
        switch self {
        case .shell: []
        case .exec(let command): command
        case .sftp: Array("sftp".utf8)
        }
    }
}
