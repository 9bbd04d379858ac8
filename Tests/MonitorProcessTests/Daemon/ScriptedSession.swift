import Foundation
import MonitorProtocol
import OpenSSHKeys

/// A session process played by a test: it has the process's end of the monitor's socket, and the process itself as a puppet.
final class ScriptedSession {
    let pid: pid_t
    /// What the daemon gave the program.
    let arguments: String
    var briefing: ConnectionBriefing?
    /// The daemon and the client live as long as the session.
    var others: [AnyObject] = []
    private let puppet: FramedSocket
    private var socket: MessageSocket?
    private var lastNumber: UInt32 = 0
    /// The descriptors beside the last reply.
    private(set) var descriptors: [ClientEnd] = []

    init(_ control: consuming OwnedDescriptor) throws {
        puppet = FramedSocket(control)
        guard var hello = try puppet.receive(timeoutMilliseconds: 20_000), let monitor = hello.takeDescriptor() else {
            throw RunningDaemon.Failure(description: "the fake session did not say hello")
        }
        let words = String(decoding: hello.bytes, as: UTF8.self).split(separator: " ", maxSplits: 1).map(String.init)
        pid = pid_t(words[0]) ?? -1
        arguments = words.count > 1 ? words[1] : ""
        socket = MessageSocket(monitor)
    }

    // MARK: As the process

    private var monitor: MessageSocket {
        get throws {
            guard let socket else { throw RunningDaemon.Failure(description: "the socket was let go") }
            return socket
        }
    }

    /// Closes the monitor's socket, as a process that ends does.
    func letGo() {
        socket = nil
        descriptors = []
    }

    func send(_ request: SessionRequest) throws -> UInt32 {
        lastNumber += 1
        try monitor.send(request.encoded(number: lastNumber))
        return lastNumber
    }

    func send(bytes: [UInt8], descriptors: [Int32] = []) throws { try monitor.send(bytes, descriptors: descriptors) }

    func receive() throws -> (number: UInt32, reply: MonitorReply) {
        guard var message = try monitor.receive(timeoutMilliseconds: 20_000) else {
            throw RunningDaemon.Failure(description: "the monitor closed the connection")
        }
        descriptors = []
        while let descriptor = message.takeDescriptor() { descriptors.append(ClientEnd(descriptor)) }
        let (number, reply) = try MonitorReply.decode(message.bytes)
        return (number, reply)
    }

    /// False when nothing comes in time; true also when the monitor has gone.
    func waitForReply(milliseconds: Int32) throws -> Bool {
        try !waitForReadiness(of: [(monitor.descriptorNumber, .readable)], timeoutMilliseconds: milliseconds)[0].isEmpty
    }

    func ask(_ request: SessionRequest) throws -> MonitorReply {
        let number = try send(request)
        let answer = try receive()
        guard answer.number == number else { throw RunningDaemon.Failure(description: "answer \(answer) to request \(number)") }
        return answer.reply
    }

    func offer(_ certificate: Certificate, as userName: String, leg: UInt32 = 0, isProven: Bool = true) throws -> MonitorReply {
        try ask(
            .offeredCertificate(
                OfferedCertificate(leg: Leg(leg), userName: userName, certificate: certificate.blob, isProven: isProven)))
    }

    func route(to target: String = "web1", as login: String = "root", leg: UInt32 = 0) throws -> MonitorReply {
        try ask(.route(RouteRequest(leg: Leg(leg), target: target, login: login)))
    }

    func begin(
        _ channel: UInt32, _ kind: ChannelKind = .exec, command: String = "uptime", terminal: TerminalRequest? = nil,
        leg: UInt32 = 0
    ) throws -> MonitorReply {
        try ask(
            .beginChannel(
                BeginChannel(
                    leg: Leg(leg), channel: ChannelNumber(channel), kind: kind, command: Array(command.utf8), terminal: terminal))
        )
    }

    /// Routes the leg, takes it for logged in.
    func reach(_ target: String = "web1", as login: String = "root", leg: UInt32 = 0) throws {
        let reply = try route(to: target, as: login, leg: leg)
        guard case .route = reply else { throw RunningDaemon.Failure(description: "\(reply)") }
        _ = try ask(.upstreamResult(UpstreamResult(leg: Leg(leg), outcome: .loggedIn, detail: "")))
    }

    // MARK: As the puppet

    func tell(_ words: String) throws { try puppet.send(Array(words.utf8)) }

    func openDescriptors() throws -> String {
        try tell("descriptors")
        return String(decoding: try puppet.receive(timeoutMilliseconds: 20_000)?.bytes ?? [], as: UTF8.self)
    }

    /// Waits until the process is gone: nothing of the puppet's end is left open.
    func waitUntilKilled() throws {
        guard try puppet.receive(timeoutMilliseconds: 20_000) == nil else {
            throw RunningDaemon.Failure(description: "the fake session speaks instead of dying")
        }
    }
}
