internal import MonitorProtocol

/// What users put into their own OpenSSH configuration.
struct ClientLines {
    /// Three lines for ssh_config(5). The certificate beside the user's key (`id_ed25519-cert.pub`) is found by ssh itself.
    let sshConfig: String
    /// One line for each host key of the bastion, for sshd(8) "known_hosts". It names the bastion and every target, because the inner session of
    /// `ssh -J bastion web1` ends in the bastion too and shows the same key under the name `web1`.
    let knownHosts: String
    /// The bastion listens on all addresses and does not say under which users reach it.
    let isForAnyAddress: Bool

    init(_ configuration: ClientConfiguration, name: String) {
        let host = SafeText.escaped(configuration.host)
        isForAnyAddress = ["*", "0.0.0.0", "::"].contains(host)
        sshConfig = """
            Host \(name)
                HostName \(host)
                Port \(configuration.port)

            """
        var names = [configuration.port == 22 ? host.lowercased() : "[\(host.lowercased())]:\(configuration.port)"]
        // ssh looks hosts up in lower case, and would read `*`, `?`, `!`, `,` and blanks in a name as something else.
        var known = Set(names)
        for target in configuration.targetNames.map({ $0.lowercased() })
        where HostName.isName(target) && known.insert(target).inserted {
            // The name as an absolute one (RFC 1034 §3.1) leads to the same target, and ssh compares it as it was typed.
            names += [target, target + "."]
        }
        let patterns = names.joined(separator: ",")
        knownHosts = configuration.hostKeys.map { "\(patterns) \(SafeText.escaped($0))\n" }.joined()
    }
}
