/// A person with a key, a certificate for it, and the lines that `sallyport client-config` prints. Nothing else: no key of any target.
package final class User {
    package let name: String
    package let folder: TemporaryFolder

    package var key: String { folder.path + "/id" }
    package var configuration: String { folder.path + "/ssh_config" }

    /// Makes the key and has it certified. `options` are further words of `certificate issue`.
    package init(_ name: String, of instance: Instance, keyType: String = "ed25519", options: [String] = []) throws {
        self.name = name
        folder = try TemporaryFolder()
        try EndToEndHarness.run(["ssh-keygen", "-q", "-t", keyType, "-N", "", "-C", name, "-f", key]).orThrow()
        try certify(by: instance, options: options)
        try learnBastion(instance)
    }

    package func certify(by instance: Instance, options: [String] = []) throws {
        try instance.tool(["certificate", "issue", "--user", name] + options + [key + ".pub"]).orThrow()
    }

    /// Takes the lines of `client-config` as they are, under settings that keep `ssh` away from everything else on this machine.
    ///
    /// With CertificateFile ssh offers the certificate before the plain key, which the bastion would answer with its banner. It stands here for every
    /// host, because tests call targets by names that the lines do not know; `FirstMinute` has nothing but the lines.
    package func learnBastion(_ instance: Instance) throws {
        try folder.write(instance.tool("client-config", "--known-hosts").orThrow().output, to: "known_hosts")
        try folder.write(
            """
            Host *
                BatchMode yes
                StrictHostKeyChecking yes
                UserKnownHostsFile \(folder.path)/known_hosts
                GlobalKnownHostsFile /dev/null
                IdentityFile \(key)
                CertificateFile \(key)-cert.pub
                IdentitiesOnly yes
                IdentityAgent none
                ConnectTimeout 20

            \(instance.tool("client-config", "--ssh-config").orThrow().output)
            """, to: "ssh_config")
    }

    /// `ssh` with this user's configuration and these words.
    package func ssh(_ words: String..., input: [UInt8] = [], within limit: Duration = .seconds(30)) throws -> Outcome {
        try EndToEndHarness.run(sshCommand(words), input: input, within: limit)
    }

    package func sshCommand(_ words: [String]) -> [String] { ["ssh", "-F", configuration] + words }

    /// Starts `ssh` without waiting for its end.
    package func startSSH(_ words: String..., environment: [String: String] = [:]) throws -> RunningProgram {
        try RunningProgram(sshCommand(words), environment: Programs.environment.merging(environment) { $1 })
    }

    /// `ssh` on a terminal.
    package func terminal(_ words: String..., columns: UInt16 = 80, rows: UInt16 = 24) throws -> Terminal {
        try Terminal(sshCommand(words), columns: columns, rows: rows)
    }
}
