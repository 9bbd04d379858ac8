import Foundation
import OpenSSHKeys
import Testing

/// Every certificate of the table goes to our checker and to Debian's sshd with the same authorities, revocations, clock and address.
struct CertificateTableTests {
    let keys = GeneratedKeys.shared

    private func revocationList() throws -> [UInt8] {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            serial: 666
            id: mallory
            key: \(try keys.publicLine("revoked"))
            hash: \(try keys.publicKey("revoked-by-hash").fingerprint)
            key: \(try keys.publicLine("revoked-ca"))

            """, to: "specification")
        try Tool.keygen("-q", "-k", "-f", folder("krl"), "-s", keys.path("ed25519-ca.pub"), folder("specification"))
        return try folder.bytes(of: "krl")
    }

    @Test func `Sallyport and sshd agree on every certificate, or the table says why not`() throws {
        var table = CertificateTable()
        try table.addAuthorities()
        try table.addSignatures()
        try table.addStanding()
        try table.addNames()
        try table.addSourceAddresses()
        try table.addCriticalOptions()
        try table.addExtensions()
        try table.addEncodings()
        #expect(table.cases.count >= 40)
        #expect(Set(table.cases.map(\.name)).count == table.cases.count)

        let trusted = GeneratedKeys.names.map { $0 + "-ca" } + ["revoked-ca"]
        let revocation = try revocationList()
        let checker = CertificateChecker(
            authorities: try trusted.map(keys.publicKey), revocation: try RevocationList(file: revocation),
            isRevoked: { _ in false })
        let server = try SSHServer(authorities: trusted + ["dsa-ca", "rsa1024-ca"], revocation: revocation)
        // libssh must be able to log in, or what it is refused would say nothing.
        let good = try #require(table.cases.first { $0.refusal == nil })
        #expect(try LibSSHClient.answer(of: server, key: good.key, certificate: good.line) != .refused)
        let loopback = try #require(IPAddress("127.0.0.1"))

        for entry in table.cases {
            let ours = verdict(of: checker, on: entry, from: loopback)
            #expect(ours.refusal?.code == entry.refusal, "\(entry.name): \(ours)")
            let theirs = try answer(of: server, to: entry)
            switch (entry.comparison, theirs) {
            case (.same, .accepted(let output, let hasTerminal)):
                #expect(ours.isAccepted, "\(entry.name): sshd accepts")
                #expect(output == entry.output ?? "as asked\n", "\(entry.name)")
                #expect(ours.identity?.forcedCommand == entry.output.map { Array("echo \($0.dropLast())".utf8) }, "\(entry.name)")
                #expect(ours.identity?.permitsTerminal == hasTerminal, "\(entry.name)")
            case (.same, .refused), (.same, .notOffered): #expect(!ours.isAccepted, "\(entry.name): sshd refuses")
            case (.sshdAccepts(let reason), .accepted): #expect(!ours.isAccepted && !reason.isEmpty, "\(entry.name)")
            case (.sshdAccepts, _): Issue.record("\(entry.name): sshd refuses too, the listed difference is none")
            }
        }
    }

    private func verdict(of checker: CertificateChecker, on entry: CertificateCase, from peer: IPAddress) -> CertificateVerdict {
        do throws(KeyError) {
            return checker.verdict(on: try Certificate(blob: entry.blob), at: UInt64(time(nil)), from: peer)
        } catch {
            return .refused(.unreadable(error))
        }
    }

    /// OpenSSH's client does not offer certificates that it cannot read or whose signature is wrong, so that libssh has to bring those to
    /// sshd. What neither can send has a key that is none; there `ssh-keygen -L`, which reads with sshd's code, stands in for sshd.
    private func answer(of server: SSHServer, to entry: CertificateCase) throws -> SSHServer.Answer {
        var answer = try server.answerToSSH(key: entry.key, certificate: entry.line)
        if answer == .notOffered { answer = try LibSSHClient.answer(of: server, key: entry.key, certificate: entry.line) }
        if answer == .notOffered {
            let folder = try TemporaryFolder()
            try folder.write(entry.line + "\n", to: "key-cert.pub")
            let listing = try Tool.run("/usr/bin/ssh-keygen", ["-L", "-f", folder("key-cert.pub")])
            #expect(listing.status != 0, "\(entry.name): nobody sends it, though ssh-keygen reads it")
        }
        return answer
    }
}
