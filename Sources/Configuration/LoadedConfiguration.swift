package import OpenSSHKeys
package import Policy

/// Everything that the files say, checked as a whole: it is put to work whole or not at all.
package struct LoadedConfiguration: Sendable {
    package let daemon: DaemonConfiguration
    package let access: AccessRules
    package let policy: PolicyRules
    /// The keys in the files of `daemon.userAuthorities`.
    package let authorities: [PublicKey]
    /// What `daemon.revokedKeys` revokes; nothing if there is none.
    package let revocation: RevocationList
    /// What is no mistake and hardly meant: to be shown to whoever checks or changes the configuration.
    package let warnings: [ConfigurationProblem]

    /// Reads `sallyport.yaml` and the files that it names: access rules, policy, authorities, revoked keys.
    ///
    /// Private keys and the vault's key are not read, so whoever may read the rest can check a configuration.
    ///
    /// - Parameter candidate: a file to read instead of the `policy.yaml` that is named.
    package static func load(file: String, policy candidate: String? = nil) throws(ConfigurationErrors) -> LoadedConfiguration {
        let problems = Problems()
        let document = Document(file: file, problems: problems)
        guard let root = document.root(at: file) else { throw problems.errors() }
        let daemon = DaemonDocument(root, in: document)
        daemon.checkHostKeys(in: document)
        daemon.checkNotificationKeys(in: document)
        let authorities = daemon.readAuthorities(in: document)
        let revocation = daemon.readRevokedKeys(in: document)
        let access = daemon.access.flatMap { readAccess($0, problems) }
        let policy = (candidate ?? daemon.policy).flatMap { readPolicy($0, access, problems) }
        guard problems.count == 0, let configuration = daemon.configuration, let access, let policy, let revocation else {
            throw problems.errors()
        }
        return LoadedConfiguration(
            daemon: configuration, access: access, policy: policy, authorities: authorities, revocation: revocation,
            warnings: problems.warnings)
    }

    private static func readAccess(_ path: String, _ problems: Problems) -> AccessRules? {
        let document = Document(file: path, problems: problems)
        return document.root(at: path).flatMap { AccessDocument.rules($0, in: document) }
    }

    /// - Parameter access: nil if that file has a mistake. The policy's own mistakes are told all the same.
    fileprivate static func readPolicy(_ path: String, _ access: AccessRules?, _ problems: Problems) -> PolicyRules? {
        let document = Document(file: path, problems: problems, tellsColumns: true)
        let advice =
            ": \"sallyport init\" writes a starting set; or write one with \"default: allow\", \"uncertain: allow\" and \"rules: []\""
        return document.root(at: path, ifMissing: advice).flatMap { PolicyDocument.rules($0, in: document, access: access) }
    }
}

extension PolicyRules {
    /// Reads a `policy.yaml` by itself.
    ///
    /// - Parameter access: of the configuration that it would be in force with; it names the groups, targets and logins that there are.
    package static func load(file: String, access: AccessRules) throws(ConfigurationErrors) -> PolicyRules {
        let problems = Problems()
        guard let policy = LoadedConfiguration.readPolicy(file, access, problems), problems.count == 0 else {
            throw problems.errors()
        }
        return policy
    }
}

extension DaemonConfiguration {
    /// Reads `sallyport.yaml` alone: enough to find the admin socket, also while another file has mistakes.
    package static func load(file: String) throws(ConfigurationErrors) -> DaemonConfiguration {
        let problems = Problems()
        let document = Document(file: file, problems: problems)
        let daemon = document.root(at: file).map { DaemonDocument($0, in: document) }
        guard problems.count == 0, let configuration = daemon?.configuration else { throw problems.errors() }
        return configuration
    }
}
