import Foundation
import OpenSSHKeys
import Testing

@testable import AdminTool

/// Every kind of private key that ssh-keygen makes, in each of its formats, with and without passphrase.
@Suite struct `A private key file` {
    struct Kind: Sendable, CustomStringConvertible {
        var type: String
        var bits: String?
        /// ssh-keygen -m
        var format: String
        var passphrase: String
        var description: String { "\(type) \(bits ?? "") \(format) \(passphrase.isEmpty ? "plain" : "encrypted")" }
    }

    static let kinds: [Kind] = [
        ("ed25519", nil), ("ecdsa", "256"), ("ecdsa", "384"), ("ecdsa", "521"), ("rsa", "2048"), ("rsa", "3072"),
    ]
    .flatMap { type, bits in
        // ssh-keygen writes Ed25519 only in its own format.
        (type == "ed25519" ? ["RFC4716"] : ["RFC4716", "PEM", "PKCS8"]).flatMap { format in
            ["", "correct horse"].map { Kind(type: type, bits: bits, format: format, passphrase: $0) }
        }
    }

    @Test(arguments: kinds)
    func `becomes an unencrypted OpenSSH file of the same key`(_ kind: Kind) throws {
        let folder = try TemporaryFolder()
        let file = try make(kind, in: folder)
        let converted = try PrivateKeyInput.unencryptedOpenSSHFile(
            from: file, passphrase: kind.passphrase.isEmpty ? nil : kind.passphrase)
        try folder.write(converted, to: "converted")
        chmod(folder["converted"], 0o600)
        let publicKey = try runProgram("/usr/bin/ssh-keygen", ["-y", "-P", "", "-f", folder["converted"]])
        let original = try folder.text("key.pub")
        #expect(publicKey.split(whereSeparator: \.isWhitespace) == original.split(whereSeparator: \.isWhitespace))
    }

    @Test(arguments: kinds.filter { !$0.passphrase.isEmpty })
    func `that is encrypted asks for its passphrase`(_ kind: Kind) throws {
        let folder = try TemporaryFolder()
        let file = try make(kind, in: folder)
        #expect(throws: ToolFailure("the private key in \(file) is encrypted: give its passphrase with --passphrase-stdin")) {
            try PrivateKeyInput.unencryptedOpenSSHFile(from: file, passphrase: nil)
        }
        #expect(
            throws: ToolFailure("the private key in \(file) cannot be opened: the passphrase is wrong, or the file is damaged")
        ) {
            try PrivateKeyInput.unencryptedOpenSSHFile(from: file, passphrase: "wrong horse")
        }
    }

    /// As libssh pads: to sixteen bytes, where OpenSSH pads to eight.
    @Test func `with more padding than OpenSSH writes is read`() throws {
        let folder = try TemporaryFolder()
        let file = try make(Kind(type: "ed25519", bits: nil, format: "RFC4716", passphrase: ""), in: folder)
        let armored = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").dropFirst().dropLast().joined()
        var bytes = try #require(Base64.decode(armored))
        let padding = try #require(bytes.last.map(Int.init)).advanced(by: 1)
        bytes += (padding..<padding + 8).map(UInt8.init)
        // The private section is the last string of the file; its length is 8 more than it was.
        let section = bytes.count - 8 - 136
        #expect(bytes[section - 4..<section] == [0, 0, 0, 136])
        bytes[section - 1] += 8
        let longer = "-----BEGIN OPENSSH PRIVATE KEY-----\n\(Base64.encode(bytes))\n-----END OPENSSH PRIVATE KEY-----\n"
        let converted = try PrivateKeyInput.unencryptedOpenSSHFile(from: folder.write(longer, to: "longer"), passphrase: nil)
        let line = try folder.text("key.pub").split(whereSeparator: \.isWhitespace).prefix(2).joined(separator: " ")
        #expect(try PrivateKey(openSSHFile: Array(converted.utf8)).publicKey.line == line)
    }

    @Test func `with a key that is too weak is refused with the reason`() throws {
        let folder = try TemporaryFolder()
        let file = try make(Kind(type: "rsa", bits: "1024", format: "PEM", passphrase: ""), in: folder)
        let failure = #expect(throws: ToolFailure.self) {
            try PrivateKeyInput.unencryptedOpenSSHFile(from: file, passphrase: nil)
        }
        #expect(failure?.text.contains("an RSA modulus of 1024 bits") == true)
    }

    @Test func `that is another file is named as what it is`() throws {
        let folder = try TemporaryFolder()
        let cases = [
            ("ssh-ed25519 AAAA x", "holds a public key"), ("PuTTY-User-Key-File-3: ssh-ed25519", "PuTTY"), ("", "no private key"),
            ("-----BEGIN OPENSSH PRIVATE KEY-----\n", "cannot be used"), ("\0\0", "no private key"), ("hello", "no private key"),
            ("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n", "OpenSSH does not read"),
        ]
        for (text, message) in cases {
            let file = try folder.write(text, to: "key")
            let failure = #expect(throws: ToolFailure.self) {
                try PrivateKeyInput.unencryptedOpenSSHFile(from: file, passphrase: nil)
            }
            #expect(failure?.text.contains(message) == true, "\(failure?.text ?? "")")
        }
    }

    @Test func `cut anywhere is refused, and nothing crashes`() throws {
        let folder = try TemporaryFolder()
        for kind in [
            Kind(type: "ed25519", bits: nil, format: "RFC4716", passphrase: ""),
            Kind(type: "ecdsa", bits: "256", format: "PEM", passphrase: ""),
        ] {
            try? FileManager.default.removeItem(atPath: folder["key"])
            let whole = try String(contentsOfFile: make(kind, in: folder), encoding: .utf8)
            for length in stride(from: 0, to: whole.utf8.count - 2, by: 7) {
                let file = try folder.write(String(whole.prefix(length)), to: "cut")
                #expect(throws: ToolFailure.self) { try PrivateKeyInput.unencryptedOpenSSHFile(from: file, passphrase: nil) }
            }
        }
    }

    private func make(_ kind: Kind, in folder: TemporaryFolder) throws -> String {
        var arguments = ["-q", "-t", kind.type, "-m", kind.format, "-N", kind.passphrase, "-C", "", "-f", folder["key"]]
        if let bits = kind.bits { arguments += ["-b", bits] }
        try runProgram("/usr/bin/ssh-keygen", arguments)
        return folder["key"]
    }
}
