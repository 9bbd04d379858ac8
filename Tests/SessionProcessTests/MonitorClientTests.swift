import MonitorProtocol
import Testing

@testable import SessionProcess

@Suite struct `The session's end of the conversation with the monitor` {
    private let client: MonitorClient
    private let monitor: MessageSocket

    init() throws {
        let ends = try MessageSocket.pair()
        client = MonitorClient(MessageSocket(ends.theirs))
        monitor = ends.ours
    }

    /// As the monitor does: in whatever order, with the number of the request.
    private func answer(_ number: UInt32, _ reply: MonitorReply = .accepted) throws {
        try monitor.send(reply.encoded(number: number))
    }

    @Test func `an answer that another question took from the socket is handed out, and nothing more is expected there`() throws {
        var closed = 0
        try client.ask(.closeLeg(Leg(1))) { _ in closed += 1 }
        // The loop finds the socket readable for this one. Before it reads, a callback asks and waits, and reads both.
        try answer(1)
        try answer(2)
        _ = try client.ask(.openTunnel(OpenTunnel(leg: Leg(2), host: "web1", port: 22)))
        #expect(closed == 0, "nothing else happens while one waits")
        #expect(client.hasEarlyAnswers)
        #expect(try client.dispatch() == nil)
        #expect(closed == 1)
        #expect(!client.hasEarlyAnswers)
    }

    @Test func `what the poll announced may be gone when the loop comes to read it`() throws {
        try answer(1)
        _ = try client.ask(.openTunnel(OpenTunnel(leg: Leg(1), host: "web1", port: 22)))
        #expect(try client.dispatch() == nil)
    }

    @Test func `answers come in any order, early ones and new ones`() throws {
        var order: [UInt32] = []
        for number: UInt32 in 1...3 { try client.ask(.closeLeg(Leg(number))) { _ in order.append(number) } }
        for number: UInt32 in [3, 4, 2] { try answer(number) }
        _ = try client.ask(.openTunnel(OpenTunnel(leg: Leg(4), host: "web1", port: 22)))
        _ = try client.dispatch()
        #expect(order == [3, 2])
        try answer(1)
        _ = try client.dispatch()
        #expect(order == [3, 2, 1])
    }

    @Test func `the end that the monitor orders while another answer is waited for is heard of afterwards`() throws {
        let end = Refusal(message: "Killed.", exitStatus: Refusal.failedStatus)
        try answer(0, .terminate(end))
        try answer(1)
        _ = try client.ask(.openTunnel(OpenTunnel(leg: Leg(1), host: "web1", port: 22)))
        #expect(try client.dispatch() == end)
    }

    @Test func `an answer to what was not asked, and the monitor's end, end the session`() throws {
        try answer(7)
        #expect(throws: MonitorClient.Failure.self) { try client.dispatch() }
        let ends = try MessageSocket.pair()
        let orphan = MonitorClient(ends.ours)
        dropped(ends.theirs)
        #expect(throws: MonitorClient.Failure.self) { try orphan.dispatch() }
    }

    private func dropped(_ descriptor: consuming OwnedDescriptor) {}
}
