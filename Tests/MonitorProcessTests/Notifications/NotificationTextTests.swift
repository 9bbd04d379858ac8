import Foundation
import MonitorProtocol
import OpenSSHKeys
import Store
import Testing

@testable import MonitorProcess

private let noon = Timestamp(seconds: 1_790_000_000)

private func request(_ command: [UInt8], uncertain: [String] = []) -> Approval {
    Approval(
        number: 12, kind: .line, createdAt: noon, expiresAt: Timestamp(milliseconds: noon.milliseconds + 600_000),
        connectionID: "c",
        session: nil, user: "alice", target: "db1", login: "postgres", bytes: command, commands: [], rule: "drop-table",
        uncertain: uncertain, approvers: ["@dba", "bob"], count: 2, needsReason: false, reason: "the \"old\" copy",
        approvedBy: ["bob"])
}

private func payload(_ approval: Approval, _ kind: ApprovalStep.Kind = .requested, steps: [ApprovalStep] = []) throws -> String {
    let queued = QueuedNotification(id: 7, approval: 12, kind: kind, channel: "chat", queuedAt: noon, attempts: 0)
    return String(
        decoding: try NotificationPayload(queued, approval, steps: steps, bastion: "bastion.example").json(), as: UTF8.self)
}

@Suite struct `A notification` {
    @Test func `says in JSON what is asked, of whom, and how to answer`() throws {
        #expect(
            try payload(request(Array("psql -c 'DROP TABLE x'".utf8), uncertain: ["a variable"])) == """
                {"approval":{"approved-by":["bob"],"approvers":["@dba","bob"],"command":"psql -c 'DROP TABLE x'","count":2,\
                "created-at":"2026-09-21T14:13:20.000Z","expires-at":"2026-09-21T14:23:20.000Z",\
                "how":"ssh bastion.example approve 12","kind":"line","login":"postgres","number":12,\
                "reason":"the \\"old\\" copy","rule":"drop-table","state":"waiting","target":"db1",\
                "uncertain":["a variable"],"user":"alice"},"event":"requested","id":7,"version":1}
                """)
    }

    @Test func `says who decided`() throws {
        let steps = [
            ApprovalStep(approval: 12, at: noon, kind: .approved, person: "bob", through: .desk),
            ApprovalStep(approval: 12, at: noon, kind: .denied, person: "carol", through: .desk, text: "not\ntoday\u{202e}"),
        ]
        let text = try payload(request([]), .denied, steps: steps)
        #expect(text.contains("\"event\":\"decided\""))
        #expect(
            text.contains(
                #""step":{"at":"2026-09-21T14:13:20.000Z","by":"carol","kind":"denied","reason":"not\\x0atoday\\u{202e}"}"#))
    }

    @Test func `shows nothing of a command that could hide or forge`() throws {
        let text = try payload(request(Array("rm \u{1b}]52;c;x\u{7}\u{202e}\u{200b}\n".utf8) + [0xFF, 0x9b]))
        #expect(text.contains(#""command":"rm \\x1b]52;c;x\\x07\\u{202e}\\u{200b}\\x0a"#))
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202e}" && $0 != "\u{9b}" })
    }

    @Test(arguments: [UInt8(ascii: "x"), 0, 0xFF, UInt8(ascii: "\\")])
    func `is bounded, whatever is asked`(_ byte: UInt8) throws {
        var huge = request(
            [UInt8](repeating: byte, count: 64 * 1024),
            uncertain: Array(repeating: String(repeating: "\0", count: 9000), count: 900))
        huge.approvers = huge.uncertain
        huge.user = huge.uncertain[0]
        let text = try payload(huge)
        #expect(text.utf8.count < 200_000)
        struct Read: Decodable {
            struct Request: Decodable { let command: String }
            let approval: Request
        }
        let read = try JSONDecoder().decode(Read.self, from: Data(text.utf8))
        #expect(read.approval.command.count == NotificationPayload.longestCommand + 1)
        #expect(read.approval.command.hasSuffix("…"))
    }

    @Test func `of a command that just fits is not cut`() throws {
        let text = try payload(request([UInt8](repeating: UInt8(ascii: "x"), count: 2000)))
        #expect(text.contains("\"command\":\"" + String(repeating: "x", count: 2000) + "\""))
    }

    @Test func `is signed with its time`() {
        // printf '1790000000.{"version":1}' | openssl dgst -sha256 -hmac 'sixteen bytes and'
        let signature = WebhookSignature(
            of: Array(#"{"version":1}"#.utf8), key: Array("sixteen bytes and".utf8),
            at: Timestamp(milliseconds: 1_790_000_000_999))
        #expect(signature.value == "t=1790000000,v1=e55f698de0b1786bf2923c30b030fccd674aa2d49ef07b0e01eaff48660eb0dd")
    }

    @Test func `is tried again later and later`() {
        let delays = [0, 1, 2, 3, 4, 5, 6, 7, 8, 100, Int.max].map { RetryDelay.milliseconds(afterFailures: $0) / 1000 }
        #expect(delays == [5, 5, 15, 45, 135, 405, 1215, 3600, 3600, 3600, 3600])
        #expect(RetryDelay.nextAttempt(afterFailures: 2, at: noon) == Timestamp(seconds: 1_790_000_015))
    }

    @Test func `is one line of each option for curl, whatever is in it`() throws {
        let signature = WebhookSignature(of: [1], key: [1], at: noon)
        func configuration(_ url: String, _ body: String) -> [UInt8]? {
            WebhookRequest(url: url, body: Array(body.utf8), signature: signature, seconds: 10).curlConfiguration
        }
        for url in ["", "https://x/\noutput = \"/etc/passwd\"", "https://x/ y", "https://x/é", "https://x/\0"] {
            #expect(configuration(url, "{}") == nil, "\(url)")
        }
        let plain = String(decoding: try #require(configuration("https://x/", "{}")), as: UTF8.self)
        let hostile = String(
            decoding: try #require(configuration("https://x/\"", "{\"a\\\"\noutput = \\\"/x\\\"\r\t}")), as: UTF8.self)
        #expect(plain.split(separator: "\n").count == hostile.split(separator: "\n").count)
        #expect(hostile.contains(#"url = "https://x/\"""#))
        #expect(hostile.contains(#"data-raw = "{\"a\\\"\noutput = \\\"/x\\\"\r\t}""#))
        #expect(!plain.contains("location"))
    }
}

@Suite struct `A channel that failed` {
    private func after(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: noon.milliseconds + seconds * 1000) }

    @Test func `rests, the longer the more often, and not longer than a minute`() {
        var rests = ChannelRests()
        for (failures, seconds) in [(1, 5), (2, 15), (3, 45), (4, 60), (5, 60)] as [(Int, Int64)] {
            rests.failed("chat", at: noon)
            #expect(rests.names(at: after(seconds - 1)) == ["chat"], "\(failures)")
            #expect(rests.names(at: after(seconds)) == [], "\(failures)")
            #expect(rests.nextEnd(after: noon) == after(seconds))
        }
        rests.failed("mail", at: noon)
        #expect(rests.names(at: after(1)) == ["chat", "mail"])
        rests.delivered(by: "chat")
        #expect(rests.names(at: after(1)) == ["mail"])
    }

    @Test func `does not rest until a clock that was set back has caught up`() {
        var rests = ChannelRests()
        rests.failed("chat", at: after(86_400))
        #expect(rests.names(at: noon) == [])
    }
}

@Suite struct `The receiver in docs approvals` {
    /// The example of the documentation, with a few lines that call it.
    private func python(_ lines: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/approvals.md"), encoding: .utf8)
        let example = try #require(text.split(separator: "```python\n").last?.split(separator: "```").first)
        let folder = FileManager.default.temporaryDirectory.appending(path: "receiver-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data((example + "\n").utf8).write(to: folder.appending(path: "receiver.py"))
        try Data("a key of twenty bytes\n".utf8).write(to: folder.appending(path: "notify.key"))
        let script = "import os, sys; os.chdir(sys.argv[1]); sys.path.insert(0, '.'); import receiver\n" + lines
        let stop = try WakeUp()
        let run = try ProgramRun(
            ["/usr/bin/python3", "-B", "-c", script, folder.path], input: [],
            limits: .init(milliseconds: 60_000, outputBytes: 10_000, excess: .ends), stop: stop.descriptorNumber)
        return String(decoding: run.output, as: UTF8.self)
    }

    @Test func `takes what is signed, and nothing that is changed, old or signed with another key`() throws {
        let body = Array(#"{"a":"é"}"#.utf8)
        func header(_ key: String) -> String { WebhookSignature(of: body, key: Array(key.utf8), at: noon).value }
        let good = header("a key of twenty bytes")
        let output = try python(
            """
            body, now = b'{"a":"\\xc3\\xa9"}', 1790000000
            print(receiver.is_genuine("\(good)", body, now), receiver.is_genuine("\(good)", body, now + 299),
                  receiver.is_genuine("\(good)", body, now + 301), receiver.is_genuine("\(good)", body + b" ", now),
                  receiver.is_genuine("\(header("another key of ours"))", body, now), receiver.is_genuine("", body, now),
                  receiver.is_genuine("\(good.replacing("1790000000", with: "1790000001"))", body, now))
            """)
        #expect(output == "True True False False False False False\n")
    }
}
