import OpenSSHKeys
import Testing

@testable import SFTP

/// Whatever a client sends, nothing of it passes that was not judged, and nothing traps.
@Suite struct HostileClientTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let packet: [UInt8]
        let reason: String
        init(_ name: String, _ packet: [UInt8], _ reason: String) {
            testDescription = name
            self.packet = packet
            self.reason = reason
        }
    }

    @Test(arguments: [
        Vector("an empty packet", [0, 0, 0, 0], "of 0 bytes"),
        Vector("a giant packet", [0, 4, 0, 1], "of 262145 bytes"),
        Vector("the largest number", [255, 255, 255, 255, 6], "of 4294967295 bytes"),
        Vector("text", Array("GET / HTTP/1.1\r\n".utf8), "bytes"),
        Vector("type 0", Packet.paths(0, 1, "/"), "only a server sends"),
        Vector("a version", Packet.version(), "only a server sends"),
        Vector("a status", Packet.status(1), "only a server sends"),
        Vector("data", Packet.data(1, [1]), "only a server sends"),
        Vector("an extended reply", Packet.extendedReply(1), "only a server sends"),
        Vector("a second beginning", Packet.initialise(), "a second time"),
        Vector("a request without an id", [0, 0, 0, 1, 16], "malformed"),
        Vector("half an id", [0, 0, 0, 3, 16, 0, 0], "malformed"),
        Vector("a path longer than its packet", [0, 0, 0, 9, 13, 0, 0, 0, 1, 0, 0, 0, 9], "malformed"),
        Vector("something after the path", Packet.paths(13, 1, "/a", "/b"), "malformed"),
        Vector("a handle of 257 bytes", Packet.close(1, [UInt8](repeating: 1, count: 257)), "malformed"),
        Vector("a write with such a handle", Packet.write(1, [UInt8](repeating: 1, count: 257), 0, [1]), "malformed"),
        Vector("flags that nobody knows", Packet.open(1, "/a", OpenFlags(rawValue: 65)), "malformed"),
        Vector("no attributes", Packet.paths(14, 1, "/a"), "malformed"),
        Vector(
            "attributes that nobody knows",
            Packet.packet(9) {
                $0.writeUInt32(1)
                $0.writeText("/a")
                $0.writeUInt32(16)
            }, "malformed"),
        Vector(
            "attributes without end",
            Packet.packet(9) {
                $0.writeUInt32(1)
                $0.writeText("/a")
                $0.writeUInt32(0x8000_0000)
                $0.writeUInt32(.max)
            }, "malformed"),
        Vector("an extension without a name", [0, 0, 0, 5, 200, 0, 0, 0, 1], "malformed"),
        Vector(
            "a write whose data is shorter than its packet",
            Packet.packet(6) {
                $0.writeUInt32(1)
                $0.writeString([7])
                $0.writeUInt64(0)
                $0.writeUInt32(1)
                $0.writeBytes([1, 2])
            }, "malformed"),
        Vector("a write cut off in its head", [0, 0, 0, 6, 6, 0, 0, 0, 1, 0], "malformed"),
        Vector("copy-data without its fields", Packet.extended(1, "copy-data"), "malformed"),
    ]) func `a client that breaks the protocol ends its channel, and is told why`(vector: Vector) {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", [.read, .write], handle: [7])
        dialogue.client(vector.packet + Packet.paths(16, 2, "/"))
        #expect(dialogue.failure?.side == .client)
        #expect(dialogue.failure?.reason.contains(vector.reason) == true, "\(dialogue.failure?.reason ?? "")")
        #expect(dialogue.targetHears().isEmpty)
        #expect(!dialogue.wantsClient)
        // It stays like that.
        dialogue.target(Packet.status(1))
        #expect(dialogue.clientHears().isEmpty)
    }

    @Test func `a write that announces a long handle is not waited for`() {
        let dialogue = Dialogue.begun()
        dialogue.client([0, 3, 0, 0, 6, 0, 0, 0, 1, 0, 2, 0, 0])
        #expect(dialogue.failure?.side == .client)
    }

    @Test func `an id that waits for its answer cannot be used again`() {
        let dialogue = Dialogue.begun()
        dialogue.client(Packet.paths(16, 1, "/"))
        dialogue.client(Packet.paths(16, 1, "/"))
        #expect(dialogue.failure?.reason.contains("the id") == true)
        #expect(dialogue.targetHears().count == 1)
        let later = Dialogue.begun()
        later.client(Packet.paths(16, 1, "/"))
        later.target(Packet.name(1, "/"))
        later.client(Packet.paths(16, 1, "/"))
        #expect(later.failure == nil)
    }

    @Test func `nothing comes before the beginning, and old clients are refused`() {
        let early = Dialogue()
        early.client(Packet.paths(16, 1, "/"))
        #expect(early.failure?.reason == "the client asked before it began")
        for version in 0...2 as ClosedRange<UInt32> {
            let old = Dialogue()
            old.client(Packet.initialise(version))
            #expect(old.failure?.reason.contains("version \(version)") == true)
            #expect(old.targetHears().isEmpty)
        }
    }

    @Test(arguments: [3, 4, 6, .max] as [UInt32]) func `the target hears of version 3 only, and of no extension`(version: UInt32)
    {
        let dialogue = Dialogue()
        dialogue.client(
            Packet.packet(1) {
                $0.writeUInt32(version)
                $0.writeText("versions")
                $0.writeText("3,4,5,6")
            })
        #expect(dialogue.targetHears() == [Packet.initialise(3)])
        #expect(!dialogue.wantsClient, "not before the target has begun")
    }

    @Test func `every prefix of a session is taken, and what waits at its end did not pass`() {
        let script = Packet.initialise() + Packet.open(1, "/secret/a", .read) + Packet.paths(18, 2, "/a", "/b")
        for length in 0...script.count {
            let theatre = Theatre { _ in 7 }
            theatre.play([Array(script.prefix(length))])
            let whole = Packet.split(script).reduce(into: (0, 0)) {
                if $0.0 + $1.count <= length { $0 = ($0.0 + $1.count, $0.1 + 1) }
            }.1
            // INIT and REALPATH of our own, and the rename; never the open.
            #expect(Packet.split(theatre.toTarget).count == [0, 2, 2, 3][whole])
        }
    }

    @Test(arguments: 0..<300 as Range<UInt64>) func `bytes that are changed do not trap, and only whole packets pass`(
        seed: UInt64
    ) {
        var generator = SeededGenerator(seed: seed)
        var script = StreamTests.script
        let act = script.indices.randomElement(using: &generator) ?? 0
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            // The beginning of packets is where it matters; much of the script is content.
            let index =
                generator.chance(1, in: 2)
                ? Int.random(in: 0..<20, using: &generator) : script[act].indices.randomElement(using: &generator) ?? 0
            script[act][index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        }
        let theatre = Theatre { min($0, Int.random(in: 1...4000, using: &generator)) }
        theatre.play(script)
        #expect(theatre.failure != nil, "at the latest the end")
    }

    @Test(arguments: 0..<200 as Range<UInt64>) func `random packets do not trap`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var script = Packet.initialise()
        for _ in 0..<200 {
            let type =
                generator.chance(1, in: 8)
                ? UInt8.random(in: 0...255, using: &generator) : UInt8.random(in: 3...20, using: &generator)
            let handle: [UInt8] = [0, 0, 0, UInt8.random(in: 0...3, using: &generator)]
            let id = UInt32.random(in: 0...500, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: script += Packet.open(id, "/tmp/link", OpenFlags(rawValue: UInt32.random(in: 0..<64, using: &generator)))
            case 1: script += Packet.write(id, handle, UInt64.random(in: 0...50, using: &generator), [1, 2, 3])
            case 2: script += Packet.read(id, handle, UInt64.random(in: 0...80_000, using: &generator), 1000)
            case 3: script += Packet.handle([4, 8, 12].randomElement(using: &generator) ?? 4, id, handle)
            case 4: script += Packet.paths([7, 11, 13, 15, 16, 17].randomElement(using: &generator) ?? 7, id, "/tmp/link/x")
            default: if generator.chance(1, in: 20) { script += Packet.paths(type, id, "x") }
            }
        }
        let theatre = Theatre { min($0, Int.random(in: 1...4000, using: &generator)) }
        theatre.play([script])
        #expect(theatre.failure != nil)
    }
}
