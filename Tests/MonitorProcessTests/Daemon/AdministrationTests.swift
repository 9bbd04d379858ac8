import Foundation
import MonitorProtocol
import OpenSSHKeys
import Testing

@testable import MonitorProcess

/// The admin socket of a real daemon.
@Suite struct `The admin socket` {
    let target: TargetUnderTest
    let daemon: RunningDaemon

    init() throws {
        target = try TargetUnderTest()
        daemon = try RunningDaemon(target)
    }

    private func failure(_ request: AdminRequest) throws -> AdminFailure? {
        if case .failure(let failure) = try daemon.admin(request) { failure } else { nil }
    }

    private func issue(
        user: String = "alice", ttl: UInt64 = 60, principals: [String] = [], from: [String] = [], command: String? = nil,
        key: String? = nil
    ) throws -> AdminRequest {
        .issueCertificate(
            AdminRequest.IssueCertificate(
                user: user, ttlSeconds: ttl, principals: principals, sourceAddresses: from, forceCommand: command,
                permitsTerminal: true,
                permitsForwarding: true, publicKey: try key ?? PrivateKey.generateEd25519().publicKey.line))
    }

    // MARK: Approvals

    @Test func `lists no request and no access where there is none, and decides about none`() throws {
        #expect(try daemon.admin(.listApprovals(.init(limit: 1000))) == .approvals([]))
        #expect(try daemon.admin(.listAccesses) == .accesses([]))
        for request: AdminRequest in [
            .showApproval(number: 7), .decideApproval(number: 7, approve: true, reason: nil),
            .decideApproval(number: 7, approve: false, reason: "no"), .revokeAccess(approval: 7, reason: "no"),
        ] { #expect(try failure(request)?.code == .notFound, "\(request)") }
        for request: AdminRequest in [
            .listApprovals(.init(limit: 0)), .listApprovals(.init(limit: 1001)),
            .decideApproval(number: 7, approve: true, reason: String(repeating: "x", count: 501)),
            .revokeAccess(approval: 7, reason: ""), .revokeAccess(approval: 7, reason: "a\0b"),
        ] { #expect(try failure(request)?.code == .invalid, "\(request)") }
    }

    // MARK: Certificates

    @Test func `issues what was asked for, and remembers it`() throws {
        let request = try issue(principals: ["ops", "alice"], from: ["127.0.0.0/8", "::1"], command: "uptime")
        guard case .line(let line) = try daemon.admin(request) else {
            Issue.record("not issued")
            return
        }
        let certificate = try Certificate(line: line)
        #expect(certificate.keyID == "alice" && certificate.principals == ["alice", "ops"])
        #expect(certificate.validBefore - certificate.validAfter == 120)
        #expect(certificate.criticalOptions.map(\.name) == ["force-command", "source-address"])
        #expect(certificate.extensions.map(\.name) == ["permit-port-forwarding", "permit-pty"])
        guard case .certificates(let shown) = try daemon.admin(.showCertificate(serial: certificate.serial)) else { return }
        let remembered = try #require(shown.first)
        #expect(remembered.user == "alice" && remembered.keyFingerprint == certificate.certifiedKey.fingerprint)
        #expect(remembered.sourceAddresses == ["127.0.0.0/8", "::1"] && remembered.forceCommand == "uptime")
        #expect(UInt64(remembered.validUntil.seconds) == certificate.validBefore)
    }

    @Test func `issues nothing that it would not accept`() throws {
        let hostile = try [
            issue(user: ""), issue(user: "-alice"), issue(user: "al ice"), issue(user: "alice\n"),
            issue(user: String(repeating: "a", count: 65)),
            issue(user: "\u{212a}elvin"), issue(ttl: 0), issue(ttl: 86_401), issue(ttl: .max), issue(principals: [""]),
            issue(principals: ["a,b"]), issue(principals: ["a b"]), issue(principals: (0..<300).map { "p\($0)" }),
            issue(from: ["10.0.0.1/8"]),
            issue(from: ["here"]), issue(command: ""), issue(command: "a\0b"),
            issue(command: String(repeating: "x", count: 9000)),
            issue(key: "ssh-dss AAAAB3NzaC1kc3MAAAA="), issue(key: ""), issue(key: "nonsense"),
        ]
        for request in hostile { #expect(try failure(request)?.code == .invalid, "\(request)") }
        #expect(try daemon.admin(.listCertificates(.init(user: nil, limit: 10))) == .certificates([]))
        for limit in [0, -1, 10_001] {
            #expect(try failure(.listCertificates(.init(user: nil, limit: limit)))?.code == .invalid)
        }
    }

    @Test func `does not know certificates that are not there`() throws {
        #expect(try failure(.showCertificate(serial: 5))?.code == .notFound)
        #expect(try failure(.revokeCertificate(serial: 5, reason: ""))?.code == .notFound)
    }

    // MARK: Credentials

    @Test func `takes credentials for logins that access.yaml has, under the target's own name`() throws {
        func set(_ login: String, _ target: String, _ secret: AdminRequest.SetCredential.Secret) -> AdminRequest {
            .setCredential(
                AdminRequest.SetCredential(name: AdminRequest.CredentialName(login: login, target: target), secret: secret))
        }
        #expect(try failure(set("root", "web9", .password("x")))?.code == .notFound)
        #expect(try failure(set("admin", "web1", .password("x")))?.code == .notFound)
        #expect(try failure(set("root", "web1", .password("")))?.code == .invalid)
        #expect(try failure(set("root", "web1", .password("two\nlines")))?.code == .invalid)
        #expect(try failure(set("root", "web1", .privateKey("-----BEGIN")))?.code == .invalid)
        #expect(try daemon.admin(set("deploy", "WWW.", .password("secret"))) == .done("deploy@web1: password"))
        guard case .credentials(let all) = try daemon.admin(.listCredentials) else { return }
        #expect(all.map { "\($0.login)@\($0.target) \($0.kind.rawValue)" } == ["deploy@web1 password", "root@web1 private-key"])
        #expect(!daemon.log.contains("secret\""))
        let name = AdminRequest.CredentialName(login: "deploy", target: "www")
        #expect(try daemon.admin(.removeCredential(name)) == .done("deploy@web1: removed. Sessions that are open go on."))
        #expect(try failure(.removeCredential(name))?.code == .notFound)
    }

    @Test func `changes the vault's key, and every secret still opens`() throws {
        let before = try Data(contentsOf: URL(fileURLWithPath: daemon.folder + "/vault.key"))
        guard case .done = try daemon.admin(.rekeyCredentials) else {
            Issue.record("not changed: \(daemon.log)")
            return
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: daemon.folder + "/vault.key")) != before)
        let (session, _) = try daemon.loggedInSession(daemon.certificate(for: PrivateKey.generateEd25519().publicKey))
        guard case .route = try session.route() else {
            Issue.record("no route: \(daemon.log)")
            return
        }
    }

    // MARK: The daemon

    @Test func `tells how the daemon is`() throws {
        let (session, _) = try daemon.loggedInSession(daemon.certificate(for: PrivateKey.generateEd25519().publicKey))
        try session.reach()
        _ = try session.begin(1)
        guard case .status(let status) = try daemon.admin(.status) else { return }
        #expect(status.listening == [daemon.address.description])
        #expect(status.connections == 1 && status.activeSessions == 1)
    }

    @Test func `tells what users put into their configuration`() throws {
        guard case .clientConfiguration(let configuration) = try daemon.admin(.clientConfiguration) else { return }
        #expect(configuration.hostKeys == [daemon.hostKey.publicKey.line])
        #expect(configuration.targetNames == ["web1", "www", "web2"])
    }

    @Test(arguments: ["", "{}", "nonsense", #"{"status":{}}{"status":{}}"#, #"{"showSession":{"_0":7}}"#])
    func `answers what it does not understand`(text: String) throws {
        let socket = try connect()
        guard !text.isEmpty else { return }
        try socket.send(Array(text.utf8))
        let answer = try #require(try socket.receive(timeoutMilliseconds: 20_000)?.bytes)
        guard case .failure(let failure) = try JSONDecoder().decode(AdminReply.self, from: Data(answer)) else {
            Issue.record("an answer to nonsense")
            return
        }
        #expect(failure.code == .invalid)
    }

    @Test func `closes a connection that announces more than it may send`() throws {
        let address = try #require(SocketAddress(unixPath: daemon.folder + "/state/admin.sock"))
        let client = ClientEnd(try connectStream(to: address, timeoutMilliseconds: 5000))
        #expect(write(client.socket.number, [0x7f, 0xff, 0xff, 0xff] as [UInt8], 4) == 4)
        #expect(try client.readAll() == [])
    }

    @Test func `goes on when many connect and say nothing`() throws {
        let silent = try (0..<12).map { _ in try connect() }
        guard case .status = try daemon.admin(.status) else {
            Issue.record("no status")
            return
        }
        #expect(silent.count == 12)
    }

    @Test func `refuses names of sessions that are none`() throws {
        for name in ["", "../../../etc/passwd", "01m85rdwmjqeb3be", "01M85RDWMJQEB3BE", String(repeating: "0", count: 100_000)] {
            #expect(try failure(.showSession(name))?.code == .notFound)
            #expect(try failure(.recording(name))?.code == .notFound)
            #expect(try failure(.killSession(name))?.code == .notFound)
        }
    }

    @Test func `is open to its owner only, and so are the daemon's files`() throws {
        for name in ["state/admin.sock", "state/sallyport.sqlite", "state/listening", "state/lock", "state", "recordings"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: daemon.folder + "/" + name)
            let mode = try #require(attributes[.posixPermissions] as? Int)
            #expect(mode & 0o077 == 0, "\(name)")
        }
    }

    private func connect() throws -> FramedSocket {
        let address = try #require(SocketAddress(unixPath: daemon.folder + "/state/admin.sock"))
        return FramedSocket(try connectStream(to: address, timeoutMilliseconds: 5000))
    }
}
