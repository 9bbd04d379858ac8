internal import MonitorProtocol

/// What users put into their own OpenSSH configuration.
struct ClientLines {
    /// For ssh_config(5): three lines that lead to the bastion, and two that have the certificate offered first.
    ///
    /// ssh finds a certificate beside a key by itself, but offers the plain key before it, and the bastion answers that with the line on how to get a
    /// certificate (docs/decisions/0004). The targets are named as well, for the inner session of `ssh -J bastion web1`. Nothing here narrows what ssh
    /// tries with those who reach a target directly, hence no IdentitiesOnly, and IdentityFile only for a key that ssh would not find.
    let sshConfig: String
    /// One line for each host key of the bastion, for sshd(8) "known_hosts". It names the bastion and every target, because the inner session of
    /// `ssh -J bastion web1` ends in the bastion too and shows the same key under the name `web1`.
    let knownHosts: String
    /// The bastion listens on all addresses and does not say under which users reach it.
    let isForAnyAddress: Bool

    init(_ configuration: ClientConfiguration, name: String, key: UserKeyPath) {
        let host = SafeText.escaped(configuration.host)
        isForAnyAddress = ["*", "0.0.0.0", "::"].contains(host)
        // ssh would read `*`, `?`, `!`, `,` and blanks in a name as something else.
        let targets = configuration.targetNames.filter(HostName.isName)
        // Unlike known_hosts, `Host` compares what was typed letter by letter.
        let hosts = Self.unique([name] + targets.flatMap { [$0, $0.lowercased()] })
        sshConfig = """
            Host \(name)
                HostName \(host)
                Port \(configuration.port)
            Host \(hosts.joined(separator: " "))
                CertificateFile \(key.certificate)
            \(key.isTriedByItself ? "" : "    IdentityFile \(key.key)\n")
            """
        let bastion = configuration.port == 22 ? host.lowercased() : "[\(host.lowercased())]:\(configuration.port)"
        // The name as an absolute one (RFC 1034 §3.1) leads to the same target, and ssh compares it as it was typed.
        let patterns = Self.unique([bastion] + targets.map { $0.lowercased() }.flatMap { [$0, $0 + "."] }).joined(separator: ",")
        knownHosts = configuration.hostKeys.map { "\(patterns) \(SafeText.escaped($0))\n" }.joined()
    }

    /// Each once, in the order of their first appearance.
    private static func unique(_ names: [String]) -> [String] {
        var known: Set<String> = []
        return names.filter { known.insert($0).inserted }
    }
}
