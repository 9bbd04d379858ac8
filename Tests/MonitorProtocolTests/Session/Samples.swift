import Guard
import MonitorProtocol
import SFTP
import TerminalStream

/// At least one message of each kind, with every optional field present and absent.
enum Samples {
    static let requests: [SessionRequest] = [
        .ready,
        .offeredCertificate(.init(leg: .outer, userName: "root@web1", certificate: [0, 1, 2, 255], isProven: false)),
        .offeredCertificate(.init(leg: Leg(7), userName: "", certificate: [], isProven: true)),
        .openTunnel(.init(leg: Leg(1), host: "web1.example.com.", port: 22)),
        .route(.init(leg: Leg(1), target: "Web1", login: "root")),
        .upstreamResult(.init(leg: Leg(1), outcome: .hostKeyMismatch, detail: "SHA256:ü")),
        .upstreamResult(.init(leg: Leg(1), outcome: .loggedIn, detail: "")),
        .beginChannel(
            .init(leg: .outer, channel: ChannelNumber(3), kind: .exec, command: Array("ls \u{1}\n".utf8), terminal: nil)),
        .beginChannel(
            .init(
                leg: Leg(.max), channel: ChannelNumber(.max), kind: .shell, command: [],
                terminal: .init(term: "xterm-256color", columns: 1, rows: 65_535))),
        .endChannel(.init(channel: ChannelNumber(3), exit: .status(255), bytesIn: 0, bytesOut: .max)),
        .endChannel(.init(channel: ChannelNumber(3), exit: .signal("TERM"), bytesIn: 1, bytesOut: 2)),
        .endChannel(.init(channel: ChannelNumber(3), exit: .lost("the recording"), bytesIn: 1, bytesOut: 2)),
        .desk(command: Array("targets".utf8)),
        .closeLeg(Leg(2)),
        .judgeFile(.init(channel: ChannelNumber(3), access: FileAccess(operation: .read, path: path))),
        .judgeFile(
            .init(channel: ChannelNumber(.max), access: FileAccess(operation: .symlink, path: resolvedPath, second: resolvedPath))
        ),
        .fileEvents(.init(channel: ChannelNumber(3), events: events)),
        .judgeLine(
            .init(
                channel: ChannelNumber(3),
                question: LineQuestion(number: 1, text: Array("ls\n\u{FF}".utf8), language: .bash, witnesses: .editor))),
        .judgeLine(
            .init(
                channel: ChannelNumber(.max),
                question: LineQuestion(
                    number: .max, text: [], language: .sqlite3, witnesses: [.screen, .keys], doubts: [.noEcho, .unread],
                    definitions: [
                        LineDefinition(.alias, name: [108, 108], text: Array("ls -l".utf8)),
                        LineDefinition(.function, name: [255], text: []),
                    ], replaces: 1))),
        .lineReports(.init(channel: ChannelNumber(3), reports: reports)),
        .maskReports(
            .init(
                channel: ChannelNumber(3),
                found: [
                    MaskReport(rule: 0, at: 1, offset: .max, cells: 16, digest: [UInt8](0..<32), isPartlyReleased: true),
                    MaskReport(rule: .max, at: .max, offset: 0, cells: 0, digest: [UInt8](0..<32), isPartlyReleased: false),
                ], unlisted: [])),
        .maskReports(.init(channel: ChannelNumber(3), found: [], unlisted: [UnlistedMasks(rule: 3, count: .max)])),
        .withdraw(request: 7), .withdraw(request: .max, isVoid: true), .openDeskLeg(Leg(9)),
        .deskView(.targets(after: 3)), .deskView(.approvals), .deskView(.approval(.max)), .deskView(.watched("01h2x3y4z5a6b7c8")),
        .decide(.init(approval: 12, approves: true, reason: nil)),
        .decide(.init(approval: .max, approves: false, reason: "too late, größer")),
    ]

    static let masks = MaskTerms(
        altering: .whileText, actions: MaskAction.allCases, releaseAfter: 40, columns: ["ssn", "größe"], imageSize: 258)

    static let reports: [LineReport] = [
        LineReport(number: 1, .started), LineReport(number: 1, .ended(status: 255)), LineReport(number: 2, .withdrawn),
        LineReport(number: 3, .dropped(bytes: .max)), LineReport(number: 0, .alarm(.malformedMark)),
        LineReport(number: 0, .reading([.screen, .keys])),
    ]

    static let path = FilePath(asked: Array("../x\u{FF}".utf8), absolute: Array("/home/x\u{FF}".utf8))
    static let resolvedPath = FilePath(asked: [], absolute: [47], resolved: [47, 255])

    static let events: [FileEvent] = [
        FileEvent(.list, path, outcome: .ok),
        FileEvent(
            .write, path, second: resolvedPath, outcome: .failed(.permissionDenied), bytesRead: 1, bytesWritten: .max,
            digest: .whole([UInt8](0..<32))),
        FileEvent(.read, path, outcome: .refused(reason: "no-shadow: ask Bob"), digest: .beginning([UInt8](0..<32))),
        FileEvent(.unknown, path, outcome: .unfinished, digest: .partial),
    ]

    static let replies: [MonitorReply] = [
        .connection(
            .init(
                connectionID: "01h2x3y4z5a6", clientAddress: "[2001:db8::1]:22", hostKeys: [[1, 2, 3], []],
                certificateHelp: "Ask for a certificate.",
                limits: .init(
                    loginGraceSeconds: 30, authenticationTries: 6, channels: 32, idleSeconds: 0, keepaliveSeconds: 30,
                    keepaliveCount: 3),
                environment: ["LANG", "LC_*"])),
        .identity(.init(name: "alice", permitsTerminal: true, permitsForwarding: false, forcedCommand: nil)),
        .identity(.init(name: "bob", permitsTerminal: false, permitsForwarding: true, forcedCommand: Array("uptime".utf8))),
        .refused(.init(message: "Access denied.", exitStatus: Refusal.refusedStatus)),
        .refused(
            .init(
                message: "no", exitStatus: Refusal.refusedStatus,
                facts: .init(verdict: "block", rule: "destroy-file-system", uncertain: []))),
        .refused(
            .init(
                message: "no", exitStatus: Refusal.refusedStatus,
                facts: .init(verdict: "approve", rule: nil, uncertain: ["`$x` is only known when it runs", ""]))),
        .accepted,
        .route(.init(target: "web1", login: "root", pinnedHostKeys: [[9, 9]], authentication: .agent)),
        .route(.init(target: "web1", login: "root", pinnedHostKeys: [[9], [8]], authentication: .password([0, 255]))),
        .channel(
            .init(
                session: "01h2x3y4z5a6b7c8", startedAt: 1_795_000_000, title: "alice as root on web1", speaksSFTP: false,
                maskTerms: masks)),
        .channel(.init(session: "01h2x3y4z5a6b7c8", startedAt: 0, title: "", speaksSFTP: true, maskTerms: masks)),
        .channel(
            .init(
                session: "01h2x3y4z5a6b7c8", startedAt: 0, title: "", speaksSFTP: false,
                guardTerms: GuardTerms(
                    isEnforced: true, usesIntegration: false, nonce: [UInt8](0..<16), secret: [UInt8](248...255), reader: .shell),
                maskTerms: MaskTerms(altering: .never, actions: [], releaseAfter: 0, columns: [], imageSize: 1))),
        .lineJudgement(.run(reader: .mysql)), .lineJudgement(.goOn),
        .lineJudgement(.refuse(message: "blocked by rule \"destroy\": ask Bob")),
        .fileJudgement(.allowed(limit: nil)),
        .fileJudgement(.allowed(limit: SizeLimit(bytes: .max, refusal: "too much"))),
        .fileJudgement(.resolve),
        .desk(.init(text: "web1\nweb2\n", exitStatus: 0)),
        .desk(.init(text: "", exitStatus: 0, recording: .init(.watch, of: "01h2x3y4z5a6b7c8"))),
        .held(.init(approval: .max, message: "request 1 waits", approvers: ["bob", "group:leads"], seconds: 600, rule: nil)),
        .held(.init(approval: 1, message: "", approvers: [], seconds: 0, rule: "reboot")),
        .deskPage(.targets([], isLast: true)),
        .deskPage(.targets([.init(name: "web1", aliases: ["www"], logins: ["root", "deploy"])], isLast: false)),
        .deskPage(.approvals([], total: 0)),
        .deskPage(
            .approvals(
                [
                    .init(
                        number: 12, kind: "line", user: "alice", target: "web1", login: "root", command: [0, 27, 255],
                        isCut: true,
                        understood: ["reboot: approve"], rule: nil, uncertain: ["nobody knows"], askedSecondsAgo: 1,
                        expiresInSeconds: .max, approvedBy: ["bob"], needed: 2, needsReason: true, requesterReason: "why")
                ], total: .max)),
        .terminate(.init(message: "Ended by an administrator.", exitStatus: Refusal.failedStatus)),
    ]

    /// 0 for what the monitor says unasked, otherwise any other number.
    static func number(of reply: MonitorReply) -> UInt32 { reply.kind == .terminate ? 0 : 4_000_000_001 }
}
