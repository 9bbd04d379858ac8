import OpenSSHKeys
import Testing

@testable import SFTP

/// A target that answers wrongly ends the channel before the client hears it.
@Suite struct HostileTargetTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reply: [UInt8]
        let reason: String
        init(_ name: String, _ reply: [UInt8], _ reason: String) {
            testDescription = name
            self.reply = reply
            self.reason = reason
        }
    }

    /// A session in which everything is asked: 1 realpath, 2 open, 3 read of 10 bytes at 0, 4 write, 5 stat, 6 statvfs, 7 close.
    private static func asking() -> Dialogue {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", [.read, .write], handle: [1])
        dialogue.open("/d", [.read, .write], handle: [2], id: 1001)
        dialogue.client(Packet.paths(16, 1, "/") + Packet.open(2, "/g", .read))
        dialogue.allowAll()
        dialogue.client(Packet.read(3, [1], 0, 10) + Packet.write(4, [1], 0, [1]) + Packet.paths(17, 5, "/f"))
        dialogue.allowAll()
        dialogue.client(Packet.extended(6, "statvfs@openssh.com") { $0.writeText("/") } + Packet.close(7, [2]))
        return dialogue
    }

    @Test(arguments: [
        Vector("an id that was not asked", Packet.status(99), "not asked"),
        Vector("data for an id that was not asked", Packet.data(99, [1]), "not asked"),
        Vector("a name for open", Packet.name(2, "/"), "open by a reply of type 104"),
        Vector("data for open", Packet.data(2, [1]), "open"),
        Vector("a handle for read", Packet.handle(3, [9]), "read"),
        Vector("a handle for write", Packet.handle(4, [9]), "write"),
        Vector("data for stat", Packet.data(5, [1]), "a request"),
        Vector("attributes for realpath", Packet.attributes(1, size: 1), "a request"),
        Vector("attributes for statvfs", Packet.attributes(6, size: 1), "a request"),
        Vector("a handle for close", Packet.handle(7, [1]), "close"),
        Vector("a request", Packet.read(3, [1], 0, 1), "type 5"),
        Vector("a type that does not exist", Packet.handle(77, 3, [1]), "type 77"),
        Vector("a second version", Packet.version(), "a second time"),
        Vector("more data than asked for", Packet.data(3, [UInt8](repeating: 1, count: 11)), "other data"),
        Vector(
            "data longer than its packet",
            Packet.packet(103) {
                $0.writeUInt32(3)
                $0.writeUInt32(5)
                $0.writeBytes([1])
            }, "other data"),
        Vector(
            "a packet longer than its data",
            Packet.packet(103) {
                $0.writeUInt32(3)
                $0.writeString([1])
                $0.writeByte(1)
            }, "other data"),
        Vector("a handle that is in use", Packet.handle(2, [1]), "in use"),
        Vector("a handle of 257 bytes", Packet.handle(2, [UInt8](repeating: 1, count: 257)), "malformed handle"),
        Vector("a handle longer than its packet", [0, 0, 0, 9, 102, 0, 0, 0, 2, 0, 0, 0, 5], "malformed handle"),
        Vector("a handle without a length", [0, 0, 0, 7, 102, 0, 0, 0, 2, 0, 0], "malformed handle"),
        Vector("a status without a code", [0, 0, 0, 7, 101, 0, 0, 0, 4, 0, 0], "without a code"),
        Vector("no id", [0, 0, 0, 3, 101, 0, 0], "without an id"),
        Vector("an empty packet", [0, 0, 0, 0], "of 0 bytes"),
        Vector("a giant packet", [0, 4, 0, 1, 103], "of 262145 bytes"),
        Vector("what a login script prints", Array("Hello, this is web1\n".utf8), "does not speak sftp"),
    ]) func `a wrong reply ends the channel, and the client does not hear it`(vector: Vector) {
        let dialogue = Self.asking()
        dialogue.target(vector.reply + Packet.status(4))
        #expect(dialogue.failure?.side == .target)
        #expect(dialogue.failure?.reason.contains(vector.reason) == true, "\(dialogue.failure?.reason ?? "")")
        #expect(dialogue.clientHears().isEmpty)
    }

    @Test func `right replies pass, in any order, and a status is right for everything`() {
        let replies: [[UInt8]] = [
            Packet.status(7), Packet.extendedReply(6), Packet.attributes(5, size: 3), Packet.status(4), Packet.data(3, [1, 2]),
            Packet.handle(2, [2]), Packet.name(1, "/"),
        ]
        let dialogue = Self.asking()
        dialogue.target(replies.flatMap { $0 })
        #expect(dialogue.failure == nil)
        #expect(dialogue.clientHears() == replies)
        let refusing = Self.asking()
        refusing.target((1...7 as ClosedRange<UInt32>).flatMap { Packet.status($0, .failure) })
        #expect(refusing.failure == nil)
        #expect(refusing.clientHears().count == 7)
    }

    @Test func `no reply comes twice`() {
        let dialogue = Self.asking()
        dialogue.target(Packet.status(4) + Packet.status(4))
        #expect(dialogue.failure?.side == .target)
        #expect(dialogue.clientHears() == [Packet.status(4)])
    }

    @Test(arguments: [0, 1, 2, 4, 6, .max] as [UInt32]) func `another version than 3 is not understood`(version: UInt32) {
        let dialogue = Dialogue()
        dialogue.client(Packet.initialise(6))
        dialogue.target(Packet.version(version))
        #expect(dialogue.failure?.reason.contains("version \(version)") == true)
        #expect(dialogue.toClient.isEmpty)
    }

    @Test func `the client learns of no extension that would be refused`() {
        let dialogue = Dialogue()
        dialogue.client(Packet.initialise())
        dialogue.target(
            Packet.version(
                3, [("posix-rename@openssh.com", "1"), ("rm-rf@example.com", "1"), ("limits@openssh.com", "1"), ("", "")]))
        #expect(dialogue.clientHears() == [Packet.version(3, [("posix-rename@openssh.com", "1"), ("limits@openssh.com", "1")])])
        let endless = Dialogue()
        endless.client(Packet.initialise())
        endless.target(Packet.version(3, [("x", String(repeating: "y", count: 40_000))]))
        #expect(endless.failure?.side == .target)
    }

    @Test func `a target that speaks first is not listened to`() {
        let dialogue = Dialogue()
        dialogue.target(Packet.status(1))
        #expect(dialogue.failure?.side == .target)
        let version = Dialogue()
        version.target(Packet.version())
        #expect(version.failure?.side == .target)
    }

    @Test func `names without end pass without being kept`() {
        let dialogue = Dialogue.begun()
        dialogue.client(Packet.paths(11, 1, "/"))
        dialogue.allowAll()
        dialogue.target(Packet.handle(1, [1]))
        let flood = Packet.packet(104) {
            $0.writeUInt32(2)
            $0.writeUInt32(.max)
            $0.writeBytes([UInt8](repeating: 255, count: 250_000))
        }
        _ = dialogue.clientHears()
        dialogue.client(Packet.handle(12, 2, [1]))
        for start in stride(from: 0, to: flood.count, by: 10_000) { dialogue.target(Array(flood[start...].prefix(10_000))) }
        #expect(dialogue.clientHears() == [flood])
    }

    @Test func `handles that take too much room end the channel`() {
        let dialogue = Dialogue.begun()
        var count: UInt32 = 0
        while dialogue.failure == nil, count < 5000 {
            dialogue.client(Packet.open(count, "/f", .read))
            dialogue.judge()
            dialogue.target(Packet.handle(count, [UInt8(count >> 8), UInt8(count & 0xFF)] + [UInt8](repeating: 1, count: 254)))
            count += 1
        }
        #expect(count == 1025)
        #expect(dialogue.failure?.side == .target)
    }

    @Test func `replies that never come let nothing grow`() {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", .write, handle: [1])
        var id: UInt32 = 0
        while dialogue.wantsClient {
            dialogue.client(Packet.write(id, [1], UInt64(id) * 1000, [UInt8](repeating: 1, count: 1000)))
            id += 1
        }
        #expect(id == UInt32(SFTPLimit.outstanding))
    }

    @Test func `a target that does not answer our own question holds the request up and nothing else`() {
        let dialogue = Dialogue.begun()
        dialogue.client(Packet.paths(16, 1, "/") + Packet.paths(17, 2, "/x"))
        dialogue.judge(.resolve)
        dialogue.target(Packet.name(1, "/"))
        #expect(dialogue.clientHears().count == 1)
        #expect(!dialogue.wantsClient)
        dialogue.gate.finish()
        #expect(dialogue.events().map(\.text) == ["stat /x: unfinished"])
    }

    @Test func `a wrong reply to our own question ends the channel`() {
        let dialogue = Dialogue.begun()
        dialogue.client(Packet.paths(17, 2, "/x"))
        dialogue.judge(.resolve)
        dialogue.target(Packet.handle(Packet.id(of: dialogue.targetHears()[0]), [1]))
        #expect(dialogue.failure?.side == .target)
    }

    @Test(arguments: 0..<300 as Range<UInt64>) func `bytes that are changed do not trap`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let dialogue = Self.asking()
        var replies =
            Packet.extendedReply(6) + Packet.attributes(5, size: 3) + Packet.status(4) + Packet.data(3, [1, 2])
            + Packet.handle(2, [2])
            + Packet.name(1, "/")
        replies[replies.indices.randomElement(using: &generator) ?? 0] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        var rest = replies[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...20, using: &generator))
            dialogue.target(Array(piece))
            rest = rest.dropFirst(piece.count)
        }
        dialogue.gate.finish()
        #expect(dialogue.events().count >= 3)
    }
}
