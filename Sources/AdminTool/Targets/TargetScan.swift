internal import ArgumentParser
internal import Foundation
internal import OpenSSHKeys

struct TargetGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "target", abstract: "Prepare targets for access.yaml.", subcommands: [TargetScan.self])
    @OptionGroup var instance: InstanceOption
    func run() throws { throw MissingSubcommand(of: Self.self) }
}

struct TargetScan: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Ask an SSH server for its host keys (ssh-keyscan) and print the lines for access.yaml.",
        discussion: "What answers may be anybody: compare the fingerprints on the target itself before you paste the lines.")
    @OptionGroup var json: JSONOption
    @Argument(help: "Where the server listens: HOST, HOST:PORT or [IPV6]:PORT.") var address: HostAndPort

    func run() throws {
        let keys = try KeyScan(address).run()
        guard !keys.isEmpty else {
            throw ToolFailure(
                "\(address) showed no host key that Sallyport can pin: is an SSH server listening there, and does this machine reach it?"
            )
        }
        if json.isOn { return try JSONDocument.write(Document(address, keys)) }
        StandardError.note(
            """
            these keys came over the network and may be anybody's. Compare the fingerprints on the target's console first:
                for key in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf "$key"; done
            """)
        var text = "    address: \"\(address)\"\n    host-keys:\n"
        for key in keys { text += "      - \"\(key.line)\"   # \(key.fingerprint)\n" }
        try StandardOutput.write(text)
    }

    /// What was scanned, in JSON. The keys are a contract.
    struct Document: Encodable {
        struct Key: Encodable { var line, fingerprint: String }
        var address: String
        var hostKeys: [Key]
        init(_ address: HostAndPort, _ keys: [PublicKey]) {
            self.address = address.description
            hostKeys = keys.map { Key(line: $0.line, fingerprint: $0.fingerprint) }
        }
    }
}

/// `HOST`, `HOST:PORT`, `[IPV6]:PORT`; a bare IPv6 address has more than one colon and no port.
struct HostAndPort: ExpressibleByArgument, CustomStringConvertible, Equatable {
    let host: String
    let port: UInt16

    init?(argument: String) {
        var host = Substring(argument)
        var port: Substring?
        if argument.hasPrefix("[") {
            guard let end = argument.firstIndex(of: "]") else { return nil }
            host = argument[argument.index(after: argument.startIndex)..<end]
            let rest = argument[argument.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if argument.count(where: { $0 == ":" }) == 1, let colon = argument.firstIndex(of: ":") {
            host = argument[..<colon]
            port = argument[argument.index(after: colon)...]
        }
        guard HostName.isNameOrAddress(host) else { return nil }
        guard let number = port.map({ HostName.port($0) }) ?? 22, number > 0 else { return nil }
        self.host = String(host)
        self.port = number
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
