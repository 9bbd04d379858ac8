import OpenSSHKeys
import Testing

@testable import SFTP

/// Where a path leads is the target's to say; each test is what the gate asks and what it makes of the answers.
@Suite struct ResolutionTests {
    enum Reply: Sendable {
        case name(String)
        case status(StatusCode)
        case attributes
    }

    /// One question of the gate to the target and the answer: `REALPATH /x`, `LSTAT /x`.
    struct Exchange: Sendable {
        let asked: String
        let reply: Reply
        init(_ asked: String, _ reply: Reply) {
            self.asked = asked
            self.reply = reply
        }
    }

    struct Vector: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let packet: [UInt8]
        let exchanges: [Exchange]
        /// As it is judged again; nil: the client gets an answer of ours.
        let resolved: [String]?
    }

    static let vectors: [Vector] = [
        Vector(
            testDescription: "a file is resolved whole", packet: Packet.open(1, "x/../link/f", .read),
            exchanges: [Exchange("REALPATH x/../link/f", .name("/etc/f"))], resolved: ["/etc/f"]),
        Vector(
            testDescription: "what acts on a link is resolved by its folder", packet: Packet.paths(13, 1, "link/f"),
            exchanges: [Exchange("REALPATH link/", .name("/etc"))], resolved: ["/etc/f"]),
        Vector(
            testDescription: "in the start folder", packet: Packet.paths(13, 1, "f"),
            exchanges: [Exchange("REALPATH .", .name("/data/alice"))], resolved: ["/data/alice/f"]),
        Vector(
            testDescription: "in the root", packet: Packet.paths(7, 1, "/f"), exchanges: [Exchange("REALPATH /", .name("/"))],
            resolved: ["/f"]),
        Vector(
            testDescription: "a slash at the end follows the link", packet: Packet.paths(7, 1, "/tmp/link/"),
            exchanges: [Exchange("REALPATH /tmp/link/", .name("/etc"))], resolved: ["/etc"]),
        Vector(
            testDescription: "so does the parent at the end", packet: Packet.paths(15, 1, "/tmp/link/.."),
            exchanges: [Exchange("REALPATH /tmp/link/..", .name("/"))], resolved: ["/"]),
        Vector(
            testDescription: "both names of a rename", packet: Packet.paths(18, 1, "a/x", "b/y"),
            exchanges: [Exchange("REALPATH a/", .name("/1")), Exchange("REALPATH b/", .name("/2"))], resolved: ["/1/x", "/2/y"]),
        Vector(
            testDescription: "a new file on a server that resolves only what is there",
            packet: Packet.open(1, "/tmp/l/new", [.write, .create]),
            exchanges: [
                Exchange("REALPATH /tmp/l/new", .status(.noSuchFile)), Exchange("REALPATH /tmp/l/", .name("/etc")),
                Exchange("LSTAT /tmp/l/new", .status(.noSuchFile)),
            ], resolved: ["/etc/new"]),
        Vector(
            testDescription: "a link that leads nowhere is not a new file", packet: Packet.open(1, "/tmp/l", [.write, .create]),
            exchanges: [
                Exchange("REALPATH /tmp/l", .status(.noSuchFile)), Exchange("REALPATH /tmp/", .name("/tmp")),
                Exchange("LSTAT /tmp/l", .attributes),
            ], resolved: nil),
        Vector(
            testDescription: "a folder that is not there", packet: Packet.open(1, "/nowhere/f", .read),
            exchanges: [
                Exchange("REALPATH /nowhere/f", .status(.noSuchFile)), Exchange("REALPATH /nowhere/", .status(.noSuchFile)),
            ], resolved: nil),
        Vector(
            testDescription: "no folder to act in", packet: Packet.paths(13, 1, "/nowhere/f"),
            exchanges: [Exchange("REALPATH /nowhere/", .status(.permissionDenied))], resolved: nil),
        Vector(
            testDescription: "a target that answers nonsense", packet: Packet.paths(13, 1, "/x/f"),
            exchanges: [Exchange("REALPATH /x/", .name("relative"))], resolved: nil),
        Vector(
            testDescription: "a target that answers with a NUL", packet: Packet.paths(17, 1, "/x"),
            exchanges: [Exchange("REALPATH /x", .name("/x\0y"))], resolved: nil),
        Vector(
            testDescription: "a target that answers without end", packet: Packet.paths(17, 1, "/x"),
            exchanges: [
                Exchange("REALPATH /x", .name("/" + String(repeating: "y", count: 4096))),
                Exchange("REALPATH /", .status(.failure)),
            ], resolved: nil),
        Vector(
            testDescription: "where a link leads is resolved from its folder on", packet: Packet.paths(20, 1, "../t", "d/link"),
            exchanges: [Exchange("REALPATH d/", .name("/data/d")), Exchange("REALPATH d/../t", .name("/data/t"))],
            resolved: ["/data/d/link", "/data/t"]),
        Vector(
            testDescription: "a link may lead to what is not there", packet: Packet.paths(20, 1, "/no/t", "d/link"),
            exchanges: [
                Exchange("REALPATH d/", .name("/data/d")), Exchange("REALPATH /no/t", .status(.noSuchFile)),
                Exchange("REALPATH /no/", .status(.noSuchFile)),
            ], resolved: ["/data/d/link", "/no/t"]),
    ]

    @Test(arguments: vectors) func `resolving asks the target and then the judge again`(vector: Vector) throws {
        let dialogue = Dialogue.begun()
        dialogue.client(vector.packet)
        dialogue.judge(.resolve)
        for exchange in vector.exchanges {
            #expect(dialogue.question == nil)
            let packet = try #require(dialogue.targetHears().only, "\(exchange.asked)")
            var reader = WireReader(packet.dropFirst(9))
            #expect("\(packet[4] == 16 ? "REALPATH" : "LSTAT") \(try reader.readText())" == exchange.asked)
            let id = Packet.id(of: packet)
            #expect(id != 1)
            switch exchange.reply {
            case .name(let name): dialogue.target(Packet.name(id, name))
            case .status(let code): dialogue.target(Packet.status(id, code))
            case .attributes: dialogue.target(Packet.attributes(id, size: nil))
            }
        }
        let heard = dialogue.clientHears()
        let question = dialogue.gate.question
        #expect(
            question.map {
                [$0.path.resolved, $0.second.flatMap(\.resolved)].compactMap { $0 }.map { String(decoding: $0, as: UTF8.self) }
            } == vector.resolved)
        if vector.resolved == nil {
            #expect(heard.count == 1, "the client has the answer that the target would have given")
            #expect(dialogue.targetHears().isEmpty)
        } else {
            #expect(heard.isEmpty, "the client sees nothing of it")
            dialogue.allowAll()
            #expect(dialogue.targetHears() == [vector.packet])
        }
        #expect(dialogue.failure == nil)
    }

    @Test func `both accesses of one path are resolved once`() {
        let dialogue = Dialogue.begun()
        dialogue.client(Packet.open(1, "f", [.read, .write]))
        dialogue.judge(.resolve)
        dialogue.target(Packet.name(Packet.id(of: dialogue.targetHears()[0]), "/data/f"))
        dialogue.judge()
        #expect(dialogue.gate.question?.operation == .write)
        #expect(dialogue.gate.question?.path.resolved == Array("/data/f".utf8))
    }

    @Test func `who cannot decide about a resolved path refuses`() {
        let dialogue = Dialogue.begun()
        dialogue.client(Packet.paths(17, 1, "f"))
        dialogue.judge(.resolve)
        dialogue.target(Packet.name(Packet.id(of: dialogue.targetHears()[0]), "/data/f"))
        dialogue.judge(.resolve)
        #expect(dialogue.clientHears().first.flatMap { Packet.status(in: $0)?.code } == .permissionDenied)
    }

    @Test func `an event says where the path led`() {
        let dialogue = Dialogue.begun()
        dialogue.client(Packet.open(1, "f", .read))
        dialogue.judge(.resolve)
        dialogue.target(Packet.name(Packet.id(of: dialogue.targetHears()[0]), "/data/f"))
        dialogue.judge()
        dialogue.target(Packet.handle(1, [3]))
        dialogue.client(Packet.close(2, [3]))
        dialogue.target(Packet.status(2))
        #expect(dialogue.events().first?.path.resolved == Array("/data/f".utf8))
    }

    @Test func `known limit: what a path leads to is as it was when it was resolved`() {
        let dialogue = Dialogue.begun()
        dialogue.client(Packet.open(1, "/tmp/f", [.write]))
        dialogue.judge(.resolve)
        dialogue.target(Packet.name(Packet.id(of: dialogue.targetHears()[0]), "/tmp/f"))
        dialogue.judge()
        // Whatever /tmp/f is by now, the target opens it.
        #expect(dialogue.targetHears() == [Packet.open(1, "/tmp/f", [.write])])
    }

    @Test func `known limit: a server that keeps to the draft makes the link the other way round`() {
        let dialogue = Dialogue.begun()
        dialogue.client(Packet.paths(20, 1, "/by/the/draft/the/link", "/by/the/draft/its/end"))
        #expect(dialogue.question == "symlink /by/the/draft/its/end /by/the/draft/the/link", "both paths are judged all the same")
    }

    @Test func `an own request never has an id of the client`() {
        let dialogue = Dialogue.begun()
        for id in [UInt32.max, UInt32.max - 1] { dialogue.client(Packet.paths(16, id, "/")) }
        dialogue.client(Packet.paths(17, .max - 2, "f"))
        _ = dialogue.targetHears()
        dialogue.judge(.resolve)
        let own = Packet.id(of: dialogue.targetHears()[0])
        #expect(own < .max - 1)
        // The client's own answers still arrive.
        dialogue.target(Packet.name(.max, "/"))
        #expect(dialogue.clientHears() == [Packet.name(.max, "/")])
    }

    @Test func `a target that does not say where it starts gets absolute paths only`() {
        let dialogue = Dialogue()
        dialogue.client(Packet.initialise())
        dialogue.target(Packet.version())
        dialogue.target(Packet.status(Packet.id(of: dialogue.targetHears()[1]), .failure))
        dialogue.client(Packet.paths(17, 1, "f"))
        #expect(dialogue.question == nil)
        dialogue.client(Packet.paths(17, 2, "/f"))
        #expect(dialogue.question == "stat /f")
    }
}

extension Array {
    fileprivate var only: Element? { count == 1 ? self[0] : nil }
}
