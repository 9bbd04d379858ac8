import OpenSSHKeys

extension CertificateTable {
    mutating func addSourceAddresses() throws {
        try keygen("from this network", "-O", "source-address=127.0.0.0/8")
        try keygen("from this address or another", "-O", "source-address=10.0.0.1/32,127.0.0.1/32,::1/128")
        try keygen("from everywhere", "-O", "source-address=0.0.0.0/0")
        try keygen("from elsewhere", "-O", "source-address=10.0.0.0/8,192.0.2.7/32", refusal: .wrongSourceAddress)
        try keygen("from every IPv6 address", "-O", "source-address=::/0", refusal: .wrongSourceAddress)
        try source("127.0.0.1")
        try source("", refusal: .malformedOption)
        try source("localhost", refusal: .malformedOption)
        try source("127.0.0.1,", refusal: .malformedOption)
        try source("127.0.0.1, 10.0.0.1", refusal: .malformedOption)
        try source("!10.0.0.1,127.0.0.1", refusal: .malformedOption)
        try source("127.0.0.1/8", refusal: .malformedOption)
        try source("127.0.0.1/33", refusal: .malformedOption)
        try source("127.0.0.0/8/8", refusal: .malformedOption)
        try source("10.0.0.0/8,rubbish", refusal: .malformedOption)
        try source("::ffff:127.0.0.1", refusal: .malformedOption)
        try source("::ffff:127.0.0.0/104", refusal: .malformedOption)
        try source("127.1", refusal: .malformedOption, sshdAccepts: "sshd asks getaddrinfo, which knows forms from 1983")
        try source("127.0.0.0/08", refusal: .malformedOption, sshdAccepts: "sshd reads the length with strtoul")
        try draft("source-address with bytes after it", refusal: .malformedOption) {
            $0.criticalOptions = CertificateDraft.options(("source-address", CertificateDraft.content("127.0.0.1") + [0]))
        }
        try draft("source-address that is no string", refusal: .malformedOption) {
            $0.criticalOptions = CertificateDraft.options(("source-address", Array("127.0.0.1".utf8)))
        }
        try draft("source-address twice", refusal: .unreadable) {
            let content = CertificateDraft.content("127.0.0.1")
            $0.criticalOptions = CertificateDraft.options(("source-address", content), ("source-address", content))
        }
    }

    private mutating func source(_ list: String, refusal: CertificateRefusal.Code? = nil, sshdAccepts reason: String? = nil)
        throws
    {
        try draft("source-address \"\(list)\"", refusal: refusal, sshdAccepts: reason) {
            $0.criticalOptions = CertificateDraft.options(("source-address", CertificateDraft.content(list)))
        }
    }

    mutating func addCriticalOptions() throws {
        try keygen("force-command", "-O", "force-command=echo forced", output: "forced\n")
        try keygen(
            "force-command and source-address", "-O", "force-command=echo both", "-O", "source-address=127.0.0.1/32",
            output: "both\n")
        try draft(
            "empty force-command", refusal: .malformedOption,
            sshdAccepts: "sshd runs an empty command; here it could be taken for none, and give a shell"
        ) { $0.criticalOptions = CertificateDraft.options(("force-command", CertificateDraft.content(""))) }
        try draft("force-command with a NUL inside", refusal: .malformedOption) {
            $0.criticalOptions = CertificateDraft.options(("force-command", CertificateDraft.content("echo a\0b")))
        }
        try draft(
            "force-command that ends with a NUL", refusal: .malformedOption, sshdAccepts: "sshd drops it; here nothing is dropped"
        ) {
            $0.criticalOptions = CertificateDraft.options(("force-command", CertificateDraft.content("echo a\0")))
        }
        try draft("force-command without its string", refusal: .malformedOption) {
            $0.criticalOptions = CertificateDraft.options(("force-command", []))
        }
        try draft("force-command twice", refusal: .unreadable) {
            let content = CertificateDraft.content("echo a")
            $0.criticalOptions = CertificateDraft.options(("force-command", content), ("force-command", content))
        }
        try draft("an unknown critical option", refusal: .unknownOption) {
            $0.criticalOptions = CertificateDraft.options(("approve@example.com", CertificateDraft.content("bob")))
        }
        try draft("a critical option without a name", refusal: .unknownOption) {
            $0.criticalOptions = CertificateDraft.options(("", []))
        }
        try draft("an extension among the critical options", refusal: .unknownOption) {
            $0.criticalOptions = CertificateDraft.options(("permit-pty", []))
        }
        try draft("a critical option in capitals", refusal: .unknownOption) {
            $0.criticalOptions = CertificateDraft.options(("Force-Command", CertificateDraft.content("echo a")))
        }
        try draft(
            "verify-required", refusal: .verificationRequired,
            sshdAccepts: "sshd looks at it for security keys only; libssh does not show whether the user was verified"
        ) { $0.criticalOptions = CertificateDraft.options(("verify-required", [])) }
        try draft("critical options out of order", refusal: .unreadable, sshdAccepts: unordered) {
            $0.criticalOptions = CertificateDraft.options(
                ("source-address", CertificateDraft.content("127.0.0.1")), ("force-command", CertificateDraft.content("echo a")))
        }
        try draft("a critical option without data", refusal: .unreadable) {
            $0.criticalOptions = CertificateDraft.strings("force-command")
        }
        try draft("critical options with a byte more", refusal: .unreadable) { $0.criticalOptions = [0] }
    }

    mutating func addExtensions() throws {
        try keygen("without extensions", "-O", "clear")
        try keygen("with all extensions")
        try keygen("with an extension nobody knows", "-O", "extension:note@example.com=text")
        try draft("force-command among the extensions") {
            $0.extensions = CertificateDraft.options(("force-command", CertificateDraft.content("echo forced")))
        }
        try draft("permit-pty in capitals") { $0.extensions = CertificateDraft.options(("PERMIT-PTY", [])) }
        try draft("permit-pty with content", refusal: .malformedOption) {
            $0.extensions = CertificateDraft.options(("permit-pty", [0]))
        }
        try draft("permit-user-rc with content", refusal: .malformedOption) {
            $0.extensions = CertificateDraft.options(("permit-user-rc", CertificateDraft.content("no")))
        }
        try draft("permit-pty twice", refusal: .unreadable, sshdAccepts: unordered) {
            $0.extensions = CertificateDraft.options(("permit-pty", []), ("permit-pty", []))
        }
        try draft("extensions out of order", refusal: .unreadable, sshdAccepts: unordered) {
            $0.extensions = CertificateDraft.options(("permit-user-rc", []), ("permit-pty", []))
        }
        try draft("65 extensions", refusal: .unreadable, sshdAccepts: "sshd has no limit but the packet's") {
            $0.extensions = CertificateDraft.strings((100..<165).flatMap { [Array("extension\($0)@example.com".utf8), []] })
        }
        try draft("an extension without data", refusal: .unreadable) { $0.extensions = CertificateDraft.strings("permit-pty") }
    }

    private var unordered: String { "PROTOCOL.certkeys wants them in order and once each, sshd does not look" }
}
