import OpenSSHKeys
import Testing

struct CertificateTests {
    let keys = GeneratedKeys.shared

    /// A draft that is good in everything, for the Ed25519 key and authority.
    private func draft() throws -> CertificateDraft {
        CertificateDraft(of: try keys.publicBlob("ed25519"), authority: try keys.publicBlob("ed25519-ca"))
    }

    private func sign(_ draft: CertificateDraft) throws -> [UInt8] { try draft.signed(by: keys.privateKey("ed25519-ca")) }

    @Test(arguments: GeneratedKeys.names, GeneratedKeys.names)
    func `a certificate that ssh-keygen made is read with everything in it`(_ name: String, _ authority: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(try keys.publicLine(name), to: "key.pub")
        try Tool.keygen(
            "-q", "-s", keys.path(authority + "-ca"), "-I", "alice", "-n", "alice,root", "-z", "18446744073709551615", "-V",
            "20260101000000Z:20270101000000Z", "-O", "source-address=10.0.0.0/8,::1/128", "-O", "force-command=id -u", "-O",
            "no-pty",
            "-O", "extension:note@example.com=text", folder("key.pub"))
        let line = try folder.text(of: "key-cert.pub")
        let certificate = try Certificate(line: line)
        #expect(line.hasPrefix(certificate.line + " "))
        #expect(certificate.certifiedKey == (try keys.publicKey(name)))
        #expect(certificate.signatureKey == (try keys.publicKey(authority + "-ca")))
        #expect(certificate.serial == .max)
        #expect(certificate.kind == .user)
        #expect(certificate.keyID == "alice")
        #expect(certificate.principals == ["alice", "root"])
        #expect(certificate.validAfter == 1_767_225_600)
        #expect(certificate.validBefore == 1_798_761_600)
        #expect(certificate.criticalOptions.map(\.name) == ["force-command", "source-address"])
        #expect(try CriticalOption(certificate.criticalOptions[0]) == .forceCommand(Array("id -u".utf8)))
        #expect(
            try CriticalOption(certificate.criticalOptions[1])
                == .sourceAddresses([#require(AddressRange("10.0.0.0/8")), #require(AddressRange("::1"))]))
        #expect(!certificate.has(.permitTerminal))
        #expect(certificate.has(.permitPortForwarding))
        #expect(certificate.extensions.contains { $0.name == "note@example.com" && $0.data == CertificateDraft.content("text") })
    }

    @Test(arguments: GeneratedKeys.names, GeneratedKeys.names)
    func `a certificate made here is what ssh-keygen reads`(_ name: String, _ authority: String) throws {
        let certificate = try CertificateSigner.userCertificate(
            for: keys.publicKey(name), keyID: "session 7 of alice", serial: 42, principals: ["root", "deploy"],
            validAfter: 1_767_225_600,
            validBefore: 1_798_761_600,
            criticalOptions: [
                .sourceAddresses([#require(AddressRange("10.0.0.0/8")), #require(AddressRange("2001:db8::/32"))]),
                .forceCommand(Array("uptime".utf8)),
            ],
            extensions: [.permitTerminal, .permitUserRC, .permitPortForwarding], signedBy: keys.privateKey(authority + "-ca"))
        let folder = try TemporaryFolder()
        try folder.write(certificate.line + "\n", to: "key-cert.pub")
        let listing = try Tool.keygen("-L", "-f", folder("key-cert.pub"))
        let authority = try keys.publicKey(authority + "-ca").fingerprint
        for part in [
            certificate.certifiedKey.algorithm.certificateName + " user certificate",
            "CERT " + certificate.certifiedKey.fingerprint,
            authority + " (using", "Key ID: \"session 7 of alice\"", "Serial: 42", "root\n", "deploy\n", "force-command uptime",
            "source-address 10.0.0.0/8,2001:db8::/32", "permit-port-forwarding", "permit-pty", "permit-user-rc",
        ] {
            #expect(listing.contains(part), "\(part) in \(listing)")
        }
        #expect(!listing.contains("permit-agent-forwarding"))
    }

    @Test func `RSA authorities sign with SHA-512`() throws {
        let certificate = try CertificateSigner.userCertificate(
            for: keys.publicKey("rsa"), keyID: "alice", serial: 1, principals: ["alice"], validAfter: 0, validBefore: .max,
            criticalOptions: [], extensions: [], signedBy: keys.privateKey("rsa-ca"))
        var signature = WireReader(certificate.signature)
        #expect(try signature.readText() == "rsa-sha2-512")
    }

    @Test func `certificates that everybody refuses are not made`() throws {
        func make(principals: [String] = ["alice"], validAfter: UInt64 = 0, keyID: String = "alice", command: [UInt8] = [1])
            throws
        {
            _ = try CertificateSigner.userCertificate(
                for: keys.publicKey("ed25519"), keyID: keyID, serial: 1, principals: principals, validAfter: validAfter,
                validBefore: 10,
                criticalOptions: [.forceCommand(command)], extensions: [], signedBy: keys.privateKey("ed25519-ca"))
        }
        try make()
        #expect(throws: KeyError.self) { try make(principals: []) }
        #expect(throws: KeyError.self) { try make(principals: ["alice", ""]) }
        #expect(throws: KeyError.self) { try make(principals: ["alice\0"]) }
        #expect(throws: KeyError.self) { try make(principals: [String](repeating: "alice", count: 257)) }
        #expect(throws: KeyError.self) { try make(validAfter: 10) }
        #expect(throws: KeyError.self) { try make(keyID: "al\0ice") }
        #expect(throws: KeyError.self) { try make(keyID: String(repeating: "a", count: 16_384)) }
        #expect(throws: KeyError.self) { try make(command: []) }
        #expect(throws: KeyError.self) { try make(command: [0]) }
    }

    @Test(arguments: GeneratedKeys.names)
    func `no prefix of a certificate is one, and nothing may follow`(_ name: String) throws {
        let draft = CertificateDraft(of: try keys.publicBlob(name), authority: try keys.publicBlob(name + "-ca"))
        let blob = try draft.signed(by: keys.privateKey(name + "-ca"))
        _ = try Certificate(blob: blob)
        for length in 0..<blob.count { #expect(throws: KeyError.self) { try Certificate(blob: Array(blob.prefix(length))) } }
        #expect(throws: KeyError.wire(.trailingBytes(1))) { try Certificate(blob: blob + [0]) }
    }

    @Test func `security keys can be certified`() throws {
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
            try folder.write(key.line + "\n", to: "key.pub")
            try Tool.keygen("-q", "-s", keys.path("ed25519-ca"), "-I", "alice", "-n", "alice", folder("key.pub"))
            let theirs = try Certificate(line: folder.text(of: "key-cert.pub"))
            #expect(theirs.certifiedKey == key)
            let ours = try CertificateSigner.userCertificate(
                for: key, keyID: "alice", serial: 1, principals: ["alice"], validAfter: 0, validBefore: .max, criticalOptions: [],
                extensions: [], signedBy: keys.privateKey("ed25519-ca"))
            try folder.write(ours.line + "\n", to: "key-cert.pub")
            #expect(try Tool.keygen("-L", "-f", folder("key-cert.pub")).contains(key.algorithm.certificateName))
        }
    }

    // MARK: - Limits

    @Test func `a certificate has at most 16 KiB`() throws {
        var draft = try draft()
        draft.reserved = [UInt8](repeating: 0, count: Certificate.largestBlob - (try sign(draft)).count)
        _ = try Certificate(blob: sign(draft))
        draft.reserved.append(0)
        #expect(throws: KeyError.wire(.tooLong(length: 16_385, limit: 16_384))) { try Certificate(blob: sign(draft)) }
    }

    @Test func `a certificate has at most 256 principals`() throws {
        var draft = try draft()
        draft.principals = CertificateDraft.strings([[UInt8]](repeating: [97], count: 256))
        #expect(try Certificate(blob: sign(draft)).principals.count == 256)
        draft.principals = CertificateDraft.strings([[UInt8]](repeating: [97], count: 257))
        #expect(throws: KeyError.wire(.tooLong(length: 257, limit: 256))) { try Certificate(blob: sign(draft)) }
    }

    @Test func `a certificate has at most 64 options of each kind`() throws {
        func options(_ count: Int) -> [UInt8] {
            CertificateDraft.strings((0..<count).flatMap { [Array("option\($0 + 100)".utf8), []] })
        }
        var draft = try draft()
        (draft.extensions, draft.criticalOptions) = (options(64), options(64))
        #expect(try Certificate(blob: sign(draft)).extensions.count == 64)
        draft.extensions = options(65)
        #expect(throws: KeyError.wire(.tooLong(length: 65, limit: 64))) { try Certificate(blob: sign(draft)) }
        (draft.extensions, draft.criticalOptions) = (options(64), options(65))
        #expect(throws: KeyError.wire(.tooLong(length: 65, limit: 64))) { try Certificate(blob: sign(draft)) }
    }

    struct Malformed: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout CertificateDraft) -> Void
        init(_ description: String, _ change: @escaping @Sendable (inout CertificateDraft) -> Void) {
            testDescription = description
            self.change = change
        }
    }

    static let malformed = [
        Malformed("options in the wrong order") { $0.extensions = CertificateDraft.options(("b", []), ("a", [])) },
        Malformed("an option twice") { $0.extensions = CertificateDraft.options(("a", []), ("a", [1])) },
        Malformed("critical options in the wrong order") {
            $0.criticalOptions = CertificateDraft.options(("source-address", []), ("force-command", []))
        },
        Malformed("order by bytes: capitals come first") { $0.extensions = CertificateDraft.options(("a", []), ("B", [])) },
        Malformed("an option without data") { $0.extensions = CertificateDraft.strings("a") },
        Malformed("an option name with a NUL") { $0.criticalOptions = CertificateDraft.options(("force-command\0", [])) },
        Malformed("a key id with a NUL") { $0.keyID = Array("alice\0".utf8) },
        Malformed("a key id that is not UTF-8") { $0.keyID = [0xC0, 0xAF] },
        Malformed("a principal with a NUL") { $0.principals = CertificateDraft.strings("alice", "root\0x") },
        Malformed("an empty principal") { $0.principals = CertificateDraft.strings("alice", "") },
        Malformed("a principal cut short") { $0.principals = Array(CertificateDraft.strings("alice").dropLast()) },
        Malformed("bytes after the principals") { $0.principals += [0] },
        Malformed("a principal of 4 GiB") { $0.principals = [0xFF, 0xFF, 0xFF, 0xFF, 97] },
        Malformed("DSA") { $0.name = "ssh-dss-cert-v01@openssh.com" },
        Malformed("the name of a plain key") { $0.name = "ssh-ed25519" },
        Malformed("the version before") { $0.name = "ssh-ed25519-cert-v00@openssh.com" },
        Malformed("a name with a NUL") { $0.name += "\0" },
        Malformed("no name") { $0.name = "" },
        Malformed("another algorithm's name") { $0.name = "ssh-rsa-cert-v01@openssh.com" },
        Malformed("no authority") { $0.signatureKey = [] },
        Malformed("an authority with a byte more") { $0.signatureKey += [0] },
    ]

    @Test(arguments: malformed)
    func `a certificate that can be read in two ways is not read`(_ malformed: Malformed) throws {
        var draft = try draft()
        malformed.change(&draft)
        let blob = try sign(draft)
        #expect(throws: KeyError.self) { try Certificate(blob: blob) }
    }

    @Test func `a certificate signed by a certificate is not read`() throws {
        var chained = try draft()
        chained.signatureKey = try sign(
            CertificateDraft(of: keys.publicBlob("ed25519-ca"), authority: keys.publicBlob("ed25519-ca")))
        #expect(throws: KeyError.unsupportedAlgorithm("ssh-ed25519-cert-v01@openssh.com")) {
            try Certificate(blob: sign(chained))
        }
    }

    @Test func `a certificate deep in its own authority ends the reading at the first`() throws {
        var blob = try sign(draft())
        for _ in 0..<40 {
            var outer = try draft()
            outer.signatureKey = blob
            blob = try sign(outer)
        }
        #expect(throws: KeyError.self) { try Certificate(blob: blob) }
    }

    @Test(arguments: ["", "ssh-ed25519-cert-v01@openssh.com", "ssh-ed25519-cert-v01@openssh.com AAAA", "ssh-ed25519 AAAA"])
    func `a line that is no certificate is refused`(_ line: String) {
        #expect(throws: KeyError.self) { try Certificate(line: line) }
    }

    @Test func `a certificate line names the algorithm inside`() throws {
        let line = try Certificate(blob: sign(draft())).line
        #expect(throws: KeyError.self) { try Certificate(line: line.replacing("ssh-ed25519-cert", with: "ssh-rsa-cert")) }
        _ = try Certificate(line: line + " and a comment\n")
    }
}
