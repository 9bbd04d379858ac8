internal import ArgumentParser
internal import Foundation
internal import MonitorProtocol
internal import OpenSSHKeys

struct CertificateIssue: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Sign a user's public key for a limited time.",
        discussion: "The certificate goes beside the key, where ssh finds it: id_ed25519.pub gets id_ed25519-cert.pub.")
    @OptionGroup var instance: InstanceOption

    @Option(help: "Who it is for: the name that access.yaml grants to and that sessions are recorded under.")
    var user: String
    @Option(help: "How long it is good for, such as 8h, 30m or 1d12h. (default: certificates.default-ttl of sallyport.yaml)")
    var ttl: Lifetime?
    @Option(name: .customLong("principal"), help: "One more principal besides the user's name; repeatable.")
    var principals: [String] = []
    @Option(
        name: .customLong("source-address"),
        help: ArgumentHelp("Good only from this address or range; repeatable.", valueName: "cidr"))
    var sourceAddresses: [String] = []
    @Option(
        parsing: .unconditional, help: ArgumentHelp("Runs this, whatever the user asked for.", valueName: "command"))
    var forceCommand: String?
    @Flag(name: .customLong("no-pty"), help: "Without the right to a terminal.") var withoutTerminal = false
    @Flag(name: .customLong("no-port-forwarding"), help: "Without the right to forward, which ssh -J needs.")
    var withoutForwarding = false
    @Option(help: ArgumentHelp("Where the certificate goes; - for standard output.", valueName: "file"), completion: .file())
    var output: String?
    @Argument(help: "The user's public key file; - for standard input.", completion: .file(extensions: ["pub"]))
    var publicKey: String

    func validate() throws {
        guard !user.isEmpty else { throw ValidationError("--user is empty") }
        for range in sourceAddresses where AddressRange(range) == nil {
            throw ValidationError("--source-address \(range) is no address range such as 10.0.0.0/8 or 2001:db8::/32")
        }
    }

    func run() throws {
        let key = try PublicKeyFile.read(publicKey)
        let request = AdminRequest.IssueCertificate(
            user: user, ttlSeconds: try ttl?.seconds ?? instance.defaultCertificateSeconds(), principals: principals,
            sourceAddresses: sourceAddresses, forceCommand: forceCommand, permitsTerminal: !withoutTerminal,
            permitsForwarding: !withoutForwarding, publicKey: key.line)
        let destination = try CertificateFile(output: output, publicKey: publicKey)
        guard case .line(let line) = try instance.ask(.issueCertificate(request)) else { throw ToolFailure.unexpectedReply }
        try destination.write(line)
    }
}
