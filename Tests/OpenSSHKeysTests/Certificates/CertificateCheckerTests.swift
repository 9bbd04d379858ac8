import OpenSSHKeys
import Testing

struct CertificateCheckerTests {
    let keys = GeneratedKeys.shared
    let now: UInt64 = 1_800_000_000

    private func draft(_ name: String = "ed25519") throws -> CertificateDraft {
        CertificateDraft(of: try keys.publicBlob(name), authority: try keys.publicBlob(name + "-ca"))
    }

    private func checker(revokes: @escaping @Sendable (Certificate) -> Bool = { _ in false }) throws -> CertificateChecker {
        CertificateChecker(
            authorities: try GeneratedKeys.names.map { try keys.publicKey($0 + "-ca") }, revocation: RevocationList(),
            isRevoked: revokes)
    }

    private func verdict(
        on draft: CertificateDraft, by authority: String = "ed25519-ca", from peer: String = "192.0.2.7"
    ) throws -> CertificateVerdict {
        let certificate = try Certificate(blob: draft.signed(by: keys.privateKey(authority)))
        return try checker().verdict(on: certificate, at: now, from: #require(IPAddress(peer)))
    }

    @Test(arguments: GeneratedKeys.names)
    func `no changed byte leaves a certificate accepted`(_ name: String) throws {
        let blob = try draft(name).signed(by: keys.privateKey(name + "-ca"))
        let checker = try checker()
        let peer = try #require(IPAddress("192.0.2.7"))
        let original = try Certificate(blob: blob)
        #expect(checker.verdict(on: original, at: now, from: peer).isAccepted)
        for index in blob.indices {
            for bit in [UInt8(1) << UInt8(index % 8), 0x80] {
                var changed = blob
                changed[index] ^= bit
                guard let certificate = try? Certificate(blob: changed) else { continue }
                #expect(certificate != original)
                #expect(!checker.verdict(on: certificate, at: now, from: peer).isAccepted, "byte \(index) ^ \(bit)")
            }
        }
    }

    @Test func `the checks go in the order of the issue: each fault hides those after it`() throws {
        var draft = try draft()
        draft.signatureKey = try keys.publicBlob("stranger-ca")
        draft.type = 2
        draft.validAfter = now + 1
        draft.validBefore = now
        draft.keyID = Array("al ice".utf8)
        draft.principals = []
        draft.serial = 13
        draft.criticalOptions = CertificateDraft.options(("unknown@example.com", []))
        draft.extensions = CertificateDraft.options(("permit-pty", [1]))
        var codes: [CertificateRefusal.Code] = []
        var signer = "stranger-ca"
        let repairs: [() throws -> Void] = [
            { draft.signatureKey = try keys.publicBlob("ed25519-ca") }, { signer = "ed25519-ca" }, { draft.type = 1 },
            { draft.validAfter = now }, { draft.validBefore = now + 1 }, { draft.keyID = Array("alice".utf8) },
            { draft.principals = CertificateDraft.strings("root") }, { draft.principals = CertificateDraft.strings("alice") },
            { draft.serial = 7 }, { draft.criticalOptions = [] }, { draft.extensions = [] },
        ]
        let checker = try checker { $0.serial == 13 }
        let peer = try #require(IPAddress("192.0.2.7"))
        for repair in repairs {
            let certificate = try Certificate(blob: draft.signed(by: keys.privateKey(signer)))
            codes.append(try #require(checker.verdict(on: certificate, at: now, from: peer).refusal).code)
            try repair()
        }
        #expect(
            codes == [
                .untrustedAuthority, .badSignature, .notForUsers, .notYetValid, .expired, .unusableName, .noPrincipals,
                .nameNotAmongPrincipals, .revoked, .unknownOption, .malformedOption,
            ])
        #expect(try verdict(on: draft).isAccepted)
    }

    @Test func `an accepted certificate says who and what`() throws {
        var draft = try draft()
        draft.serial = 99
        draft.principals = CertificateDraft.strings("root", "alice")
        draft.validBefore = now + 60
        draft.criticalOptions = CertificateDraft.options(("force-command", CertificateDraft.content("id")))
        draft.extensions = CertificateDraft.options(("permit-port-forwarding", []))
        let identity = try #require(try verdict(on: draft).identity)
        #expect(identity.name == "alice")
        #expect(identity.serial == 99)
        #expect(identity.principals == ["root", "alice"])
        #expect(!identity.permitsTerminal)
        #expect(identity.permitsForwarding)
        #expect(identity.forcedCommand == Array("id".utf8))
        #expect(identity.keyFingerprint == (try keys.publicKey("ed25519").fingerprint))
        #expect(identity.authorityFingerprint == (try keys.publicKey("ed25519-ca").fingerprint))
        #expect(identity.validAfter == 0)
        #expect(identity.validBefore == now + 60)
    }

    @Test func `nothing is permitted that no extension permits`() throws {
        var draft = try draft()
        draft.extensions = []
        let identity = try #require(try verdict(on: draft).identity)
        #expect(!identity.permitsTerminal)
        #expect(!identity.permitsForwarding)
        #expect(identity.forcedCommand == nil)
        draft.extensions = CertificateDraft.options(("Permit-pty", []), ("permit-ptyx", []))
        #expect(try verdict(on: draft).identity?.permitsTerminal == false)
    }

    @Test func `a force-command among the extensions forces nothing, as in sshd`() throws {
        var draft = try draft()
        draft.extensions = CertificateDraft.options(("force-command", CertificateDraft.content("id")))
        #expect(try verdict(on: draft).identity?.forcedCommand == .some(nil))
    }

    @Test func `valid from the first second, no longer at the last`() throws {
        var draft = try draft()
        (draft.validAfter, draft.validBefore) = (now, now + 1)
        let certificate = try Certificate(blob: draft.signed(by: keys.privateKey("ed25519-ca")))
        let peer = try #require(IPAddress("192.0.2.7"))
        let checker = try checker()
        #expect(checker.verdict(on: certificate, at: now - 1, from: peer).refusal?.code == .notYetValid)
        #expect(checker.verdict(on: certificate, at: now, from: peer).isAccepted)
        #expect(checker.verdict(on: certificate, at: now + 1, from: peer).refusal?.code == .expired)
    }

    @Test(arguments: ["a", "Z9", "alice@example.com", "alice+ci_2.x-y", String(repeating: "a", count: 64)])
    func `a name is letters, digits and ._@+-`(_ name: String) throws {
        var draft = try draft()
        draft.keyID = Array(name.utf8)
        draft.principals = CertificateDraft.strings(name)
        #expect(try verdict(on: draft).identity?.name == name)
    }

    @Test(arguments: [
        "", ".", "..", "../etc", "-rf", "@", "al ice", "al/ice", "alice\n", "\u{1B}[2J", "älice", "аlice", "alice\u{301}",
        String(repeating: "a", count: 65), "a:b", "a*", "\u{202E}alice",
    ])
    func `a key id that could do harm on a terminal or in a path is nobody`(_ name: String) throws {
        var draft = try draft()
        draft.keyID = Array(name.utf8)
        draft.principals = CertificateDraft.strings("alice") + (name.isEmpty ? [] : CertificateDraft.strings(name))
        let refusal = try #require(try verdict(on: draft).refusal)
        #expect(refusal.code == .unusableName)
        #expect(refusal.facts.values.allSatisfy { $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } })
    }

    @Test func `names are compared by bytes, not as Unicode compares`() throws {
        var draft = try draft()
        draft.principals = CertificateDraft.strings("Alice", "alice ", "alicе")
        #expect(try verdict(on: draft).refusal?.code == .nameNotAmongPrincipals)
        draft.keyID = Array("Ken".utf8)
        draft.principals = CertificateDraft.strings("\u{212A}en")  // the Kelvin sign
        #expect("Ken" == "\u{212A}en")
        #expect(try verdict(on: draft).refusal?.code == .nameNotAmongPrincipals)
    }

    @Test(arguments: ["10.1.2.3", "::ffff:10.1.2.3", "2001:db8::7"])
    func `a certificate works from its source addresses`(_ peer: String) throws {
        var draft = try draft()
        draft.criticalOptions = CertificateDraft.options(("source-address", CertificateDraft.content("10.0.0.0/8,2001:db8::/32")))
        #expect(try verdict(on: draft, from: peer).isAccepted)
    }

    @Test(arguments: ["11.1.2.3", "2001:db9::7", "::10.1.2.3", "::1"])
    func `a certificate does not work from elsewhere`(_ peer: String) throws {
        var draft = try draft()
        draft.criticalOptions = CertificateDraft.options(("source-address", CertificateDraft.content("10.0.0.0/8,2001:db8::/32")))
        let refusal = try #require(try verdict(on: draft, from: peer).refusal)
        #expect(refusal.code == .wrongSourceAddress)
        #expect(refusal.userMessage == "Your certificate may not be used from \(peer).")
    }

    @Test func `every authority of the four kinds is believed, and only a listed one`() throws {
        for name in GeneratedKeys.names { #expect(try verdict(on: draft(name), by: name + "-ca").isAccepted) }
        let certificate = try Certificate(blob: draft().signed(by: keys.privateKey("ed25519-ca")))
        let nobody = CertificateChecker(authorities: [], revocation: RevocationList()) { _ in false }
        let refusal = nobody.verdict(on: certificate, at: now, from: try #require(IPAddress("192.0.2.7"))).refusal
        #expect(refusal?.code == .untrustedAuthority)
    }

    @Test func `a security key in the list of authorities is not believed`() throws {
        var blob = WireWriter()
        blob.writeText("sk-ssh-ed25519@openssh.com")
        blob.writeString(try keys.publicBlob("ed25519-ca").suffix(32))
        blob.writeText("ssh:")
        var draft = try draft()
        draft.signatureKey = blob.bytes
        let certificate = try Certificate(blob: draft.signed(by: keys.privateKey("ed25519-ca")))
        let checker = CertificateChecker(authorities: [try PublicKey(blob: blob.bytes)], revocation: RevocationList()) { _ in
            false
        }
        #expect(!checker.verdict(on: certificate, at: now, from: try #require(IPAddress("192.0.2.7"))).isAccepted)
    }

    @Test func `the ledger is asked about a believed certificate only`() throws {
        let checker = try checker { certificate in
            #expect(certificate.signatureKey.algorithm == .rsa, "the ledger saw a certificate that nobody trusted signed")
            return true
        }
        let peer = try #require(IPAddress("192.0.2.7"))
        let good = try Certificate(blob: draft("rsa").signed(by: keys.privateKey("rsa-ca")))
        #expect(checker.verdict(on: good, at: now, from: peer).refusal?.code == .revoked)
        let forged = try Certificate(blob: draft().signed(by: keys.privateKey("stranger-ca")))
        #expect(checker.verdict(on: forged, at: now, from: peer).refusal?.code == .badSignature)
    }

    @Test func `a refusal tells the log serial, key id, authority, key and reason`() throws {
        var draft = try draft()
        draft.validBefore = 5
        let refusal = try #require(try verdict(on: draft).refusal)
        #expect(
            refusal.facts == [
                "serial": "7", "keyID": "alice", "authority": try keys.publicKey("ed25519-ca").fingerprint,
                "key": try keys.publicKey("ed25519").fingerprint, "reason": "valid before 5, now 1800000000",
            ])
        #expect(refusal.userMessage == "Your certificate has expired; get a new one.")
        #expect(CertificateRefusal.unreadable(.encrypted).code == .unreadable)
    }

    @Test func `a signature moved from another certificate is not valid`() throws {
        var other = try draft()
        other.keyID = Array("bob".utf8)
        other.principals = CertificateDraft.strings("bob")
        let stolen = try Certificate(blob: other.signed(by: keys.privateKey("ed25519-ca"))).signature
        let forged = try Certificate(blob: draft().signed { _ in stolen })
        #expect(try checker().verdict(on: forged, at: now, from: #require(IPAddress("192.0.2.7"))).refusal?.code == .badSignature)
    }
}

extension CertificateVerdict {
    var identity: CertifiedIdentity? { if case .accepted(let identity) = self { identity } else { nil } }
    var refusal: CertificateRefusal? { if case .refused(let refusal) = self { refusal } else { nil } }
    var isAccepted: Bool { identity != nil }
}
