import OpenSSHKeys
import Testing

struct UserAuthenticationBlobTests {
    let blob = UserAuthenticationBlob(
        sessionIdentifier: [UInt8](repeating: 7, count: 32), user: "deploy", service: "ssh-connection", algorithm: "ssh-ed25519",
        keyBlob: [1, 2, 3])

    @Test func `it comes back as it was written`() throws {
        #expect(try UserAuthenticationBlob(blob.encoded) == blob)
    }

    @Test func `no prefix is one, and nothing may follow`() {
        for length in 0..<blob.encoded.count {
            #expect(throws: WireError.self) { try UserAuthenticationBlob(Array(blob.encoded.prefix(length))) }
        }
        #expect(throws: WireError.trailingBytes(1)) { try UserAuthenticationBlob(blob.encoded + [0]) }
    }

    @Test func `a changed byte is refused or seen`() throws {
        for index in blob.encoded.indices {
            var changed = blob.encoded
            changed[index] ^= 1
            let read = try? UserAuthenticationBlob(changed)
            #expect(read != blob, "byte \(index)")
        }
    }

    /// What an agent would love to sign for somebody: a certificate, a file (PROTOCOL.sshsig), another method of logging in.
    @Test func `other things that are signed with keys are not log-ins`() throws {
        let keys = GeneratedKeys.shared
        let draft = CertificateDraft(of: try keys.publicBlob("ed25519"), authority: try keys.publicBlob("ed25519-ca"))
        #expect(throws: WireError.self) { try UserAuthenticationBlob(draft.body) }
        #expect(throws: WireError.self) { try UserAuthenticationBlob(Array("SSHSIG".utf8) + [UInt8](repeating: 0, count: 64)) }
        for (method, hasSignature) in [
            ("hostbased", true), ("publickey-hostbound-v00@openssh.com", true), ("publickey", false), ("none", true),
        ] {
            var writer = WireWriter()
            writer.writeString(blob.sessionIdentifier)
            writer.writeByte(50)
            writer.writeText("deploy")
            writer.writeText("ssh-connection")
            writer.writeText(method)
            writer.writeBoolean(hasSignature)
            writer.writeText("ssh-ed25519")
            writer.writeString([1, 2, 3])
            #expect(throws: WireError.self) { try UserAuthenticationBlob(writer.bytes) }
        }
    }

    @Test func `a user who only looks like another to Unicode is not a user`() {
        let kelvin = UserAuthenticationBlob(
            sessionIdentifier: blob.sessionIdentifier, user: "\u{212A}en", service: blob.service, algorithm: blob.algorithm,
            keyBlob: [1])
        #expect(kelvin.user == "Ken")
        #expect(throws: WireError.self) { try UserAuthenticationBlob(kelvin.encoded) }
    }

    @Test func `a session identifier has 20 to 64 bytes`() {
        for length in [0, 19, 65] {
            let odd = UserAuthenticationBlob(
                sessionIdentifier: [UInt8](repeating: 7, count: length), user: "u", service: "s", algorithm: "a", keyBlob: [1])
            #expect(throws: WireError.self) { try UserAuthenticationBlob(odd.encoded) }
        }
    }
}
