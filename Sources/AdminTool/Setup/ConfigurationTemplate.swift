/// The files that `sallyport init` writes, with the words that an administrator reads first.
enum ConfigurationTemplate {
    /// Where the files of a bastion are.
    enum Layout {
        /// All in the directory itself: for trying out, and for tests.
        case oneDirectory
        /// As systemd/sallyportd.service has them.
        case systemd

        var state: String { self == .systemd ? "/var/lib/sallyport" : "state" }
        var recordings: String { self == .systemd ? "/var/lib/sallyport/recordings" : "recordings" }
        var adminSocket: String { self == .systemd ? "/run/sallyport/admin.sock" : "state/admin.sock" }
        var vaultKey: String { self == .systemd ? "credential:vault.key" : "vault.key" }
    }

    /// - Parameter addresses: as `ListenAddress` lets them through, so that they need no more than quotes.
    static func daemon(listening addresses: [String], layout: Layout) -> String {
        """
        # Sallyport's own configuration. Paths are relative to the directory of this file. `sallyport check` reads it as the daemon would;
        # `sallyport reload` makes the running daemon read it again, whole or not at all.

        # Where users connect.
        listen: [\(addresses.map { "\"\($0)\"" }.joined(separator: ", "))]

        # Under which name and port users reach the bastion, for `sallyport client-config`. Without it the first address above.
        # public-address: bastion.example.com:22

        host-keys: [hostkeys/ssh_host_ed25519_key]
        state-directory: \(layout.state)
        recordings: \(layout.recordings)
        admin-socket: \(layout.adminSocket)

        # Opens the stored credentials. A file that only its owner can read, or credential:NAME for LoadCredential of systemd.
        vault-key: \(layout.vaultKey)

        # Whose user certificates are good: vault is Sallyport's own authority (`sallyport certificate issue`); or files of public keys.
        user-authorities: [vault]

        certificates:
          default-ttl: 8h
          longest-ttl: 24h

        # Who may go where.
        access: access.yaml

        # What may be run there.
        policy: policy.yaml

        """
    }

    static let access = """
        # Who may log in where. `sallyport check` names every mistake; `sallyport reload` makes changes effective.

        groups: {}
        #  ops: [alice, bob]

        # Each target needs the host keys that it may show: `sallyport target scan ADDRESS` prints them.
        targets: {}
        #  web1:
        #    address: web1.example.com:22
        #    aliases: [www]
        #    host-keys: ["ssh-ed25519 AAAA..."]
        #    labels: { env: prod }
        #    logins: [root, deploy]

        grants: []
        #  - name: ops-on-production
        #    to: [group:ops]
        #    targets: ["env=prod"]
        #    logins: [deploy]
        #    channels: [shell, exec, sftp]

        """
}
