import Testing

@testable import SFTP

/// Sizes that a rule limits, and what the gate limits itself.
@Suite struct LimitTests {
    static let limit = SizeLimit(bytes: 100, refusal: "rule small-files: at most 100 bytes")
    static let handle: [UInt8] = [7]

    private static func opened(_ flags: OpenFlags) -> Dialogue {
        let dialogue = Dialogue.begun()
        dialogue.client(Packet.open(1, "/f", flags))
        while dialogue.gate.question != nil { dialogue.judge(.allowed(limit: limit)) }
        dialogue.target(Packet.handle(1, handle))
        _ = dialogue.targetHears()
        _ = dialogue.clientHears()
        return dialogue
    }

    @Test func `a write past the limit is refused, the ones before are not, and the handle can be closed`() {
        let dialogue = Self.opened([.write, .create, .truncate])
        dialogue.client(Packet.write(2, Self.handle, 0, [UInt8](repeating: 1, count: 100)))
        dialogue.client(Packet.write(3, Self.handle, 100, [1]) + Packet.write(4, Self.handle, .max, [1, 2]))
        #expect(dialogue.targetHears().count == 1)
        dialogue.target(Packet.status(2))
        let heard = dialogue.clientHears()
        #expect(heard.contains(Packet.status(3, .permissionDenied, Self.limit.refusal)))
        #expect(heard.contains(Packet.status(4, .permissionDenied, Self.limit.refusal)))
        dialogue.client(Packet.close(5, Self.handle))
        dialogue.target(Packet.status(5))
        let event = dialogue.events().last
        #expect(event?.outcome == .refused(reason: Self.limit.refusal))
        #expect(event?.bytesWritten == 100)
        #expect(event?.digest == .partial)
    }

    @Test func `data past the limit does not reach the client, whose request is refused`() {
        let dialogue = Self.opened(.read)
        dialogue.client(
            Packet.read(2, Self.handle, 0, 60) + Packet.read(3, Self.handle, 60, 60) + Packet.read(4, Self.handle, 90, 60))
        dialogue.target(Packet.data(2, [UInt8](repeating: 1, count: 60)))
        dialogue.target(Packet.data(3, [UInt8](repeating: 1, count: 41)) + Packet.data(4, [UInt8](repeating: 1, count: 10)))
        let heard = dialogue.clientHears()
        #expect(heard.map { $0[4] } == [103, 103, 101], "a read that ends at the limit is whole")
        #expect(heard.last == Packet.status(3, .permissionDenied, Self.limit.refusal))
        dialogue.client(Packet.close(5, Self.handle))
        dialogue.target(Packet.status(5))
        #expect(dialogue.events().last?.bytesRead == 70)
    }

    @Test func `a size over the limit cannot be set`() {
        let opened = Self.opened([.write])
        opened.client(Packet.setHandleStatus(2, Self.handle, size: 101))
        #expect(opened.clientHears() == [Packet.status(2, .permissionDenied, Self.limit.refusal)])
        let dialogue = Dialogue.begun()
        dialogue.client(Packet.setStatus(1, "/f", size: 101))
        dialogue.judge()
        dialogue.judge(.allowed(limit: Self.limit))
        #expect(dialogue.clientHears() == [Packet.status(1, .permissionDenied, Self.limit.refusal)])
        #expect(dialogue.targetHears().isEmpty)
    }

    @Test func `copy-data without a length is refused where there is a limit`() {
        let dialogue = Self.opened([.read, .write])
        dialogue.client(Packet.copyData(2, from: Self.handle, length: 0, to: Self.handle))
        dialogue.client(Packet.copyData(3, from: Self.handle, length: 101, to: Self.handle))
        dialogue.client(Packet.copyData(4, from: Self.handle, .max, length: .max, to: Self.handle))
        #expect(dialogue.targetHears().isEmpty)
        dialogue.client(Packet.copyData(5, from: Self.handle, length: 50, to: Self.handle, at: 50))
        #expect(dialogue.targetHears().count == 1)
    }

    @Test func `appending counts from zero`() {
        let dialogue = Self.opened([.write, .append])
        dialogue.client(Packet.write(2, Self.handle, 0, [UInt8](repeating: 1, count: 60)))
        dialogue.client(Packet.write(3, Self.handle, 0, [UInt8](repeating: 1, count: 41)))
        #expect(dialogue.targetHears().count == 1, "known limit: what was in the file before is not counted")
    }

    @Test func `handles are for what they were opened for`() {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", .read, handle: [1])
        dialogue.open("/g", .write, handle: [2])
        for packet in [
            Packet.write(1, [1], 0, [1]), Packet.read(1, [2], 0, 1), Packet.handle(12, 1, [1]), Packet.read(1, [3], 0, 1),
            Packet.write(1, [3], 0, [1]), Packet.close(1, [3]), Packet.handle(8, 1, []),
            Packet.copyData(1, from: [2], length: 1, to: [1]),
            Packet.setHandleStatus(1, [3]),
        ] {
            dialogue.client(packet)
            #expect(dialogue.targetHears().isEmpty)
            #expect(dialogue.clientHears().first.flatMap { Packet.status(in: $0)?.code } == .failure)
        }
    }

    @Test func `a handle is gone when closing it was asked for, not when that is answered`() {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", .read, handle: [1])
        dialogue.client(Packet.close(1, [1]) + Packet.read(2, [1], 0, 1))
        #expect(dialogue.targetHears() == [Packet.close(1, [1])])
        // The target may give it out anew at once.
        dialogue.client(Packet.open(3, "/g", .read))
        dialogue.judge()
        dialogue.target(Packet.handle(3, [1]) + Packet.status(1))
        #expect(dialogue.failure == nil)
        #expect(dialogue.events().map(\.text) == ["read /f: ok"])
    }

    // MARK: The gate's own

    @Test func `the client is not read while too many requests have no answer`() {
        let dialogue = Dialogue.begun()
        for id in 0..<UInt32(SFTPLimit.outstanding) {
            #expect(dialogue.wantsClient)
            dialogue.client(Packet.paths(16, id, "/"))
        }
        #expect(!dialogue.wantsClient)
        dialogue.target(Packet.name(0, "/"))
        #expect(dialogue.wantsClient)
    }

    @Test func `a packet that has begun to pass is read to its end all the same`() {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", .write, handle: [1], id: UInt32.max - 5)
        for id in 1..<UInt32(SFTPLimit.outstanding) { dialogue.client(Packet.paths(16, id, "/")) }
        let packet = Packet.write(0, [1], 0, [UInt8](repeating: 1, count: 1000))
        dialogue.client(Array(packet.prefix(500)))
        #expect(dialogue.wantsClient)
        dialogue.client(Array(packet.dropFirst(500)))
        #expect(!dialogue.wantsClient)
    }

    @Test func `requests with long names take their room from the same table`() {
        let dialogue = Dialogue.begun()
        let path = "/" + String(repeating: "x", count: 4000)
        var count: UInt32 = 0
        while dialogue.wantsClient {
            dialogue.client(Packet.paths(17, count, path))
            dialogue.judge()
            count += 1
        }
        #expect(count == 33)
    }

    @Test func `one handle too many is refused`() {
        let dialogue = Dialogue.begun()
        for id in 0..<UInt32(SFTPLimit.handles) {
            dialogue.client(Packet.open(id, "/f", .read))
            dialogue.judge()
            dialogue.target(Packet.handle(id, [UInt8(id >> 8), UInt8(id & 0xFF)]))
        }
        _ = dialogue.clientHears()
        dialogue.client(Packet.open(1, "/f", .read))
        dialogue.judge()
        #expect(dialogue.clientHears().first.flatMap { Packet.status(in: $0)?.code } == .failure)
        dialogue.client(Packet.close(2, [0, 0]))
        dialogue.client(Packet.open(3, "/f", .read))
        dialogue.judge()
        dialogue.target(Packet.status(2) + Packet.handle(3, [0, 0]))
        #expect(dialogue.failure == nil)
    }

    struct Room: Sendable {
        let pathLength: Int
        let handleLength: Int
        /// Opened and closed so often, it would not fit if nothing were given back.
        let times: UInt32
    }

    @Test(arguments: [Room(pathLength: 4000, handleLength: 2, times: 150), Room(pathLength: 10, handleLength: 254, times: 1100)])
    func `what is closed gives its room back, and so does what could not be opened`(room: Room) {
        let dialogue = Dialogue.begun()
        let path = "/" + String(repeating: "x", count: room.pathLength)
        for id in 0..<room.times {
            let handle = [UInt8(id >> 8), UInt8(id & 0xFF)] + [UInt8](repeating: 1, count: room.handleLength)
            dialogue.open(path, .write, handle: handle, id: id)
            dialogue.client(Packet.open(id, path, .read))
            dialogue.allowAll()
            dialogue.target(Packet.status(id, .failure))
            dialogue.client(Packet.close(id, handle))
            dialogue.target(Packet.status(id))
            #expect(dialogue.clientHears().count == 2)
            _ = dialogue.events()
        }
        #expect(dialogue.failure == nil)
    }

    @Test func `refusals of what the target sends do not grow without end`() {
        let dialogue = Dialogue.begun()
        dialogue.client(Packet.open(1, "/f", .read))
        dialogue.judge(.allowed(limit: SizeLimit(bytes: 0, refusal: String(repeating: "x", count: 1000))))
        dialogue.target(Packet.handle(1, Self.handle))
        for id in 0..<2000 as Range<UInt32> { dialogue.client(Packet.read(id, Self.handle, 0, 1)) }
        dialogue.gate.receive(fromTarget: (0..<2000 as Range<UInt32>).flatMap { Packet.data($0, [1]) }[...])
        #expect(dialogue.gate.takeToClient().count < 100_000)
    }

    @Test func `the client is not read while nobody takes the events`() {
        let dialogue = Dialogue.begun()
        var count: UInt32 = 0
        while dialogue.wantsClient, count < 100_000 {
            dialogue.client(Packet.extended(count, "unknown"))
            count += 1
        }
        #expect(count < 1000)
        var taken = 0
        while dialogue.gate.hasEvents {
            let events = dialogue.gate.takeEvents(atMost: 64, bytes: 5000)
            #expect(!events.isEmpty && events.count <= 64)
            taken += events.count
        }
        #expect(taken == Int(count))
        #expect(dialogue.wantsClient)
    }

    @Test func `the client is not read while it does not read our answers`() {
        let dialogue = Dialogue.begun()
        var count: UInt32 = 0
        while dialogue.wantsClient, count < 100_000 {
            dialogue.gate.receive(fromClient: Packet.close(count, [1])[...])
            count += 1
        }
        #expect(count < 1000)
        dialogue.pump()
        #expect(dialogue.wantsClient)
        #expect(dialogue.clientHears().count == Int(count))
    }
}
