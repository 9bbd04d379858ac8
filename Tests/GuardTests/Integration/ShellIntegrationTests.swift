import EndToEndHarness
import Testing

@testable import Guard

struct ShellIntegrationTests {
    static let integration = ShellIntegration(
        nonce: [UInt8](repeating: 0xAB, count: GuardTerms.nonceLength),
        secret: [UInt8](repeating: 0xCD, count: GuardTerms.secretLength))

    @Test func `The start command is one short line that every login shell reads in the same way`() {
        let command = Self.integration.startCommand
        #expect(command.count < 32 * 1024)
        let head = "exec /bin/sh -c '"
        #expect(command.starts(with: head.utf8))
        // Between single quotes, csh and fish see more than the others: no ! and no \\ or \' pass.
        let text = String(decoding: command.dropFirst(head.utf8.count), as: UTF8.self)
        #expect(!text.contains("!") && !text.contains("\n") && !text.contains(#"\\"#) && !text.contains(#"\'"#))
        #expect(text.filter { $0 == "'" }.count == 3)
        #expect(!text.contains("@NONCE@") && !text.contains("@SECRET@") && !text.contains("@BASH@"))
    }

    @Test func `Every key begins with the secret prefix`() {
        let prefix = [0x1E] + Array("cdcdcdcdcdcdcdcd".utf8)
        #expect(Self.integration.acceptPrefix == prefix)
        #expect(Self.integration.acceptKeys(token: Array("0f".utf8)) == prefix + Array("a0f".utf8))
        #expect(
            Self.integration.acceptKeys(token: Array("0f".utf8), startsShell: true) == prefix + [0x73] + prefix
                + Array("a0f".utf8))
        #expect(Self.integration.rejectKeys == prefix + [0x6E])
        #expect(Self.integration.reportKeys == prefix + [0x71])
    }

    /// The account's shell is `login`, and what it is to run is `shell`: they differ only in this test.
    @Test(arguments: [["bash"], ["zsh"], ["fish"], ["dash"], ["busybox", "sh"]], ["bash", "zsh", "fish", "dash"])
    func `Each login shell starts each shell`(login: [String], shell: String) throws {
        let home = try TemporaryFolder.home()
        var environment = Programs.environment
        environment["HOME"] = home.path
        environment["SHELL"] = "/usr/bin/\(shell)"
        let command = String(decoding: Self.integration.startCommand, as: UTF8.self)
        let terminal = try Terminal(login + ["-c", command], environment: environment)
        try terminal.giveKeys(of: Self.integration)
        let introducer = "\u{1B}]7717;" + String(repeating: "ab", count: GuardTerms.nonceLength)
        if shell == "dash" {
            try terminal.expect(introducer + ";n;dash\u{07}")
            try terminal.type("echo o''k\r")
            try terminal.expect("ok\r\n")
        } else {
            try terminal.expect(introducer + ";h;\(shell);")
            try terminal.expect(";1;0\u{07}")
            try terminal.expect(introducer + ";B\u{07}")
        }
    }
}

extension Terminal {
    /// Plays the guard at a shell's start: gives the keys when they are asked for.
    func giveKeys(of integration: ShellIntegration) throws {
        try expect("\u{1B}]7717;\(String(decoding: integration.tag, as: UTF8.self));w\u{07}")
        try type(String(decoding: integration.keysLine, as: UTF8.self))
    }
}
