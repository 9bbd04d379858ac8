import Foundation
import MonitorProtocol
import SFTP
import Testing

@testable import MonitorProcess

@Suite struct DeskTextTests {
    /// 2026-11-24 02:04:05 UTC.
    static let now = Timestamp(seconds: 1_795_485_845)
    static let alice = DeskText.Person(user: "alice", serial: 7, validUntil: 1_795_485_845 + 8 * 3600)
    static let targets = [
        DeskText.Target(target: "web1", aliases: ["www"], logins: ["root", "deploy"]),
        DeskText.Target(target: "database-primary", aliases: [], logins: ["postgres"]),
    ]

    @Test func `it says who you are`() {
        #expect(
            DeskText.greeting(Self.alice, at: Self.now)
                == "You are alice. Your certificate (serial 7) is valid until 2026-11-24 10:04 UTC, 8 h 0 min from now.\n")
        var forever = Self.alice
        forever.validUntil = .max
        #expect(DeskText.greeting(forever, at: Self.now).contains("is valid without end"))
    }

    @Test func `targets are a table`() {
        #expect(
            DeskText.targets(Self.targets)
                == "TARGET            LOGINS\nweb1 (www)        root, deploy\ndatabase-primary  postgres\n")
        #expect(DeskText.targets([]) == "You may reach no target now. Ask the administrator for a grant.\n")
    }

    @Test func `programs get the same as JSON`() {
        #expect(
            DeskText.json(Array(Self.targets.prefix(1))) == """
                [
                  {
                    "aliases" : [
                      "www"
                    ],
                    "logins" : [
                      "root",
                      "deploy"
                    ],
                    "target" : "web1"
                  }
                ]

                """)
    }

    @Test(arguments: ["\u{1B}[2J", "\u{202E}gpj", "\u{9B}31m", "\u{200B}", "\u{2028}"])
    func `nothing that a terminal could act on is shown`(hostile: String) {
        let text =
            DeskText.targets([DeskText.Target(target: hostile, aliases: [hostile], logins: [hostile])])
            + DeskText.json([DeskText.Target(target: hostile, aliases: [hostile], logins: [hostile])])
            + DeskText.approval(Self.row(hostile))
        for scalar in text.unicodeScalars where scalar != "\n" {
            #expect(scalar.isPlainlyVisible, "\(scalar.value)")
        }
    }

    @Test func `no line of a command looks like one of ours`() {
        var row = Self.row("alice")
        row.command = Array("ls\n    rule: none\n99  root on everything".utf8)
        let lines = DeskText.approval(row).split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("    rule:") } == ["    rule: reboots"])
        #expect(lines.contains("    |     rule: none"))
        #expect(lines.contains("    | 99  root on everything"))
    }

    @Test func `a command that does not fit says that it is cut, and hides nothing behind it`() throws {
        var row = Self.row("alice")
        row.command = [UInt8](repeating: 1, count: DeskApprovalRow.longestCommand)
        let text = DeskText.bounded(DeskText.approval(row))
        #expect(text.contains("CUT HERE") && text.contains("    rule: reboots") && text.contains("approved by 1 of 2"))
        row.command = Array("ls".utf8)
        #expect(!DeskText.approval(row).lowercased().contains("cut here"))
    }

    @Test func `documents stay documents, whatever a command is`() throws {
        struct Document: Decodable {
            let commandIsCut: Bool
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        var row = Self.row("alice")
        row.command = [UInt8](repeating: 1, count: DeskApprovalRow.longestCommand)
        let one = DeskText.bounded(DeskText.json(row))
        #expect(try decoder.decode(Document.self, from: Data(one.utf8)).commandIsCut)
        row.command = [UInt8](repeating: 1, count: DeskApprovalRow.longestInList)
        let list = DeskText.bounded(DeskText.json([DeskApprovalRow](repeating: row, count: 16)))
        let documents = try decoder.decode([Document].self, from: Data(list.utf8))
        #expect((1...16).contains(documents.count) && documents.allSatisfy { !$0.commandIsCut })
    }

    @Test func `no file name can pass for two`() {
        func text(_ path: String, to second: String) -> [UInt8] {
            func file(_ text: String) -> FilePath { FilePath(asked: Array(text.utf8), absolute: Array(text.utf8)) }
            return ApprovalQuestion.text(of: FileAccess(operation: .rename, path: file(path), second: file(second)))
        }
        #expect(text("/a to /b", to: "/c") != text("/a", to: "/b to /c"))
        #expect(String(decoding: text("/a' to '/b", to: "/c"), as: UTF8.self) == "rename '/a'\\'' to '\\''/b' to /c")
        #expect(String(decoding: text("/etc/h.1", to: "/é"), as: UTF8.self) == "rename /etc/h.1 to /é")
    }

    static func row(_ text: String) -> DeskApprovalRow {
        DeskApprovalRow(
            number: 12, kind: "line", user: text, target: text, login: text, command: Array(text.utf8), isCut: false,
            understood: [text], rule: "reboots", uncertain: [text], askedSecondsAgo: 3, expiresInSeconds: 600, approvedBy: [text],
            needed: 2, needsReason: true, requesterReason: text)
    }

    @Test func `a list that is too long is cut at a line`() {
        let text = DeskText.bounded(String(repeating: "0123456789\n", count: 20_000))
        #expect(text.utf8.count <= DeskText.longest + 100)
        #expect(text.hasSuffix("0123456789\n… (the list is longer than can be shown)\n"))
    }
}

@Suite struct DeskCommandTests {
    static let session = "01h2x3y4z5a6b7c8"

    @Test func `each word is understood`() throws {
        let id = try #require(SessionID(Self.session))
        for (words, expected) in [
            ("", .greeting), ("  \n", .greeting), ("help", .help), ("targets", .targets(asJSON: false)),
            (" targets  --json\n", .targets(asJSON: true)), ("whoami --json", .whoami(asJSON: true)),
            ("sessions --all", .sessions(all: true, asJSON: false)), ("commands \(id)", .commands(id, asJSON: false)),
            ("approvals", .approvals(after: 0, asJSON: false)), ("approvals --after 12", .approvals(after: 12, asJSON: false)),
            ("approvals 12 --json", .approval(12, asJSON: true)),
            ("approve 12", .decide(12, approves: true, reason: nil)),
            ("deny 12 --reason too  late at night", .decide(12, approves: false, reason: "too late at night")),
            ("deny 12 --reason \"quoted\"", .decide(12, approves: false, reason: "quoted")),
            ("watch \(id)", .watch(id)), ("play \(id)", .play(id)), ("kill \(id) --reason why", .kill(id, reason: "why")),
            (
                "request web1 --login root --for 2h --reason a disk is full",
                .request(.init(target: "web1", login: "root", seconds: 7200, reason: "a disk is full"))
            ),
        ] as [(String, DeskCommand)] {
            #expect(try DeskCommand(Array(words.utf8)) == expected, "\(words)")
        }
    }

    @Test(arguments: [
        "uptime", "targets now", "TARGETS", "\u{1b}]0;title\u{7}", "\u{0}", "approve", "approve x", "approve -1", "approve 0",
        "approve 12 13", "deny 99999999999999999999", "watch", "watch ../../etc/passwd", "kill", "request", "request web1",
        "request web1 --login root --for 2h", "request web1 --login root --for soon --reason x",
        "request web1 --login root --for 99999d --reason x", "approvals --after", "approvals --after -3",
    ])
    func `what it does not understand is said`(words: String) {
        let mistake = #expect(throws: DeskCommand.Mistake.self) { try DeskCommand(Array(words.utf8)) }
        #expect(mistake?.text.unicodeScalars.allSatisfy { $0.isPlainlyVisible } == true)
        #expect(mistake?.text.isEmpty == false)
    }

    @Test func `a megabyte of words is not read`() {
        #expect(throws: DeskCommand.Mistake.self) { try DeskCommand([UInt8](repeating: 0x61, count: 1 << 20)) }
        #expect(throws: DeskCommand.Mistake.self) {
            try DeskCommand(Array("deny 1 --reason ".utf8) + [UInt8](repeating: 0x61, count: 501))
        }
    }
}
