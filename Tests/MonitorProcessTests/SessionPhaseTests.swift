import Guard
import MonitorProtocol
import SFTP
import Testing

@testable import MonitorProcess

/// What a session process may ask, and when. Each test is a conversation.
@Suite struct SessionPhaseTests {
    static func offer(_ leg: UInt32 = 0) -> SessionRequest {
        .offeredCertificate(OfferedCertificate(leg: Leg(leg), userName: "root", certificate: [], isProven: true))
    }
    static func tunnel(_ leg: UInt32) -> SessionRequest { .openTunnel(OpenTunnel(leg: Leg(leg), host: "web1", port: 22)) }
    static func route(_ leg: UInt32 = 0) -> SessionRequest { .route(RouteRequest(leg: Leg(leg), target: "web1", login: "root")) }
    static func result(_ leg: UInt32 = 0) -> SessionRequest {
        .upstreamResult(UpstreamResult(leg: Leg(leg), outcome: .loggedIn, detail: ""))
    }
    static func begin(_ channel: UInt32, leg: UInt32 = 0) -> SessionRequest {
        .beginChannel(BeginChannel(leg: Leg(leg), channel: ChannelNumber(channel), kind: .shell, command: [], terminal: nil))
    }
    static func end(_ channel: UInt32) -> SessionRequest {
        .endChannel(EndChannel(channel: ChannelNumber(channel), exit: .status(0), bytesIn: 0, bytesOut: 0))
    }
    /// One of each kind, about the outer leg where there is a leg.
    static let all: [SessionRequest] = [
        .ready, offer(), tunnel(1), route(), result(), begin(1), end(1), .desk(command: []), .closeLeg(.outer), judge(1), tell(1),
        judgeLine(1), reportLines(1),
    ]
    static func judgeLine(_ channel: UInt32) -> SessionRequest {
        .judgeLine(
            JudgeLine(
                channel: ChannelNumber(channel),
                question: LineQuestion(number: 1, text: [], language: .bash, witnesses: .editor)))
    }
    static func reportLines(_ channel: UInt32) -> SessionRequest {
        .lineReports(LineReports(channel: ChannelNumber(channel), reports: [LineReport(number: 0, .reading(.keys))]))
    }
    static let root = FilePath(asked: [47], absolute: [47])
    static func judge(_ channel: UInt32) -> SessionRequest {
        .judgeFile(JudgeFile(channel: ChannelNumber(channel), access: FileAccess(operation: .list, path: root)))
    }
    static func tell(_ channel: UInt32) -> SessionRequest {
        .fileEvents(FileEvents(channel: ChannelNumber(channel), events: [FileEvent(.list, root, outcome: .ok)]))
    }

    /// A connection whose outer leg has come this far.
    static func phase(_ step: Step) throws -> SessionPhase {
        var phase = SessionPhase()
        for next in Step.allCases.prefix(while: { $0 != step }) + [step] {
            switch next {
            case .started: break
            case .connected:
                try phase.permit(.ready)
                phase.connected(tries: 6)
            case .loggedIn:
                try phase.permit(offer())
                phase.authenticated(.outer)
            case .dialling:
                try phase.permit(route())
                phase.dialling(.outer)
            case .routed:
                let dialled = phase.dialled(.outer, connected: true)
                #expect(dialled)
            case .usable:
                try phase.permit(result())
                phase.upstream(.outer, isLoggedIn: true)
            }
        }
        return phase
    }
    enum Step: CaseIterable { case started, connected, loggedIn, dialling, routed, usable }

    struct Vector: Sendable {
        let step: Step
        /// Which of `all` are permitted next.
        let permitted: [SessionRequest.Kind]
    }

    @Test(
        "each phase permits these requests and no others",
        arguments: [
            Vector(step: .started, permitted: [.ready]), Vector(step: .connected, permitted: [.offeredCertificate]),
            Vector(step: .loggedIn, permitted: [.openTunnel, .route, .desk, .closeLeg]),
            Vector(step: .dialling, permitted: [.openTunnel, .desk, .closeLeg]),
            Vector(step: .routed, permitted: [.openTunnel, .upstreamResult, .desk, .closeLeg]),
            Vector(step: .usable, permitted: [.openTunnel, .beginChannel, .desk, .closeLeg]),
        ])
    func permits(vector: Vector) throws {
        for request in Self.all {
            var phase = try Self.phase(vector.step)
            if vector.permitted.contains(request.kind) {
                try phase.permit(request)
            } else {
                #expect(throws: SessionPhase.Violation.self, "\(request.kind)") { try phase.permit(request) }
            }
        }
    }

    @Test func `nothing is asked about a leg that is not open`() throws {
        for request in [Self.offer(7), Self.route(7), Self.result(7), Self.begin(1, leg: 7), .closeLeg(Leg(7))] {
            var phase = try Self.phase(.usable)
            #expect(throws: SessionPhase.Violation.self, "\(request.kind)") { try phase.permit(request) }
        }
    }

    @Test func `a tunnel's client logs in before it is routed`() throws {
        var phase = try Self.phase(.loggedIn)
        try phase.permit(Self.tunnel(1))
        phase.tunnelOpened(Leg(1))
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(Self.route(1)) }
        try phase.permit(Self.offer(1))
        phase.authenticated(Leg(1))
        try phase.permit(Self.route(1))
    }

    @Test func `the numbers of tunnels count up, also those of refused ones`() throws {
        var phase = try Self.phase(.loggedIn)
        try phase.permit(Self.tunnel(3))
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(Self.tunnel(3)) }
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(Self.tunnel(2)) }
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(Self.tunnel(0)) }
    }

    @Test func `a closed leg stays closed`() throws {
        var phase = try Self.phase(.loggedIn)
        try phase.permit(Self.tunnel(1))
        phase.tunnelOpened(Leg(1))
        try phase.permit(.closeLeg(Leg(1)))
        phase.closed(Leg(1))
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(Self.offer(1)) }
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(.closeLeg(Leg(1))) }
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(Self.tunnel(1)) }
        #expect(phase.openTunnels == 0)
    }

    @Test func `a leg that is closed while it is dialled is not routed`() throws {
        var phase = try Self.phase(.dialling)
        try phase.permit(.closeLeg(.outer))
        phase.closed(.outer)
        let dialled = phase.dialled(.outer, connected: true)
        #expect(!dialled)
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(Self.result()) }
    }

    @Test func `a route that failed may be asked again, a bounded number of times`() throws {
        var phase = try Self.phase(.loggedIn)
        for _ in 0..<8 {
            try phase.permit(Self.route())
            phase.dialling(.outer)
            let dialled = phase.dialled(.outer, connected: false)
            #expect(dialled)
        }
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(Self.route()) }
    }

    @Test func `a leg is routed once`() throws {
        var phase = try Self.phase(.usable)
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(Self.route()) }
        var failed = try Self.phase(.routed)
        try failed.permit(Self.result())
        failed.upstream(.outer, isLoggedIn: false)
        #expect(throws: SessionPhase.Violation.self) { try failed.permit(Self.route()) }
        #expect(throws: SessionPhase.Violation.self) { try failed.permit(Self.begin(1)) }
        #expect(throws: SessionPhase.Violation.self) { try failed.permit(Self.result()) }
    }

    @Test func `log-ins are tried a bounded number of times, on each leg for itself`() throws {
        var phase = try Self.phase(.connected)
        for _ in 0..<20 { try phase.permit(Self.offer()) }
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(Self.offer()) }

        var serving = try Self.phase(.loggedIn)
        for leg in 1...3 as ClosedRange<UInt32> {
            try serving.permit(Self.tunnel(leg))
            serving.tunnelOpened(Leg(leg))
            for _ in 0..<20 { try serving.permit(Self.offer(leg)) }
            #expect(throws: SessionPhase.Violation.self) { try serving.permit(Self.offer(leg)) }
        }
    }

    @Test func `nobody logs in twice on a leg`() throws {
        var phase = try Self.phase(.loggedIn)
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(Self.offer()) }
    }

    @Test func `channel numbers count up, and end any time after they began`() throws {
        var phase = try Self.phase(.usable)
        try phase.permit(Self.begin(1))
        phase.began(ChannelNumber(1), on: .outer, speaksSFTP: false)
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(Self.begin(1)) }
        try phase.permit(Self.end(1))
        phase.ended(ChannelNumber(1))
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(Self.begin(1)) }
        // Refused, and ended by a session that had not read the refusal.
        try phase.permit(Self.begin(2))
        try phase.permit(Self.end(2))
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(Self.end(3)) }
        #expect(phase.openChannels == 0)
    }

    @Test func `files are spoken of on channels that are open and speak sftp`() throws {
        for request in [Self.judge, Self.tell] {
            var phase = try Self.phase(.usable)
            #expect(throws: SessionPhase.Violation.self) { try phase.permit(request(1)) }
            try phase.permit(Self.begin(1))
            #expect(throws: SessionPhase.Violation.self, "not granted yet") { try phase.permit(request(1)) }
            phase.began(ChannelNumber(1), on: .outer, speaksSFTP: true)
            phase.began(ChannelNumber(2), on: .outer, speaksSFTP: false)
            for _ in 0..<1000 { try phase.permit(request(1)) }
            #expect(throws: SessionPhase.Violation.self) { try phase.permit(request(2)) }
            phase.ended(ChannelNumber(1))
            #expect(throws: SessionPhase.Violation.self, "a session tells before it ends the channel") {
                try phase.permit(request(1))
            }
            phase.began(ChannelNumber(3), on: .outer, speaksSFTP: true)
            phase.closed(.outer)
            #expect(throws: SessionPhase.Violation.self) { try phase.permit(request(3)) }
        }
    }

    @Test func `lines are spoken of on channels that are open and guarded`() throws {
        for request in [Self.judgeLine, Self.reportLines] {
            var phase = try Self.phase(.usable)
            try phase.permit(Self.begin(1))
            #expect(throws: SessionPhase.Violation.self, "not granted yet") { try phase.permit(request(1)) }
            phase.began(ChannelNumber(1), on: .outer, speaksSFTP: false, isGuarded: true)
            phase.began(ChannelNumber(2), on: .outer, speaksSFTP: true)
            for _ in 0..<1000 { try phase.permit(request(1)) }
            #expect(throws: SessionPhase.Violation.self) { try phase.permit(request(2)) }
            phase.ended(ChannelNumber(1))
            #expect(throws: SessionPhase.Violation.self, "a session tells before it ends the channel") {
                try phase.permit(request(1))
            }
        }
    }

    @Test func `a process becomes ready once`() throws {
        var phase = SessionPhase()
        try phase.permit(.ready)
        #expect(throws: SessionPhase.Violation.self) { try phase.permit(.ready) }
    }
}
