import OpenSSHKeys
import Testing

struct PublicKeyTests {
    let keys = GeneratedKeys.shared

    @Test(arguments: GeneratedKeys.names)
    func `a public key file is read, and its line and fingerprint are ssh-keygen's`(_ name: String) throws {
        let key = try keys.publicKey(name)
        #expect(try keys.publicLine(name) == key.line + " of the tests")
        #expect(try PublicKey(line: key.line) == key)
        for end in ["\n", "\r\n", " \n", "\t comment with blanks\n"] { #expect(try PublicKey(line: key.line + end) == key) }
        #expect(try Tool.keygen("-l", "-f", keys.path(name + ".pub")).contains(" \(key.fingerprint) "))
    }

    @Test(arguments: GeneratedKeys.names)
    func `no prefix of a key is a key, nor one with a byte more`(_ name: String) throws {
        let blob = try keys.publicKey(name).blob
        for length in 0..<blob.count {
            #expect(throws: KeyError.self) { try PublicKey(blob: Array(blob.prefix(length))) }
        }
        #expect(throws: KeyError.wire(.trailingBytes(1))) { try PublicKey(blob: blob + [0]) }
    }

    @Test func `DSA is not a key`() throws {
        #expect(throws: KeyError.unsupportedAlgorithm("ssh-dss")) { try keys.publicKey("dsa") }
    }

    @Test func `RSA below 2048 bits is refused`() throws {
        #expect(throws: KeyError.invalid("an RSA modulus of 1024 bits; at least 2048 are needed")) {
            try keys.publicKey("rsa1024")
        }
    }

    @Test(arguments: [
        "", "ssh-ed25519", "ssh-ed25519 ", "ssh-ed25519 A", "ssh-ed25519 AAAA", "ssh-dss AAAA", "no-pty ssh-ed25519 AAAA",
        "ssh-ed25519\0AAAA",
    ])
    func `a line that is no key is refused`(_ line: String) {
        #expect(throws: KeyError.self) { try PublicKey(line: line) }
    }

    @Test func `a line names the algorithm of its key, on one line`() throws {
        let line = try keys.publicKey("ed25519").line
        #expect(throws: KeyError.self) { try PublicKey(line: line.replacing("ssh-ed25519", with: "ssh-rsa")) }
        for more in ["\nssh-ed25519", "\n\n", "\n\r\n", " a\rb"] {
            #expect(throws: KeyError.self) { try PublicKey(line: line + more) }
        }
        #expect(throws: KeyError.self) { try PublicKey(line: line + String(repeating: " ", count: 20_000)) }
    }

    @Test func `a certificate is not a plain key`() throws {
        let draft = CertificateDraft(of: try keys.publicBlob("ed25519"), authority: try keys.publicBlob("ed25519-ca"))
        #expect(throws: KeyError.unsupportedAlgorithm("ssh-ed25519-cert-v01@openssh.com")) {
            try PublicKey(blob: draft.signed(by: keys.privateKey("ed25519-ca")))
        }
    }

    @Test func `security keys are read, and sign nothing here`() throws {
        var ed25519 = WireWriter()
        ed25519.writeText("sk-ssh-ed25519@openssh.com")
        ed25519.writeString(try keys.publicBlob("ed25519").suffix(32))
        ed25519.writeText("ssh:")
        var ecdsa = WireWriter()
        ecdsa.writeText("sk-ecdsa-sha2-nistp256@openssh.com")
        ecdsa.writeText("nistp256")
        ecdsa.writeString(try keys.publicBlob("ecdsa256").suffix(65))
        ecdsa.writeText("ssh:")
        let folder = try TemporaryFolder()
        for blob in [ed25519.bytes, ecdsa.bytes] {
            let key = try PublicKey(blob: blob)
            #expect(!key.algorithm.maySignCertificates)
            try folder.write(key.line + "\n", to: "key.pub")
            #expect(try Tool.keygen("-l", "-f", folder("key.pub")).contains(key.fingerprint))
            for length in 0..<blob.count { #expect(throws: KeyError.self) { try PublicKey(blob: Array(blob.prefix(length))) } }
        }
    }
}
