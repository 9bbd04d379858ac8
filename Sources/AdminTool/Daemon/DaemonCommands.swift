internal import ArgumentParser
internal import MonitorProtocol

struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Have the running sallyportd read its configuration again: whole, or not at all.")
    @OptionGroup var instance: InstanceOption

    func run() throws { try instance.done(.reload) }
}

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show whether sallyportd runs, where it listens and how busy it is.")
    @OptionGroup var instance: InstanceOption
    @OptionGroup var json: JSONOption

    func run() throws {
        guard case .status(let status) = try instance.ask(.status) else { throw ToolFailure.unexpectedReply }
        if json.isOn { return try JSONDocument.write(Document(status)) }
        try StandardOutput.write(
            Table.facts([
                ("version", status.version),
                ("running since", status.startedAt.forPeople),
                ("listening on", status.listening.joined(separator: ", ")),
                ("connections", "\(status.connections)"),
                ("active sessions", "\(status.activeSessions)"),
            ]))
    }

    struct Document: Encodable {
        var version, startedAt: String
        var listening: [String]
        var connections, activeSessions: Int
        init(_ status: DaemonStatus) {
            version = status.version
            startedAt = status.startedAt.rfc3339
            listening = status.listening
            connections = status.connections
            activeSessions = status.activeSessions
        }
    }
}
