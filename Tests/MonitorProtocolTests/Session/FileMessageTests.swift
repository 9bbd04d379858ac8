import MonitorProtocol
import OpenSSHKeys
import SFTP
import Testing

/// What a session process may say of files, and what the monitor does not believe.
@Suite struct FileMessageTests {
    private static func judging(_ operation: FileOperation, _ path: FilePath, _ second: FilePath? = nil) -> [UInt8] {
        SessionRequest.judgeFile(
            JudgeFile(channel: ChannelNumber(1), access: FileAccess(operation: operation, path: path, second: second))
        ).encoded(number: 1)
    }

    private static func path(_ asked: String, _ absolute: String, _ resolved: String? = nil) -> FilePath {
        FilePath(asked: Array(asked.utf8), absolute: Array(absolute.utf8), resolved: resolved.map { Array($0.utf8) })
    }

    @Test func `a judgement is of absolute paths without NUL, and of operations that are understood`() throws {
        let good = Self.path("x", "/x", "/y")
        _ = try SessionRequest.decode(Self.judging(.read, good))
        for bad in [
            Self.path("x", "x"), Self.path("x", ""), Self.path("x", "/x", "y"), Self.path("x", "/x", ""), Self.path("x\0", "/x"),
            Self.path("x", "/x\0"), Self.path("x", "/x", "/y\0"),
        ] {
            #expect(throws: WireError.self) { try SessionRequest.decode(Self.judging(.read, bad)) }
            #expect(throws: WireError.self) { try SessionRequest.decode(Self.judging(.rename, good, bad)) }
        }
        #expect(throws: WireError.self) { try SessionRequest.decode(Self.judging(.unknown, good)) }
    }

    @Test func `paths have 4096 bytes at most`() throws {
        let longest = [UInt8(ascii: "/")] + [UInt8](repeating: 120, count: 4095)
        _ = try SessionRequest.decode(Self.judging(.read, FilePath(asked: longest, absolute: longest, resolved: longest)))
        #expect(throws: WireError.self) {
            try SessionRequest.decode(Self.judging(.read, FilePath(asked: longest + [120], absolute: longest)))
        }
    }

    @Test func `events come one to 64 at a time, with digests of 32 bytes`() throws {
        let event = FileEvent(.list, Self.path("", "/"), outcome: .ok)
        for (count, isGood) in [(0, false), (1, true), (64, true), (65, false)] {
            let events = FileEvents(channel: ChannelNumber(1), events: [FileEvent](repeating: event, count: count))
            let bytes = SessionRequest.fileEvents(events).encoded(number: 1)
            #expect(((try? SessionRequest.decode(bytes)) != nil) == isGood)
        }
        let short = FileEvent(.read, Self.path("", "/"), outcome: .ok, digest: .whole([1, 2, 3]))
        #expect(throws: WireError.self) {
            try SessionRequest.decode(
                SessionRequest.fileEvents(FileEvents(channel: ChannelNumber(1), events: [short])).encoded(number: 1))
        }
    }

    @Test func `the longest event fits into a message`() throws {
        let longest = [UInt8(ascii: "/")] + [UInt8](repeating: 120, count: 4095)
        let path = FilePath(asked: longest, absolute: longest, resolved: longest)
        let event = FileEvent(
            .rename, path, second: path, outcome: .refused(reason: String(repeating: "x", count: 2000)),
            digest: .whole([UInt8](repeating: 0, count: 32)))
        let bytes = SessionRequest.fileEvents(FileEvents(channel: ChannelNumber(1), events: [event])).encoded(number: 1)
        #expect(bytes.count < 32 * 1024)
        let (_, request) = try SessionRequest.decode(bytes)
        guard case .fileEvents(let told) = request, case .refused(let reason) = told.events[0].outcome else {
            Issue.record("\(request)")
            return
        }
        #expect(reason.utf8.count == MessageLimit.sentence, "cut by the sender")
    }
}
