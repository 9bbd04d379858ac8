import MonitorProtocol
import Testing

@testable import MonitorProcess

/// On which channels each request is judged.
@Suite struct SFTPServerCommandTests {
    private static func begin(_ kind: ChannelKind, _ command: String, hasTerminal: Bool = false) -> BeginChannel {
        BeginChannel(
            leg: .outer, channel: ChannelNumber(1), kind: kind, command: Array(command.utf8),
            terminal: hasTerminal ? TerminalRequest(term: "xterm", columns: 80, rows: 24) : nil)
    }

    @Test(arguments: ["sftp-server", "/usr/lib/openssh/sftp-server", "./sftp-server", "/a_b/C-1.2/sftp-server"])
    func `sftp's server by its path speaks sftp`(command: String) {
        #expect(Self.begin(.exec, command).speaksSFTP)
        #expect(!Self.begin(.exec, command, hasTerminal: true).speaksSFTP)
        #expect(!Self.begin(.shell, command).speaksSFTP)
    }

    @Test(arguments: [
        "", "sftp", "sftp-server2", "my-sftp-server", "/usr/lib/sftp-server/", "sftp-server/x", "/usr/lib/openssh/sftp-server -R",
        "sudo sftp-server",
        "sftp-server;id", "sftp-server\n", "sftp-server ", "$(id)/sftp-server", "~/sftp-server", "a/\\sftp-server",
        "*/sftp-server", "SFTP-SERVER",
    ]) func `anything else is a command`(command: String) {
        #expect(!Self.begin(.exec, command).speaksSFTP)
    }

    @Test func `the subsystem does`() { #expect(Self.begin(.sftp, "sftp").speaksSFTP) }
}
