import Foundation
import Testing

@testable import Configuration

struct DaemonValueTests {
    private func read(_ text: String, _ sourceLocation: SourceLocation = #_sourceLocation) throws -> DaemonConfiguration {
        let read = readDaemon(text)
        #expect(read.problems == [], sourceLocation: sourceLocation)
        return try #require(read.configuration, sourceLocation: sourceLocation)
    }

    @Test func `three lines are a configuration`() throws {
        let configuration = try read("listen: [127.0.0.1:2222]\nhost-keys: [hostkeys/ed25519]\nvault-key: vault.key\n")
        let expected = DaemonConfiguration(
            listen: [NetworkAddress(host: "127.0.0.1", port: 2222)], hostKeys: ["/etc/sallyport/hostkeys/ed25519"],
            stateDirectory: "/etc/sallyport/state", recordings: "/etc/sallyport/recordings",
            adminSocket: "/etc/sallyport/state/admin.sock",
            vaultKey: .file("/etc/sallyport/vault.key"), userAuthorities: [.vault], revokedKeys: nil,
            access: "/etc/sallyport/access.yaml", policy: "/etc/sallyport/policy.yaml",
            publicAddress: NetworkAddress(host: "127.0.0.1", port: 2222), certificates: CertificateLifetimes(),
            certificateHelp: "Ask your administrator for a certificate.", limits: ConnectionSettings(),
            environment: ["LANG", "LC_*"],
            session: SessionSettings())
        #expect(configuration == expected)
    }

    @Test func `every key has its place`() throws {
        let configuration = try read(
            """
            listen: ["0.0.0.0:22", "[2001:DB8::1]:2222", "localhost:0", "*:22"]
            host-keys: [/keys/a, b]
            state-directory: /var/lib/sallyport
            recordings: /srv/recordings
            admin-socket: /run/sallyport/admin.sock
            vault-key: credential:vault
            user-authorities: [vault, ca.pub, /etc/ssh/ca.pub]
            revoked-keys: revoked.krl
            access: ./rules/access.yaml
            public-address: bastion.example.com
            certificates: {default-ttl: 30m, longest-ttl: 1d12h}
            certificate-help: Fragen Sie Ännchen.
            limits: {login-grace: 2m, authentication-tries: 3, startups: 5:50:20, connections-per-user: 7, connections-per-address: 8,
              channels: 9, idle: 1h, keepalive: 0, keepalive-count: 4}
            environment: [TERM_PROGRAM, "GIT_*"]
            session: {executable: /usr/libexec/sallyport-session, waiting: 0, uids: 1000-1000}

            """)
        #expect(configuration.listen.map(\.description) == ["0.0.0.0:22", "[2001:db8::1]:2222", "localhost:0", "*:22"])
        #expect(configuration.hostKeys == ["/keys/a", "/etc/sallyport/b"])
        #expect(configuration.stateDirectory == "/var/lib/sallyport")
        #expect(configuration.recordings == "/srv/recordings")
        #expect(configuration.adminSocket == "/run/sallyport/admin.sock")
        #expect(configuration.vaultKey == .credential("vault"))
        #expect(configuration.userAuthorities == [.vault, .file("/etc/sallyport/ca.pub"), .file("/etc/ssh/ca.pub")])
        #expect(configuration.revokedKeys == "/etc/sallyport/revoked.krl")
        #expect(configuration.access == "/etc/sallyport/rules/access.yaml")
        #expect(configuration.publicAddress == NetworkAddress(host: "bastion.example.com", port: 22))
        #expect(configuration.certificates == CertificateLifetimes(defaultSeconds: 1800, longestSeconds: 129_600))
        #expect(configuration.certificateHelp == "Fragen Sie Ännchen.")
        let limits = ConnectionSettings(
            loginGraceSeconds: 120, authenticationTries: 3, startups: Startups(begin: 5, rate: 50, full: 20),
            connectionsPerUser: 7,
            connectionsPerAddress: 8, channels: 9, idleSeconds: 3600, keepaliveSeconds: 0, keepaliveCount: 4)
        #expect(configuration.limits == limits)
        #expect(configuration.environment == ["TERM_PROGRAM", "GIT_*"])
        let session = SessionSettings(executable: "/usr/libexec/sallyport-session", waiting: 0, uids: 1000...1000)
        #expect(configuration.session == session)
    }

    @Test func `the admin socket is in the state directory unless it is named`() throws {
        let configuration = try read("listen: [127.0.0.1:0]\nhost-keys: [k]\nvault-key: v\nstate-directory: /var/lib/s\n")
        #expect(configuration.adminSocket == "/var/lib/s/admin.sock")
    }

    @Test(arguments: ["0.0.0.0", "[::]", "*"])
    func `users reach a bastion on all addresses by the machine's name unless another is written`(host: String) throws {
        let least = "listen: [\"\(host):2222\"]\nhost-keys: [k]\nvault-key: v\n"
        let machine = try #require(FileManager.default.contents(atPath: "/proc/sys/kernel/hostname"))
        let name = String(decoding: machine, as: UTF8.self).trimmingCharacters(in: .newlines)
        #expect(try read(least).publicAddress == NetworkAddress(host: name, port: 2222))
        #expect(try read(least + "public-address: b\n").publicAddress == NetworkAddress(host: "b", port: 22))
    }

    @Test func `a default lifetime is never over the longest`() throws {
        let configuration = try read("listen: [127.0.0.1:0]\nhost-keys: [k]\nvault-key: v\ncertificates: {longest-ttl: 1h}\n")
        #expect(configuration.certificates.defaultSeconds == 3600)
    }

    @Test(
        arguments: [
            ("30s", 30), ("2m", 120), ("8h", 28800), ("1d", 86400), ("2w", 1_209_600), ("1h30m", 5400), ("0", 0), ("0s", 0),
        ] as [(String, UInt64)])
    func `a duration is numbers with units`(text: String, seconds: UInt64) {
        #expect(DurationText.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "s", "30", "s30", "30 s", "30S", "1h30", "-1s", "+1s", "1.5h", "1e3s", "0x1s", "18446744073709551615d",
        "18446744073709551616s", "10000000000000000000s10000000000000000000s",
    ])
    func `what is no duration is not read as one`(text: String) {
        #expect(DurationText.seconds(text) == nil)
    }
}
