/// A machine behind the bastion.
package struct Target: Equatable, Sendable {
    /// As in `access.yaml`, in the form that `TargetName` gives it. Names vault entries, ledger rows and certificates.
    package let name: String
    /// Other names under which users may ask for it, in the same form.
    package let aliases: [String]
    package let address: TargetAddress
    /// Public key blobs (RFC 4253 §6.6), one of which the target must show. Never empty: no pin, no connection.
    package let hostKeys: [[UInt8]]
    package let labels: [String: String]
    /// The accounts that may be granted, in the order of the file.
    package let logins: [String]
    /// Shells may be started with the integration that tells lines for certain. Without it they are read off the screen.
    package let usesIntegration: Bool

    package init(
        name: TargetName, aliases: [TargetName], address: TargetAddress, hostKeys: [[UInt8]], labels: [String: String],
        logins: [LoginName], usesIntegration: Bool = true
    ) {
        precondition(!hostKeys.isEmpty, "a target without a pinned host key cannot be connected to")
        self.name = name.text
        self.aliases = aliases.map(\.text)
        self.address = address
        self.hostKeys = hostKeys
        self.labels = labels
        self.logins = logins.map(\.text)
        self.usesIntegration = usesIntegration
    }
}

/// Where the monitor connects to.
package struct TargetAddress: Hashable, Sendable, CustomStringConvertible {
    /// A host name, an IPv4 address, or an IPv6 address without brackets.
    package let host: String
    /// 1…65535.
    package let port: UInt16

    package init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// `web1.internal:22`, `[2001:db8::1]:22`.
    package var description: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
