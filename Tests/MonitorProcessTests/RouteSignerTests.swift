import Foundation
import MonitorProtocol
import OpenSSHKeys
import Testing

@testable import MonitorProcess

/// The agent of a route against a session process that is no longer ours.
@Suite struct RouteSignerTests {
    let key: PrivateKey
    let identifiers = SessionIdentifiers()
    var signer: RouteSigner

    init() throws {
        key = try PrivateKey.generateEd25519()
        signer = RouteSigner(key: key, certificate: nil, login: "root", comment: "test", identifiers: identifiers)
    }

    static let identifier = [UInt8](repeating: 7, count: 32)

    /// The request that an honest session makes.
    func blob(
        _ identifier: [UInt8] = identifier, user: String = "root", service: String = "ssh-connection",
        algorithm: String = "ssh-ed25519",
        key blob: [UInt8]? = nil
    ) -> [UInt8] {
        UserAuthenticationBlob(
            sessionIdentifier: identifier, user: user, service: service, algorithm: algorithm, keyBlob: blob ?? key.publicKey.blob
        ).encoded
    }
    func request(_ data: [UInt8], key blob: [UInt8]? = nil, flags: UInt32 = 0) -> AgentMessage {
        .signRequest(AgentMessage.SignRequest(keyBlob: blob ?? key.publicKey.blob, data: data, flags: flags))
    }

    @Test mutating func `it offers its one key`() {
        let (answer, _) = signer.answer(.requestIdentities)
        #expect(answer == .identities([AgentMessage.Identity(keyBlob: key.publicKey.blob, comment: "test")]))
    }

    @Test mutating func `it signs a log-in of the granted login`() throws {
        guard case .signResponse(let signature) = signer.answer(request(blob())).0 else {
            Issue.record("no signature")
            return
        }
        #expect(key.publicKey.isValidSignature(signature, over: blob(), allowing: [.ed25519]))
    }

    @Test mutating func `it signs nothing else`() throws {
        let other = try PrivateKey.generateEd25519().publicKey.blob
        let hostile: [(String, AgentMessage)] = [
            ("another login", request(blob(user: "admin"))),
            ("a login that begins the same", request(blob(user: "root "))),
            ("another service", request(blob(service: "ssh-userauth"))),
            ("another key", request(blob(), key: other)),
            ("another key inside", request(blob(key: other))),
            ("another algorithm", request(blob(algorithm: "rsa-sha2-512"))),
            ("a certificate's algorithm", request(blob(algorithm: "ssh-ed25519-cert-v01@openssh.com"))),
            ("more after it", request(blob() + [0])),
            ("less", request(blob().dropLast())),
            ("nothing", request([])),
            ("free text", request(Array("SSHSIG\0\0\0\0\u{4}file".utf8))),
            ("an empty identifier", request(blob([]))),
            ("a short identifier", request(blob([UInt8](repeating: 7, count: 19)))),
            ("a message that agents know", .other(17)),
            ("an extension", .other(27)),
            ("an answer", .success),
        ]
        for (what, message) in hostile {
            let (answer, refusal) = signer.answer(message)
            #expect(answer == .failure, "\(what)")
            #expect(refusal != nil, "\(what)")
        }
        // None of them bound it: the honest request still passes.
        #expect(signer.boundIdentifier == nil)
        guard case .signResponse = signer.answer(request(blob())).0 else {
            Issue.record("an honest request was refused after hostile ones")
            return
        }
    }

    @Test mutating func `a second SSH connection is not signed for`() {
        _ = signer.answer(request(blob()))
        let (answer, refusal) = signer.answer(request(blob([UInt8](repeating: 8, count: 32))))
        #expect(answer == .failure)
        #expect(refusal == "another session identifier than before")
    }

    @Test mutating func `the SSH connection of another route is not signed for`() throws {
        let other = try PrivateKey.generateEd25519()
        var second = RouteSigner(key: other, certificate: nil, login: "root", comment: "", identifiers: identifiers)
        _ = signer.answer(request(blob()))
        let data = UserAuthenticationBlob(
            sessionIdentifier: Self.identifier, user: "root", service: "ssh-connection", algorithm: "ssh-ed25519",
            keyBlob: other.publicKey.blob
        ).encoded
        let (answer, refusal) = second.answer(request(data, key: other.publicKey.blob))
        #expect(answer == .failure)
        #expect(refusal == "the session identifier of another route")
    }

    @Test mutating func `signatures are counted`() {
        for _ in 0..<RouteSigner.mostSignatures {
            let (_, refusal) = signer.answer(request(blob()))
            #expect(refusal == nil)
        }
        let (_, refusal) = signer.answer(request(blob()))
        #expect(refusal == "too many signatures")
    }

    @Test func `a certificate is offered and signed for, its plain key is not`() throws {
        let authority = try PrivateKey.generateEd25519()
        let certificate = try CertificateSigner.userCertificate(
            for: key.publicKey, keyID: "alice via sallyport x", serial: 1, principals: ["root"], validAfter: 0, validBefore: 10,
            criticalOptions: [], extensions: [.permitTerminal], signedBy: authority)
        var signer = RouteSigner(key: key, certificate: certificate, login: "root", comment: "", identifiers: identifiers)
        let (offered, _) = signer.answer(.requestIdentities)
        #expect(offered == .identities([AgentMessage.Identity(keyBlob: certificate.blob, comment: "")]))
        let (plain, _) = signer.answer(request(blob()))
        #expect(plain == .failure)
        let data = blob(algorithm: "ssh-ed25519-cert-v01@openssh.com", key: certificate.blob)
        guard case .signResponse(let signature) = signer.answer(request(data, key: certificate.blob)).0 else {
            Issue.record("no signature")
            return
        }
        #expect(key.publicKey.isValidSignature(signature, over: data, allowing: [.ed25519]))
    }

    @Test(
        arguments: [
            (0, "ssh-rsa", false), (2, "rsa-sha2-256", true), (4, "rsa-sha2-512", true), (2, "rsa-sha2-512", false),
            (6, "rsa-sha2-512", false), (0, "rsa-sha2-256", false),
        ] as [(UInt32, String, Bool)])
    func `an RSA key signs with SHA-2, and with the algorithm that the request names`(
        flags: UInt32, algorithm: String, isSigned: Bool
    ) throws {
        let key = try TestKeys.rsa()
        var signer = RouteSigner(key: key, certificate: nil, login: "root", comment: "", identifiers: SessionIdentifiers())
        let data = blob(algorithm: algorithm, key: key.publicKey.blob)
        let (answer, _) = signer.answer(request(data, key: key.publicKey.blob, flags: flags))
        if case .signResponse(let signature) = answer {
            #expect(isSigned)
            #expect(key.publicKey.isValidSignature(signature, over: data, allowing: [.rsaSHA256, .rsaSHA512]))
        } else {
            #expect(!isSigned)
        }
    }
}

/// Keys that only `ssh-keygen` makes.
enum TestKeys {
    static func rsa() throws -> PrivateKey {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sallyport-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ssh-keygen")
        process.arguments = ["-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", folder + "/key"]
        try process.run()
        process.waitUntilExit()
        return try PrivateKey(openSSHFile: Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/key"))))
    }
}
