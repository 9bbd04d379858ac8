import OpenSSHKeys
import Testing

struct RevocationListTests {
    let keys = GeneratedKeys.shared

    /// What ssh-keygen makes of a specification (ssh-keygen(1), KEY REVOCATION LISTS), for the Ed25519 authority or for all.
    private func list(_ specification: String, authority: String? = "ed25519-ca") throws -> (
        file: [UInt8], folder: TemporaryFolder
    ) {
        let folder = try TemporaryFolder()
        try folder.write(specification, to: "specification")
        let scope = authority.map { keys.path($0 + ".pub") } ?? "none"
        try Tool.keygen("-q", "-k", "-f", folder("krl"), "-s", scope, folder("specification"))
        return (try folder.bytes(of: "krl"), folder)
    }

    private func certificate(
        serial: UInt64 = 7, keyID: String = "alice", key: String = "ed25519", authority: String = "ed25519-ca"
    ) throws -> Certificate {
        var draft = CertificateDraft(of: try keys.publicBlob(key), authority: try keys.publicBlob(authority))
        draft.serial = serial
        draft.keyID = Array(keyID.utf8)
        return try Certificate(blob: draft.signed(by: keys.privateKey(authority)))
    }

    /// `ssh-keygen -Q`: whether OpenSSH calls the certificate revoked.
    private func isRevokedForOpenSSH(_ certificate: Certificate, in folder: TemporaryFolder) throws -> Bool {
        try folder.write(certificate.line + "\n", to: "asked-cert.pub")
        let result = try Tool.run("/usr/bin/ssh-keygen", ["-Q", "-f", folder("krl"), folder("asked-cert.pub")])
        #expect(result.status == 0 || result.output.contains("REVOKED"), "\(result.errors)")
        return result.status != 0
    }

    @Test func `an empty list revokes nothing`() throws {
        #expect(!RevocationList().revokes(try certificate()))
        let (file, _) = try list("")
        #expect(!(try RevocationList(file: file).revokes(certificate())))
    }

    struct Specification: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let serials: [UInt64]
    }

    /// ssh-keygen chooses the kind of section by what is shortest: list, range, or bitmap.
    static let specifications = [
        Specification(
            testDescription: "single serials", text: "serial: 1\nserial: 1000000\nserial: 18446744073709551615\n",
            serials: [1, 1_000_000, .max]),
        Specification(testDescription: "a range", text: "serial: 5-500000\n", serials: [5, 6, 499_999, 500_000]),
        Specification(
            testDescription: "a range to the end", text: "serial: 18446744073709551000-18446744073709551615\n",
            serials: [.max, .max - 1]),
        Specification(
            testDescription: "every second serial, as a bitmap", text: (0..<200).map { "serial: \(1000 + 2 * $0)\n" }.joined(),
            serials: [1000, 1002, 1398]),
        Specification(
            testDescription: "runs, as a bitmap", text: (0..<40).map { "serial: \(64 + 8 * $0)-\(67 + 8 * $0)\n" }.joined(),
            serials: [64, 67, 72, 379]),
    ]

    @Test(arguments: specifications)
    func `serials are revoked as OpenSSH revokes them`(_ specification: Specification) throws {
        let (file, folder) = try list(specification.text)
        let revocation = try RevocationList(file: file)
        for serial in specification.serials {
            #expect(revocation.revokes(try certificate(serial: serial)), "\(serial)")
            for near in [serial &- 1, serial, serial &+ 1] {
                let certificate = try certificate(serial: near)
                #expect(revocation.revokes(certificate) == (try isRevokedForOpenSSH(certificate, in: folder)), "\(near)")
            }
        }
        #expect(!revocation.revokes(try certificate(serial: specification.serials[0], authority: "stranger-ca")))
    }

    @Test func `key ids are revoked, of one authority or of all`() throws {
        let (file, folder) = try list("id: mallory\nid: with blanks in it\n")
        let one = try RevocationList(file: file)
        let (wildcard, wildcardFolder) = try list("id: mallory\n", authority: nil)
        let all = try RevocationList(file: wildcard)
        for (keyID, authority) in [
            ("mallory", "ed25519-ca"), ("mallory", "stranger-ca"), ("Mallory", "ed25519-ca"), ("mallory ", "ed25519-ca"),
            ("with blanks in it", "ed25519-ca"), ("alice", "ed25519-ca"),
        ] {
            let certificate = try certificate(keyID: keyID, authority: authority)
            #expect(one.revokes(certificate) == (try isRevokedForOpenSSH(certificate, in: folder)), "\(keyID)")
            #expect(all.revokes(certificate) == (try isRevokedForOpenSSH(certificate, in: wildcardFolder)), "\(keyID)")
        }
        #expect(one.revokes(try certificate(keyID: "mallory")))
        #expect(!one.revokes(try certificate(keyID: "mallory", authority: "stranger-ca")))
        #expect(all.revokes(try certificate(keyID: "mallory", authority: "stranger-ca")))
    }

    @Test(arguments: ["key", "sha1", "sha256"])
    func `a key is revoked as itself and by its fingerprints, also inside certificates and as an authority`(_ kind: String) throws
    {
        let (file, folder) = try list(
            "\(kind): \(try keys.publicLine("revoked"))\n\(kind): \(try keys.publicLine("revoked-ca"))\n")
        let revocation = try RevocationList(file: file)
        #expect(revocation.revokes(try keys.publicKey("revoked")))
        #expect(!revocation.revokes(try keys.publicKey("ed25519")))
        for (key, authority) in [
            ("revoked", "ed25519-ca"), ("ed25519", "revoked-ca"), ("ed25519", "ed25519-ca"), ("rsa", "ed25519-ca"),
        ] {
            let certificate = try certificate(key: key, authority: authority)
            #expect(revocation.revokes(certificate) == (key == "revoked" || authority == "revoked-ca"))
            #expect(revocation.revokes(certificate) == (try isRevokedForOpenSSH(certificate, in: folder)))
        }
    }

    @Test func `a fingerprint alone revokes`() throws {
        let (file, _) = try list("hash: \(try keys.publicKey("revoked").fingerprint)\n")
        #expect(try RevocationList(file: file).revokes(keys.publicKey("revoked")))
    }

    @Test func `a DSA key can be revoked though it cannot be read`() throws {
        let (file, _) = try list("key: \(try keys.publicLine("dsa"))\nserial: 7\n")
        #expect(try RevocationList(file: file).revokes(certificate()))
    }

    @Test func `a list cut anywhere is an error unless the cut is between sections`() throws {
        let text =
            "serial: 1-100\nserial: 1000\nid: mallory\nkey: \(try keys.publicLine("revoked"))\nsha1: \(try keys.publicLine("rsa"))\n"
        let (file, _) = try list(text)
        var whole = 0
        for length in 0..<file.count where (try? RevocationList(file: Array(file.prefix(length)))) != nil { whole += 1 }
        // After the header, after the certificates, after the key: a KRL has no end mark.
        #expect(whole == 3)
    }

    @Test func `a list with a changed byte is read or refused, never a crash`() throws {
        let (file, _) = try list((0..<100).map { "serial: \(1000 + 2 * $0)\n" }.joined() + "id: mallory\n")
        for index in file.indices {
            for bit in 0..<8 {
                var changed = file
                changed[index] ^= 1 << bit
                _ = try? RevocationList(file: changed).revokes(certificate())
            }
        }
    }
}
