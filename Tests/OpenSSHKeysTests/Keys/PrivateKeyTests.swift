import OpenSSHKeys
import Testing

struct PrivateKeyTests {
    let keys = GeneratedKeys.shared

    @Test(arguments: GeneratedKeys.names)
    func `a key file is read, written, and read by ssh-keygen`(_ name: String) throws {
        let key = try keys.privateKey(name)
        #expect(key.publicKey == (try keys.publicKey(name)))
        let file = key.openSSHFile(comment: "written here")
        #expect(try PrivateKey(openSSHFile: file).publicKey == key.publicKey)
        let folder = try TemporaryFolder()
        try folder.write(file, to: "key")
        #expect(try Tool.keygen("-y", "-f", folder("key")) == key.publicKey.line + " written here\n")
    }

    @Test func `a generated key is another each time, and OpenSSH's`() throws {
        let key = try PrivateKey.generateEd25519()
        #expect(try PrivateKey.generateEd25519().publicKey != key.publicKey)
        let folder = try TemporaryFolder()
        try folder.write(key.openSSHFile(comment: ""), to: "key")
        #expect(try Tool.keygen("-y", "-f", folder("key")).hasPrefix(key.publicKey.line))
    }

    @Test func `a key with a passphrase is told apart`() throws {
        let folder = try TemporaryFolder()
        try Tool.keygen("-q", "-t", "ed25519", "-N", "open sesame", "-f", folder("key"))
        #expect(throws: KeyError.encrypted) { try PrivateKey(openSSHFile: folder.bytes(of: "key")) }
    }

    @Test(arguments: ["dsa", "rsa1024"])
    func `a private key whose public key is refused is refused`(_ name: String) {
        #expect(throws: KeyError.self) { try keys.privateKey(name) }
    }

    @Test func `RSA signs with SHA-512 or SHA-256, nothing else`() throws {
        let key = try keys.privateKey("rsa")
        #expect(key.preferredSignatureAlgorithm == .rsaSHA512)
        #expect(throws: KeyError.self) { try key.sign([], algorithm: .ed25519) }
        #expect(throws: KeyError.self) { try keys.privateKey("ecdsa256").sign([], algorithm: .ecdsa384) }
    }

    @Test func `other files are refused`() throws {
        let folder = try TemporaryFolder()
        try Tool.keygen("-q", "-t", "rsa", "-m", "PEM", "-N", "", "-f", folder("pem"))
        let good = try keys.folder.text(of: "ed25519")
        let files = [
            "", "\n\n\n", good.replacing("BEGIN", with: "BEGUN"), good.replacing("-----END", with: ""),
            good.replacing("b3Bl", with: "b3Bm"),
            "x" + good, good + "x", good + good, String(repeating: "A", count: 70_000), try folder.text(of: "pem"),
        ]
        for file in files {
            #expect(throws: KeyError.self) { try PrivateKey(openSSHFile: Array(file.utf8)) }
        }
    }

    @Test(arguments: GeneratedKeys.names)
    func `no prefix of a key file is a key, and a changed byte never gives another key`(_ name: String) throws {
        let publicKey = try keys.publicKey(name)
        let content = try content(of: name)
        for length in stride(from: 0, to: content.count, by: name == "rsa" ? 7 : 1) {
            #expect(throws: KeyError.self) { try PrivateKey(openSSHFile: armored(Array(content.prefix(length)))) }
        }
        for index in stride(from: 0, to: content.count, by: name == "rsa" ? 7 : 1) {
            var changed = content
            changed[index] ^= 1
            // The comment may change and the check numbers are not compared with anything, but the key stays or is refused.
            if let key = try? PrivateKey(openSSHFile: armored(changed)) { #expect(key.publicKey == publicKey, "byte \(index)") }
        }
    }

    @Test func `a private half of another key is refused`() throws {
        // The last 32 bytes of an Ed25519 secret repeat the public key; before them is the seed.
        for name in ["ed25519", "ecdsa256", "ecdsa384", "ecdsa521"] {
            let content = try content(of: name)
            let publicBlob = try keys.publicBlob(name)
            let section = try #require(content.lastRange(of: publicBlob.suffix(32)))
            let secret = name == "ed25519" ? section.lowerBound - 10 : section.upperBound + 20
            var changed = content
            changed[secret] ^= 1
            #expect(throws: KeyError.self, "\(name)") { try PrivateKey(openSSHFile: armored(changed)) }
        }
    }

    private func content(of name: String) throws -> [UInt8] {
        let text = try keys.folder.text(of: name).split(separator: "\n").dropFirst().dropLast().joined()
        return try #require(Base64.decode(text))
    }

    private func armored(_ content: [UInt8]) -> [UInt8] {
        Array("-----BEGIN OPENSSH PRIVATE KEY-----\n\(Base64.encode(content))\n-----END OPENSSH PRIVATE KEY-----\n".utf8)
    }
}

extension [UInt8] {
    /// Where `part` stands for the last time.
    fileprivate func lastRange(of part: ArraySlice<UInt8>) -> Range<Int>? {
        (0...(count - part.count)).reversed().first { self[$0..<$0 + part.count].elementsEqual(part) }.map {
            $0..<$0 + part.count
        }
    }
}
