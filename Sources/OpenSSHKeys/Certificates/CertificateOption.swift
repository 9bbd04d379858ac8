/// One entry of the critical options or the extensions of a certificate, as it stands there (PROTOCOL.certkeys).
package struct CertificateOption: Hashable, Sendable {
    package let name: String
    /// What the name says it is; for flags empty.
    package let data: [UInt8]

    package init(name: String, data: [UInt8]) {
        self.name = name
        self.data = data
    }
}

/// The critical options that Sallyport obeys. A certificate with any other is refused.
package enum CriticalOption: Hashable, Sendable {
    /// Replaces what the user asks for. Not empty, no NUL.
    case forceCommand([UInt8])
    /// Where the certificate may be used from. Not empty.
    case sourceAddresses([AddressRange])

    /// Why a critical option refuses the certificate.
    package enum Problem: Error, Equatable, Sendable {
        /// Nobody knows what it demands.
        case unknown
        /// It demands that the user's presence at the security key was verified. libssh does not say whether it was.
        case verifyRequired
        case malformed(String)
    }

    package init(_ option: CertificateOption) throws(Problem) {
        switch option.name {
        case "force-command":
            let command = try Self.content(of: option)
            // sshd would run an empty command, which is nothing; here an empty command could be taken for "no command, a shell".
            guard !command.isEmpty else { throw .malformed("empty") }
            self = .forceCommand(command)
        case "source-address":
            self = .sourceAddresses(try Self.ranges(try Self.content(of: option)))
        case "verify-required": throw .verifyRequired
        default: throw .unknown
        }
    }

    /// As it stands in a certificate.
    package var option: CertificateOption {
        var writer = WireWriter()
        switch self {
        case .forceCommand(let command):
            writer.writeString(command)
            return CertificateOption(name: "force-command", data: writer.bytes)
        case .sourceAddresses(let ranges):
            writer.writeText(ranges.map(\.description).joined(separator: ","))
            return CertificateOption(name: "source-address", data: writer.bytes)
        }
    }

    /// The one string that the data has to be.
    private static func content(of option: CertificateOption) throws(Problem) -> [UInt8] {
        var reader = WireReader(option.data)
        guard let content = try? reader.readString(), reader.isAtEnd else { throw .malformed("not exactly one string") }
        guard !content.contains(0) else { throw .malformed("a NUL") }
        return Array(content)
    }

    private static func ranges(_ list: [UInt8]) throws(Problem) -> [AddressRange] {
        guard let text = String(validating: list, as: UTF8.self) else { throw .malformed("not text") }
        var ranges: [AddressRange] = []
        for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
            let entry = String(entry)
            // sshd never matches an IPv4-mapped range, as it compares with the plain IPv4 address. To accept one would be laxer than sshd.
            let written = entry.split(separator: "/", omittingEmptySubsequences: false).first.map(String.init) ?? ""
            guard let range = AddressRange(entry), IPAddress.parse(written)?.isMapped == false else {
                throw .malformed("an entry that is no address range")
            }
            ranges.append(range)
        }
        return ranges
    }
}

/// An extension that OpenSSH knows: without it, what it permits is not permitted. The raw value is the name in the certificate.
package enum CertificateExtension: String, CaseIterable, Sendable {
    case permitTerminal = "permit-pty"
    case permitPortForwarding = "permit-port-forwarding"
    case permitAgentForwarding = "permit-agent-forwarding"
    case permitX11Forwarding = "permit-X11-forwarding"
    case permitUserRC = "permit-user-rc"
    /// Has no effect: libssh 0.10 verifies a security key's signature and does not show its flags, so a touch can neither be demanded of
    /// those without this extension nor be waived. sshd demands it.
    case noTouchRequired = "no-touch-required"
}
