import MonitorProtocol
import Testing

@testable import MonitorProcess

@Suite struct DeskTextTests {
    /// 2026-11-24 02:04:05 UTC.
    static let now = Timestamp(seconds: 1_795_485_845)

    static func desk(_ rows: [DeskText.Row], validUntil: UInt64 = 1_795_485_845 + 8 * 3600) -> DeskText {
        DeskText(user: "alice", serial: 7, validUntil: validUntil, now: now, targets: rows)
    }
    static let rows = [
        DeskText.Row(target: "web1", aliases: ["www"], logins: ["root", "deploy"]),
        DeskText.Row(target: "database-primary", aliases: [], logins: ["postgres"]),
    ]

    @Test func `without words it says who you are, where you may go and how`() {
        let reply = Self.desk(Self.rows).reply(to: [])
        #expect(reply.exitStatus == 0)
        #expect(
            reply.text == """
                You are alice. Your certificate (serial 7) is valid until 2026-11-24 10:04 UTC, 8 h 0 min from now.

                TARGET            LOGINS
                web1 (www)        root, deploy
                database-primary  postgres

                ssh -J BASTION LOGIN@TARGET    a session on a target
                ssh LOGIN@TARGET@BASTION       the same, without -J
                ssh BASTION targets            where you may go
                ssh BASTION help               these lines

                """)
    }

    @Test(arguments: ["targets", " targets ", "targets\n"])
    func `the word targets gives the table alone`(words: String) {
        let reply = Self.desk(Self.rows).reply(to: Array(words.utf8))
        #expect(
            reply
                == DeskReply(
                    text: "TARGET            LOGINS\nweb1 (www)        root, deploy\ndatabase-primary  postgres\n", exitStatus: 0)
        )
    }

    @Test func `whoever may go nowhere is told so`() {
        #expect(
            Self.desk([]).reply(to: Array("targets".utf8)).text
                == "You may reach no target now. Ask the administrator for a grant.\n")
    }

    @Test(arguments: ["uptime", "targets now", "TARGETS", "\u{1b}]0;title\u{7}", "\u{0}"])
    func `any other word explains itself and fails`(words: String) {
        let reply = Self.desk(Self.rows).reply(to: Array(words.utf8))
        #expect(reply.exitStatus == 1)
        #expect(reply.text.contains("is not a word the desk knows"))
        #expect(reply.text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x0a })
    }

    @Test func `a certificate without end is called that`() {
        #expect(Self.desk([], validUntil: .max).reply(to: []).text.contains("is valid without end"))
    }

    @Test func `a list that does not fit in a message is cut at a line and says so`() {
        let rows = (0..<5000).map { DeskText.Row(target: "target\($0)", aliases: [], logins: ["root"]) }
        let text = Self.desk(rows).reply(to: []).text
        #expect(text.utf8.count < MessageLimit.deskText)
        #expect(text.hasSuffix("\n… (the list is longer than can be shown)\n"))
    }
}
