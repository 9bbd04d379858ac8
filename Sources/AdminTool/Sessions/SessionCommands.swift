internal import ArgumentParser
internal import MonitorProtocol

struct SessionGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session",
        abstract: "Look at, replay, copy and end recorded sessions.",
        subcommands: [
            SessionList.self, SessionShow.self, SessionLines.self, SessionPlay.self, SessionExport.self, SessionKill.self,
        ])
    @OptionGroup var instance: InstanceOption
    func run() throws { throw MissingSubcommand(of: Self.self) }
}

struct SessionList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List sessions, the newest first.")
    @OptionGroup var instance: InstanceOption
    @OptionGroup var json: JSONOption
    @Option(help: "Only those of this user.") var user: String?
    @Option(help: "Only those on this target.") var target: String?
    @Flag(help: "Only those that are going on.") var active = false
    @OptionGroup var length: ListLength

    func run() throws {
        let filter = AdminRequest.SessionFilter(user: user, target: target, activeOnly: active, limit: length.limit)
        guard case .sessions(let sessions) = try instance.ask(.listSessions(filter)) else { throw ToolFailure.unexpectedReply }
        if json.isOn { return try JSONDocument.write(sessions.map(SessionDocument.init)) }
        guard !sessions.isEmpty else { return try StandardOutput.write("no session\n") }
        var table = Table(["ID", "USER", "LOGIN@TARGET", "STARTED", "END", "KIND", "COMMAND"])
        for session in sessions {
            table.add([
                session.id.text, session.user, "\(session.login)@\(session.target)", session.startedAt.forPeople,
                session.endedAt == nil ? "active" : session.exit ?? "ended", session.kind.name, session.command,
            ])
        }
        try StandardOutput.write(table.text)
    }
}

struct SessionShow: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show everything known of one session.")
    @OptionGroup var instance: InstanceOption
    @OptionGroup var json: JSONOption
    @OptionGroup var chosen: SessionArgument

    func run() throws {
        guard case .sessions(let sessions) = try instance.ask(.showSession(try chosen.id().text)) else {
            throw ToolFailure.unexpectedReply
        }
        guard let session = sessions.first else { throw chosen.notFound }
        if json.isOn { return try JSONDocument.write(SessionDocument(session)) }
        try StandardOutput.write(
            Table.facts([
                ("session", session.id.text),
                ("connection", session.connectionID),
                ("user", session.user),
                ("certificate", "serial \(session.certificateSerial), signed by \(session.certificateAuthority)"),
                ("from", session.from),
                ("login", "\(session.login)@\(session.target)"),
                ("kind", session.kind.name + (session.hasTerminal ? " with a terminal" : "")),
                ("command", session.command),
                ("started", session.startedAt.forPeople),
                ("ended", session.endedAt?.forPeople ?? "active"),
                ("exit", session.exit),
                ("bytes in", "\(session.bytesIn)"),
                ("bytes out", "\(session.bytesOut)"),
                (
                    "masked",
                    session.masks.isEmpty
                        ? nil : session.masks.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
                ),
                ("recording", session.recording),
            ]))
    }
}

struct SessionKill: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kill", abstract: "End a session that is going on, with the whole connection that it belongs to.")
    @OptionGroup var instance: InstanceOption
    @OptionGroup var chosen: SessionArgument

    func run() throws { try instance.done(.killSession(try chosen.id().text)) }
}

/// A session's name. What cannot be one is simply not found: a script need not tell the two apart.
struct SessionArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("Its name in `session list`.", valueName: "id"))
    var name: String

    func id() throws(ToolFailure) -> SessionID { try Self.id(named: name) }

    var notFound: ToolFailure { Self.notFound(name) }

    static func id(named name: String) throws(ToolFailure) -> SessionID {
        guard let id = SessionID(name) else { throw notFound(name) }
        return id
    }

    private static func notFound(_ name: String) -> ToolFailure {
        ToolFailure("there is no session \(SafeText.escaped(name)); see `sallyport session list`")
    }
}

/// A session in JSON. The keys are a contract.
struct SessionDocument: Encodable {
    var id, connectionId, user: String
    /// Text, as in `CertificateDocument`.
    var certificateSerial, certificateAuthority, from, target, login, kind: String
    @AlwaysThere var command: String?
    var hasTerminal, active: Bool
    var startedAt: String
    @AlwaysThere var endedAt: String?
    @AlwaysThere var exit: String?
    @AlwaysThere var exitStatus: UInt32?
    var bytesIn, bytesOut: UInt64
    var recording: String
    /// How many values of each mask rule were found in the output.
    var masks: [String: UInt64]

    init(_ session: SessionSummary) {
        id = session.id.text
        connectionId = session.connectionID
        user = session.user
        certificateSerial = "\(session.certificateSerial)"
        certificateAuthority = session.certificateAuthority
        from = session.from
        target = session.target
        login = session.login
        kind = session.kind.name
        command = session.command
        hasTerminal = session.hasTerminal
        active = session.endedAt == nil
        startedAt = session.startedAt.rfc3339
        endedAt = session.endedAt?.rfc3339
        exit = session.exit
        exitStatus = session.exitStatus
        bytesIn = session.bytesIn
        bytesOut = session.bytesOut
        recording = session.recording
        masks = session.masks
    }
}
