internal import ArgumentParser
internal import MonitorProtocol

struct ClientConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client-config",
        abstract: "Print the ssh_config and known_hosts lines that users need.",
        discussion: """
            Both at once for people; --ssh-config or --known-hosts print one of them for a file.

            The targets are named too, because `ssh -J bastion target` shows the certificate once to the bastion and once more in the name of \
            the target. Who also reaches a target without the bastion can: ssh offers it the certificate first, then its keys as before. Only a key \
            with a name of its own (--identity) is then the one key file that ssh tries there; an IdentityFile line adds others.
            """)
    @OptionGroup var instance: InstanceOption
    @OptionGroup var json: JSONOption
    @Option(help: "How users want to call the bastion: `ssh -J NAME target`.") var name = "bastion"
    @Option(
        help: ArgumentHelp(
            "The private key that users have, with its certificate beside it. (default: ~/.ssh/id_ed25519)", valueName: "path"),
        transform: UserKeyPath.init(argument:))
    var identity = UserKeyPath.usual
    @Flag(help: "Only the lines for ~/.ssh/config.") var sshConfig = false
    @Flag(help: "Only the lines for ~/.ssh/known_hosts.") var knownHosts = false

    func validate() throws {
        guard HostName.isName(name) else {
            throw ValidationError("--name is a word of letters, digits, dots, dashes and underscores")
        }
        guard !(sshConfig && knownHosts) else { throw ValidationError("say --ssh-config or --known-hosts, or neither for both") }
    }

    func run() throws {
        guard case .clientConfiguration(let configuration) = try instance.ask(.clientConfiguration) else {
            throw ToolFailure.unexpectedReply
        }
        let lines = ClientLines(configuration, name: name, key: identity)
        if lines.isForAnyAddress {
            StandardError.note(
                "users cannot connect to \(SafeText.escaped(configuration.host)): set public-address in sallyport.yaml, then sallyport reload"
            )
        }
        if json.isOn { return try JSONDocument.write(Document(configuration, lines)) }
        if sshConfig { return try StandardOutput.write(lines.sshConfig) }
        if knownHosts { return try StandardOutput.write(lines.knownHosts) }
        try StandardOutput.write(
            """
            # ~/.ssh/config
            \(lines.sshConfig)
            # ~/.ssh/known_hosts
            \(lines.knownHosts)
            """)
    }

    /// The lines and what they were made from, in JSON. The keys are a contract.
    struct Document: Encodable {
        var host: String
        var port: Int
        var hostKeys, targetNames: [String]
        var sshConfig, knownHosts: String
        init(_ configuration: ClientConfiguration, _ lines: ClientLines) {
            host = configuration.host
            port = configuration.port
            hostKeys = configuration.hostKeys
            targetNames = configuration.targetNames
            sshConfig = lines.sshConfig
            knownHosts = lines.knownHosts
        }
    }
}
