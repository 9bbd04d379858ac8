internal import ArgumentParser
internal import MonitorProtocol

struct CertificateGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate",
        abstract: "Issue, list and revoke the certificates that users come with.",
        subcommands: [
            CertificateIssue.self, CertificateList.self, CertificateShow.self, CertificateRevoke.self, CertificateAuthority.self,
        ])
    @OptionGroup var instance: InstanceOption
    func run() throws { throw MissingSubcommand(of: Self.self) }
}

struct CertificateList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the certificates that were issued, the newest first.")
    @OptionGroup var instance: InstanceOption
    @OptionGroup var json: JSONOption
    @Option(help: "Only those of this user.") var user: String?
    @OptionGroup var length: ListLength

    func run() throws {
        let filter = AdminRequest.CertificateFilter(user: user, limit: length.limit)
        guard case .certificates(let certificates) = try instance.ask(.listCertificates(filter)) else {
            throw ToolFailure.unexpectedReply
        }
        if json.isOn { return try JSONDocument.write(certificates.map(CertificateDocument.init)) }
        guard !certificates.isEmpty else { return try StandardOutput.write("no certificate was issued yet\n") }
        var table = Table(["SERIAL", "USER", "ISSUED", "VALID UNTIL", "STATE", "KEY"])
        for certificate in certificates {
            table.add([
                "\(certificate.serial)", certificate.user, certificate.issuedAt.forPeople, certificate.validUntil.forPeople,
                certificate.revokedAt == nil ? "issued" : "revoked", certificate.keyFingerprint,
            ])
        }
        try StandardOutput.write(table.text)
    }
}

struct CertificateShow: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one certificate that was issued.")
    @OptionGroup var instance: InstanceOption
    @OptionGroup var json: JSONOption
    @Argument(help: "Its serial number.") var serial: UInt64

    func run() throws {
        guard case .certificates(let certificates) = try instance.ask(.showCertificate(serial: serial)) else {
            throw ToolFailure.unexpectedReply
        }
        guard let certificate = certificates.first else { throw ToolFailure("no certificate has the serial number \(serial)") }
        if json.isOn { return try JSONDocument.write(CertificateDocument(certificate)) }
        try StandardOutput.write(
            Table.facts([
                ("serial", "\(certificate.serial)"),
                ("user", certificate.user),
                ("principals", certificate.principals.joined(separator: ", ")),
                ("issued", certificate.issuedAt.forPeople),
                ("valid until", certificate.validUntil.forPeople),
                ("key", certificate.keyFingerprint),
                ("only from", certificate.sourceAddresses.isEmpty ? nil : certificate.sourceAddresses.joined(separator: ", ")),
                ("only command", certificate.forceCommand),
                ("revoked", certificate.revokedAt?.forPeople),
                ("reason", certificate.revocationReason),
            ]))
    }
}

struct CertificateRevoke: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke a certificate: it opens no new connection from now on.")
    @OptionGroup var instance: InstanceOption
    @Option(help: "Why, for whoever looks at it later.") var reason: String = ""
    @Argument(help: "Its serial number.") var serial: UInt64

    func run() throws { try instance.done(.revokeCertificate(serial: serial, reason: reason)) }
}

struct CertificateAuthority: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authority",
        abstract: "Print the public key of Sallyport's own certificate authority for targets.",
        discussion: """
            Put the line into the file that TrustedUserCAKeys names in the target's sshd_config; then `credential set LOGIN@TARGET \
            --certificate` needs no key on the target.
            """)
    @OptionGroup var instance: InstanceOption
    @Flag(help: "The authority that signs users' certificates, which the bastion itself trusts.") var users = false

    func run() throws {
        guard case .line(let line) = try instance.ask(.certificateAuthority(users ? .users : .upstream)) else {
            throw ToolFailure.unexpectedReply
        }
        try StandardOutput.write(SafeText.escaped(line) + "\n")
    }
}

/// A certificate in JSON. The keys are a contract.
///
/// Serial numbers are text: they have up to 64 bits, and jq and JavaScript round numbers beyond 53.
struct CertificateDocument: Encodable {
    var serial, user: String
    var principals: [String]
    var issuedAt, validUntil, keyFingerprint: String
    var sourceAddresses: [String]
    @AlwaysThere var forceCommand: String?
    @AlwaysThere var revokedAt: String?
    @AlwaysThere var revocationReason: String?

    init(_ certificate: IssuedCertificate) {
        serial = "\(certificate.serial)"
        user = certificate.user
        principals = certificate.principals
        issuedAt = certificate.issuedAt.rfc3339
        validUntil = certificate.validUntil.rfc3339
        keyFingerprint = certificate.keyFingerprint
        sourceAddresses = certificate.sourceAddresses
        forceCommand = certificate.forceCommand
        revokedAt = certificate.revokedAt?.rfc3339
        revocationReason = certificate.revocationReason
    }
}
