import Guard
import MonitorProtocol
import SFTP
import TerminalStream
import Testing

/// The bytes of PROTOCOL.monitor, written out by hand: encoder and decoder could agree on something else.
struct WireVectorTests {
    struct Vector<Message: Sendable>: Sendable {
        var message: Message
        var bytes: [UInt8]
        init(_ message: Message, _ bytes: [UInt8]...) {
            self.message = message
            self.bytes = bytes.flatMap { $0 }
        }
    }

    static let requests: [Vector<SessionRequest>] = [
        Vector(.ready, [0, 0, 0, 9, 1]),
        Vector(
            .offeredCertificate(.init(leg: Leg(2), userName: "ab", certificate: [7], isProven: true)),
            [0, 0, 0, 9, 2], [0, 0, 0, 2], [0, 0, 0, 2, 97, 98], [0, 0, 0, 1, 7], [1]),
        Vector(
            .openTunnel(.init(leg: Leg(2), host: "h", port: 22)), [0, 0, 0, 9, 3], [0, 0, 0, 2], [0, 0, 0, 1, 104], [0, 0, 0, 22]),
        Vector(
            .route(.init(leg: .outer, target: "t", login: "l")), [0, 0, 0, 9, 4], [0, 0, 0, 0], [0, 0, 0, 1, 116],
            [0, 0, 0, 1, 108]),
        Vector(
            .upstreamResult(.init(leg: .outer, outcome: .authenticationFailed, detail: "")),
            [0, 0, 0, 9, 5], [0, 0, 0, 0], [4], [0, 0, 0, 0]),
        Vector(
            .beginChannel(
                .init(
                    leg: .outer, channel: ChannelNumber(3), kind: .shell, command: [],
                    terminal: .init(term: "x", columns: 80, rows: 24))),
            [0, 0, 0, 9, 6], [0, 0, 0, 0], [0, 0, 0, 3], [1], [0, 0, 0, 0], [1], [0, 0, 0, 1, 120], [0, 0, 0, 80], [0, 0, 0, 24]),
        Vector(
            .beginChannel(.init(leg: .outer, channel: ChannelNumber(3), kind: .sftp, command: [115], terminal: nil)),
            [0, 0, 0, 9, 6], [0, 0, 0, 0], [0, 0, 0, 3], [3], [0, 0, 0, 1, 115], [0]),
        Vector(
            .endChannel(.init(channel: ChannelNumber(3), exit: .status(258), bytesIn: 1, bytesOut: 1 << 32)),
            [0, 0, 0, 9, 7], [0, 0, 0, 3], [1], [0, 0, 1, 2], [0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 1, 0, 0, 0, 0]),
        Vector(
            .endChannel(.init(channel: ChannelNumber(3), exit: .signal("HUP"), bytesIn: 0, bytesOut: 0)),
            [0, 0, 0, 9, 7], [0, 0, 0, 3], [2], [0, 0, 0, 3, 72, 85, 80], [UInt8](repeating: 0, count: 16)),
        Vector(
            .endChannel(.init(channel: ChannelNumber(3), exit: .lost(""), bytesIn: 0, bytesOut: 0)),
            [0, 0, 0, 9, 7], [0, 0, 0, 3], [3], [0, 0, 0, 0], [UInt8](repeating: 0, count: 16)),
        Vector(.desk(command: [104]), [0, 0, 0, 9, 8], [0, 0, 0, 1, 104]),
        Vector(.withdraw(request: 3), [0, 0, 0, 9, 15], [0, 0, 0, 3], [0]),
        Vector(.deskView(.targets(after: 2)), [0, 0, 0, 9, 16], [1], [0, 0, 0, 2]),
        Vector(.deskView(.approvals), [0, 0, 0, 9, 16], [2]),
        Vector(.deskView(.watched("s")), [0, 0, 0, 9, 16], [4], [0, 0, 0, 1, 115]),
        Vector(.deskView(.approval(258)), [0, 0, 0, 9, 16], [3], [0, 0, 0, 0, 0, 0, 1, 2]),
        Vector(
            .decide(.init(approval: 258, approves: true, reason: "r")), [0, 0, 0, 9, 17], [0, 0, 0, 0, 0, 0, 1, 2], [1],
            [1, 0, 0, 0, 1, 114]),
        Vector(.openDeskLeg(Leg(4)), [0, 0, 0, 9, 18], [0, 0, 0, 4]),
        Vector(.closeLeg(Leg(2)), [0, 0, 0, 9, 9], [0, 0, 0, 2]),
        Vector(
            .judgeFile(
                .init(
                    channel: ChannelNumber(3),
                    access: FileAccess(
                        operation: .rename, path: FilePath(asked: [97], absolute: [47, 97]),
                        second: FilePath(asked: [98], absolute: [47, 98], resolved: [47, 99])))),
            [0, 0, 0, 9, 10], [0, 0, 0, 3], [4], [0, 0, 0, 1, 97], [0, 0, 0, 2, 47, 97], [0], [1], [0, 0, 0, 1, 98],
            [0, 0, 0, 2, 47, 98], [1, 0, 0, 0, 2, 47, 99]),
        Vector(
            .fileEvents(
                .init(
                    channel: ChannelNumber(3),
                    events: [
                        FileEvent(
                            .write, FilePath(asked: [], absolute: [47]), outcome: .failed(.failure), bytesRead: 1,
                            bytesWritten: 2,
                            digest: .whole([UInt8](repeating: 7, count: 32))),
                        FileEvent(
                            .symlink, FilePath(asked: [], absolute: [47]), second: FilePath(asked: [], absolute: []),
                            outcome: .refused(reason: "r"), digest: .partial),
                    ])),
            [0, 0, 0, 9, 11], [0, 0, 0, 3], [0, 0, 0, 2],
            [2], [0, 0, 0, 0, 0, 0, 0, 1, 47, 0], [0], [2, 0, 0, 0, 4], [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2],
            [2] + [UInt8](repeating: 7, count: 32),
            [7], [0, 0, 0, 0, 0, 0, 0, 1, 47, 0], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0], [3, 0, 0, 0, 1, 114],
            [UInt8](repeating: 0, count: 16), [4]),
        Vector(
            .judgeLine(
                .init(
                    channel: ChannelNumber(3),
                    question: LineQuestion(
                        number: 2, text: [108, 108], language: .zsh, witnesses: [.editor, .keys], doubts: [.definitionsCut],
                        definitions: [LineDefinition(.alias, name: [108], text: [109])], otherReadings: [[120]],
                        replaces: 1))),
            [0, 0, 0, 9, 12], [0, 0, 0, 3], [0, 0, 0, 2], [0, 0, 0, 2, 108, 108], [2], [5], [0, 0, 0, 1, 6],
            [0, 0, 0, 1, 1, 0, 0, 0, 1, 108, 0, 0, 0, 1, 109],
            [0, 0, 0, 1, 0, 0, 0, 1, 120], [1, 0, 0, 0, 1]),
        Vector(
            .lineReports(
                .init(
                    channel: ChannelNumber(3),
                    reports: [
                        LineReport(number: 1, .started), LineReport(number: 1, .ended(status: 7)),
                        LineReport(number: 2, .withdrawn), LineReport(number: 3, .dropped(bytes: 258)),
                        LineReport(number: 0, .alarm(.unreleasedCommand)), LineReport(number: 0, .reading(.screen)),
                    ])),
            [0, 0, 0, 9, 13], [0, 0, 0, 3], [0, 0, 0, 6], [0, 0, 0, 1, 1], [0, 0, 0, 1, 2, 7], [0, 0, 0, 2, 3],
            [0, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 1, 2], [0, 0, 0, 0, 5, 1], [0, 0, 0, 0, 6, 2]),
        Vector(
            .maskReports(
                .init(
                    channel: ChannelNumber(3),
                    found: [
                        MaskReport(
                            rule: 2, at: 258, offset: 3, cells: 4, digest: [UInt8](repeating: 9, count: 32),
                            isPartlyReleased: true)
                    ], unlisted: [UnlistedMasks(rule: 5, count: 258)])),
            [0, 0, 0, 9, 14], [0, 0, 0, 3], [0, 0, 0, 1], [0, 0, 0, 2], [0, 0, 0, 0, 0, 0, 1, 2], [0, 0, 0, 0, 0, 0, 0, 3],
            [0, 0, 0, 4], [UInt8](repeating: 9, count: 32), [1], [0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 1, 2]),
    ]

    static let replies: [Vector<MonitorReply>] = [
        Vector(
            .connection(
                .init(
                    connectionID: "c", clientAddress: "a", hostKeys: [[1], [2]], certificateHelp: "h",
                    limits: .init(
                        loginGraceSeconds: 1, authenticationTries: 2, channels: 3, idleSeconds: 4, keepaliveSeconds: 5,
                        keepaliveCount: 6),
                    environment: ["e"])),
            [0, 0, 0, 9, 101], [0, 0, 0, 1, 99], [0, 0, 0, 1, 97], [0, 0, 0, 2, 0, 0, 0, 1, 1, 0, 0, 0, 1, 2], [0, 0, 0, 1, 104],
            [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 6], [0, 0, 0, 1, 0, 0, 0, 1, 101]),
        Vector(
            .identity(.init(name: "n", permitsTerminal: true, permitsForwarding: false, forcedCommand: [9])),
            [0, 0, 0, 9, 102], [0, 0, 0, 1, 110], [1, 0], [1, 0, 0, 0, 1, 9]),
        Vector(.refused(.init(message: "m", exitStatus: 126)), [0, 0, 0, 9, 103], [0, 0, 0, 1, 109], [0, 0, 0, 126], [0]),
        Vector(
            .refused(.init(message: "m", exitStatus: 126, facts: .init(verdict: "v", rule: "r", uncertain: ["u"]))),
            [0, 0, 0, 9, 103], [0, 0, 0, 1, 109], [0, 0, 0, 126], [1], [0, 0, 0, 1, 118], [1, 0, 0, 0, 1, 114],
            [0, 0, 0, 1, 0, 0, 0, 1, 117]),
        Vector(.accepted, [0, 0, 0, 9, 104]),
        Vector(
            .route(.init(target: "t", login: "l", pinnedHostKeys: [[5]], authentication: .password([6]))),
            [0, 0, 0, 9, 105], [0, 0, 0, 1, 116], [0, 0, 0, 1, 108], [0, 0, 0, 1, 0, 0, 0, 1, 5], [2, 0, 0, 0, 1, 6]),
        Vector(
            .route(.init(target: "t", login: "l", pinnedHostKeys: [[5]], authentication: .agent)),
            [0, 0, 0, 9, 105], [0, 0, 0, 1, 116], [0, 0, 0, 1, 108], [0, 0, 0, 1, 0, 0, 0, 1, 5], [1]),
        Vector(
            .channel(
                .init(
                    session: "s", startedAt: 258, title: "t", speaksSFTP: true,
                    maskTerms: MaskTerms(
                        altering: .never, actions: [.report, .endSession], releaseAfter: 40, columns: ["c"], imageSize: 258))),
            [0, 0, 0, 9, 106], [0, 0, 0, 1, 115], [0, 0, 0, 0, 0, 0, 1, 2], [0, 0, 0, 1, 116], [1], [0],
            [3], [0, 0, 0, 2, 1, 4], [0, 0, 0, 40], [0, 0, 0, 1, 0, 0, 0, 1, 99], [0, 0, 1, 2]),
        Vector(
            .channel(
                .init(
                    session: "s", startedAt: 258, title: "t", speaksSFTP: false,
                    guardTerms: GuardTerms(
                        isEnforced: false, usesIntegration: true, nonce: [UInt8](repeating: 7, count: 16),
                        secret: [UInt8](repeating: 8, count: 8), reader: .psql),
                    maskTerms: MaskTerms(altering: .always, actions: [], releaseAfter: 0, columns: [], imageSize: 1))),
            [0, 0, 0, 9, 106], [0, 0, 0, 1, 115], [0, 0, 0, 0, 0, 0, 1, 2], [0, 0, 0, 1, 116], [0], [1, 0, 1],
            [UInt8](repeating: 7, count: 16), [UInt8](repeating: 8, count: 8), [16],
            [1], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1]),
        Vector(.lineJudgement(.run(reader: .shell)), [0, 0, 0, 9, 110], [1, 4]),
        Vector(.lineJudgement(.goOn), [0, 0, 0, 9, 110], [3]),
        Vector(.lineJudgement(.refuse(message: "m")), [0, 0, 0, 9, 110], [2, 0, 0, 0, 1, 109]),
        Vector(.fileJudgement(.resolve), [0, 0, 0, 9, 109], [2]),
        Vector(.fileJudgement(.allowed(limit: nil)), [0, 0, 0, 9, 109], [1, 0]),
        Vector(
            .fileJudgement(.allowed(limit: SizeLimit(bytes: 258, refusal: "m"))), [0, 0, 0, 9, 109], [1, 1],
            [0, 0, 0, 0, 0, 0, 1, 2], [0, 0, 0, 1, 109]),
        Vector(.desk(.init(text: "d", exitStatus: 1)), [0, 0, 0, 9, 107], [0, 0, 0, 1, 100], [0, 0, 0, 1], [0]),
        Vector(
            .desk(.init(text: "d", exitStatus: 0, recording: .init(.lastScreen, of: "s"))), [0, 0, 0, 9, 107], [0, 0, 0, 1, 100],
            [0, 0, 0, 0], [1, 3, 0, 0, 0, 1, 115]),
        Vector(
            .held(.init(approval: 258, message: "m", approvers: ["a"], seconds: 5, rule: "r")), [0, 0, 0, 9, 111],
            [0, 0, 0, 0, 0, 0, 1, 2], [0, 0, 0, 1, 109], [0, 0, 0, 1], [0, 0, 0, 1, 97], [0, 0, 0, 5], [1, 0, 0, 0, 1, 114]),
        Vector(
            .deskPage(.targets([.init(name: "t", aliases: ["a"], logins: ["l"])], isLast: true)), [0, 0, 0, 9, 112], [1],
            [0, 0, 0, 1], [0, 0, 0, 1, 116], [0, 0, 0, 1], [0, 0, 0, 1, 97], [0, 0, 0, 1], [0, 0, 0, 1, 108], [1]),
        Vector(
            .deskPage(
                .approvals(
                    [
                        .init(
                            number: 1, kind: "k", user: "u", target: "t", login: "l", command: [255], isCut: false,
                            understood: [],
                            rule: nil, uncertain: [], askedSecondsAgo: 2, expiresInSeconds: 3, approvedBy: [], needed: 4,
                            needsReason: true, requesterReason: nil)
                    ], total: 5)), [0, 0, 0, 9, 112], [2], [0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 1, 107],
            [0, 0, 0, 1, 117], [0, 0, 0, 1, 116], [0, 0, 0, 1, 108], [0, 0, 0, 1, 255], [0], [0, 0, 0, 0], [0], [0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0, 0, 2], [0, 0, 0, 0, 0, 0, 0, 3], [0, 0, 0, 0], [0, 0, 0, 4], [1], [0], [0, 0, 0, 5]),
        Vector(.terminate(.init(message: "m", exitStatus: 125)), [0, 0, 0, 0, 108], [0, 0, 0, 1, 109], [0, 0, 0, 125], [0]),
    ]

    @Test(arguments: requests.indices)
    func `a request is the bytes of the specification`(index: Int) {
        let vector = Self.requests[index]
        #expect(vector.message.encoded(number: 9) == vector.bytes)
    }

    @Test(arguments: replies.indices)
    func `a reply is the bytes of the specification`(index: Int) {
        let vector = Self.replies[index]
        #expect(vector.message.encoded(number: vector.message.kind == .terminate ? 0 : 9) == vector.bytes)
    }
}
