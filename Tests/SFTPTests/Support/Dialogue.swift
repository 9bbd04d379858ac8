import Testing

@testable import SFTP

/// A client and a target with the gate between them, in words.
final class Dialogue {
    var gate = SFTPGate()
    /// What has come through, all of it.
    private(set) var toTarget: [UInt8] = []
    private(set) var toClient: [UInt8] = []
    private var seenByTarget = 0
    private var seenByClient = 0

    var wantsClient: Bool { gate.wantsClientBytes }
    var question: String? { gate.question?.text }
    var failure: SFTPFailure? { gate.failure }

    /// A session whose beginning is over: version 3, and the target starts in /home/alice.
    static func begun(start: String = "/home/alice") -> Dialogue {
        let dialogue = Dialogue()
        dialogue.client(Packet.initialise())
        dialogue.target(Packet.version())
        let asked = dialogue.targetHears()
        #expect(asked.count == 2, "INIT and REALPATH")
        dialogue.target(Packet.name(Packet.id(of: asked[asked.count - 1]), start))
        _ = dialogue.clientHears()
        return dialogue
    }

    /// The client sends, in pieces if the gate does not take it at once.
    func client(_ bytes: [UInt8]) {
        pump()
        if gate.failure != nil { return }
        gate.receive(fromClient: bytes[...])
        pump()
    }

    func target(_ bytes: [UInt8]) {
        pump()
        gate.receive(fromTarget: bytes[...])
        pump()
    }

    func pump() {
        while true {
            let target = gate.takeToTarget()
            let client = gate.takeToClient()
            toTarget += target
            toClient += client
            if target.isEmpty, client.isEmpty { return }
        }
    }

    /// Answers the question that stands.
    func judge(_ answer: FileAnswer = .allowed(limit: nil)) {
        gate.answer(answer)
        pump()
    }

    /// Allows all that is asked.
    func allowAll() {
        while gate.question != nil { judge() }
    }

    /// The packets that the target got since it was asked last.
    func targetHears() -> [[UInt8]] {
        defer { seenByTarget = toTarget.count }
        return Packet.split(Array(toTarget[seenByTarget...]))
    }

    func clientHears() -> [[UInt8]] {
        defer { seenByClient = toClient.count }
        return Packet.split(Array(toClient[seenByClient...]))
    }

    func events() -> [FileEvent] {
        var all: [FileEvent] = []
        while gate.hasEvents { all += gate.takeEvents(atMost: 64, bytes: 64 * 1024) }
        return all
    }

    /// Opens a file that the target has, everything allowed.
    func open(_ path: String, _ flags: OpenFlags, handle: [UInt8] = [0, 0, 0, 1], id: UInt32 = 1000) {
        client(Packet.open(id, path, flags))
        allowAll()
        target(Packet.handle(id, handle))
        _ = targetHears()
        _ = clientHears()
    }
}

extension FileAccess {
    /// `rename /a /b`, as it is judged.
    var text: String {
        "\(operation) \(String(decoding: path.absolute, as: UTF8.self))"
            + (second.map { " " + String(decoding: $0.absolute, as: UTF8.self) } ?? "")
    }
}

extension FileEvent {
    var text: String { "\(FileAccess(operation: operation, path: path, second: second).text): \(outcome)" }
}
