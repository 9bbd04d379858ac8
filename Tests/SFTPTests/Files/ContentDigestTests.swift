import OpenSSHKeys
import Testing

@testable import SFTP

/// When there is a digest of what was read or written, and of what.
@Suite struct ContentDigestTests {
    static let handle: [UInt8] = [7]
    static let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    static let block = 32_768

    /// Offset, length, and what the target sends.
    private static let blocks: [(offset: Int, bytes: [UInt8])] = stride(from: 0, to: content.count, by: block).map {
        ($0, Array(content[$0..<min($0 + block, content.count)]))
    }

    private static func event(_ dialogue: Dialogue) -> FileEvent? {
        dialogue.client(Packet.close(99, handle))
        dialogue.target(Packet.status(99))
        return dialogue.events().last
    }

    /// Asks for all blocks and one more, then answers in the order given; `nil` is the end of the file.
    private static func read(order: [Int]) -> FileEvent? {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", .read, handle: handle)
        for (id, block) in blocks.enumerated() {
            dialogue.client(Packet.read(UInt32(id), handle, UInt64(block.offset), UInt32(Self.block)))
        }
        let last = UInt32(blocks.count)
        dialogue.client(Packet.read(last, handle, UInt64(content.count), UInt32(Self.block)))
        for id in order {
            dialogue.target(id < blocks.count ? Packet.data(UInt32(id), blocks[id].bytes) : Packet.status(last, .endOfFile))
        }
        return event(dialogue)
    }

    @Test(arguments: [[0, 1, 2, 3, 4], [1, 0, 3, 2, 4], [3, 2, 1, 0, 4], [4, 3, 0, 1, 2]])
    func `a file that is read to its end has a digest, whatever the order of the replies`(order: [Int]) {
        let event = Self.read(order: order)
        #expect(event?.digest == .whole(sha256(Self.content)))
        #expect(event?.bytesRead == UInt64(Self.content.count))
        #expect(event?.outcome == .ok)
    }

    @Test func `a block that was read short and asked for again is in its place`() {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", .read, handle: Self.handle)
        dialogue.client(Packet.read(0, Self.handle, 0, 100) + Packet.read(1, Self.handle, 100, 100))
        dialogue.target(Packet.data(0, Array(Self.content[0..<40])))
        dialogue.client(Packet.read(2, Self.handle, 40, 60) + Packet.read(3, Self.handle, 200, 100))
        dialogue.target(Packet.data(1, Array(Self.content[100..<200])) + Packet.data(2, Array(Self.content[40..<100])))
        dialogue.target(Packet.status(3, .endOfFile))
        #expect(Self.event(dialogue)?.digest == .whole(sha256(Array(Self.content[..<200]))))
    }

    @Test func `a beginning is not called whole, unless its size was told`() {
        for size in [nil, 50, 100] as [UInt64?] {
            let dialogue = Dialogue.begun()
            dialogue.open("/f", .read, handle: Self.handle)
            dialogue.client(Packet.handle(8, 5, Self.handle))
            dialogue.target(Packet.attributes(5, size: size))
            dialogue.client(Packet.read(0, Self.handle, 0, 50))
            dialogue.target(Packet.data(0, Array(Self.content[..<50])))
            let digest = sha256(Array(Self.content[..<50]))
            #expect(Self.event(dialogue)?.digest == (size == 50 ? .whole(digest) : .beginning(digest)))
        }
    }

    @Test func `a file that grows while it is read is whole at its new end`() {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", .read, handle: Self.handle)
        for (id, range) in [0..<10, 10..<25].enumerated() {
            dialogue.client(Packet.read(UInt32(id), Self.handle, UInt64(range.lowerBound), 100))
            dialogue.target(Packet.data(UInt32(id), Array(Self.content[range])))
            dialogue.client(Packet.read(9, Self.handle, UInt64(range.upperBound), 100))
            dialogue.target(Packet.status(9, .endOfFile))
        }
        #expect(Self.event(dialogue)?.digest == .whole(sha256(Array(Self.content[..<25]))))
    }

    @Test func `an empty file is whole`() {
        let reading = Dialogue.begun()
        reading.open("/f", .read, handle: Self.handle)
        reading.client(Packet.read(0, Self.handle, 0, 100))
        reading.target(Packet.status(0, .endOfFile))
        #expect(Self.event(reading)?.digest == .whole(sha256([])))
        let writing = Dialogue.begun()
        writing.open("/f", [.write, .create, .truncate], handle: Self.handle)
        #expect(Self.event(writing)?.digest == .whole(sha256([])))
    }

    @Test func `a file that is opened and closed has no digest`() {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", [.read, .write], handle: Self.handle)
        dialogue.client(Packet.close(1, Self.handle))
        dialogue.target(Packet.status(1))
        #expect(dialogue.events().map(\.digest) == [.none, .none])
    }

    /// Writes the ranges, in their order; all succeed but that of `failing`.
    private static func write(_ ranges: [Range<Int>], _ flags: OpenFlags = [.write, .create, .truncate], failing: Int? = nil)
        -> FileEvent?
    {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", flags, handle: handle)
        for (id, range) in ranges.enumerated() {
            dialogue.client(Packet.write(UInt32(id), handle, UInt64(range.lowerBound), Array(content[range])))
        }
        for id in ranges.indices.reversed() { dialogue.target(Packet.status(UInt32(id), id == failing ? .failure : .ok)) }
        return event(dialogue)
    }

    @Test func `a file that is written from its first byte has a digest`() {
        let ranges = [0..<32_768, 32_768..<65_536, 65_536..<100_000]
        let whole = ContentDigest.whole(sha256(Self.content))
        #expect(Self.write(ranges)?.digest == whole)
        #expect(Self.write(ranges)?.bytesWritten == 100_000)
        #expect(Self.write([ranges[0], ranges[2], ranges[1]])?.digest == whole, "nearly in order")
        #expect(Self.write(ranges, [.write, .create, .exclusive])?.digest == whole)
        #expect(Self.write(ranges, [.write, .create])?.digest == .beginning(sha256(Self.content)), "more may have been there")
    }

    @Test func `what was not written in order or not at all has none`() {
        #expect(Self.write([10..<20])?.digest == .partial)
        #expect(Self.write([0..<10, 5..<20])?.digest == .partial, "written twice")
        #expect(Self.write([0..<10, 20..<30])?.digest == .partial, "a gap")
        #expect(Self.write([0..<10], [.write, .append, .truncate])?.digest == .partial, "appended where the target wants")
        let failed = Self.write([0..<10, 10..<20], failing: 0)
        #expect(failed?.digest == .partial)
        #expect(failed?.bytesWritten == 10)
        #expect(failed?.outcome == .failed(.failure))
    }

    @Test func `a size that is set says where the file ends`() {
        for (size, expected) in [(50, true), (60, false), (40, nil)] as [(UInt64, Bool?)] {
            let dialogue = Dialogue.begun()
            dialogue.open("/f", [.write, .create], handle: Self.handle)
            dialogue.client(Packet.write(0, Self.handle, 0, Array(Self.content[..<50])))
            dialogue.target(Packet.status(0))
            dialogue.client(Packet.setHandleStatus(1, Self.handle, size: size))
            dialogue.allowAll()
            dialogue.target(Packet.status(1))
            let digest = sha256(Array(Self.content[..<50]))
            #expect(Self.event(dialogue)?.digest == expected.map { $0 ? .whole(digest) : .beginning(digest) } ?? .partial)
        }
    }

    @Test func `random reads give up without keeping much`() {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", .read, handle: Self.handle)
        for id in 0..<8 as Range<UInt32> {
            dialogue.client(Packet.read(id, Self.handle, UInt64(8 - id) * 40_000, 32_768))
            dialogue.target(Packet.data(id, Self.blocks[0].bytes))
            #expect(dialogue.gate.budget.earlyBytes <= SFTPLimit.earlyBytes)
        }
        #expect(dialogue.gate.budget.earlyBytes == 0, "given up")
        let event = Self.event(dialogue)
        #expect(event?.digest == .partial)
        #expect(event?.bytesRead == 8 * 32_768)
        #expect(dialogue.gate.budget.hashes == 0)
    }

    @Test func `blocks of one byte cannot be kept without end`() {
        let budget = HashBudget()
        let hash = ContentHash(budget)
        for offset in (1...10_000 as ClosedRange<UInt64>).reversed() { hash?.add([1], at: offset) }
        #expect(hash?.finish() == nil)
        #expect(budget.earlyBytes == 0)
    }

    @Test func `offsets at the end of all numbers are no trap`() {
        for offset in [UInt64.max, UInt64.max - 1, UInt64.max - 10] {
            let hash = ContentHash(HashBudget())
            hash?.add([1, 2, 3], at: offset)
            hash?.add([1, 2, 3], at: 0)
            #expect(hash?.finish() == nil)
        }
        let dialogue = Dialogue.begun()
        dialogue.open("/f", [.read, .write], handle: Self.handle)
        dialogue.client(Packet.write(0, Self.handle, .max, [1, 2, 3]) + Packet.read(1, Self.handle, .max, 10))
        dialogue.target(Packet.status(0) + Packet.data(1, [1, 2]))
        #expect(dialogue.failure == nil)
    }

    @Test func `more files than are hashed at once are partial, and work`() {
        let budget = HashBudget()
        var hashes: [ContentHash] = []
        for _ in 0..<SFTPLimit.hashes { if let hash = ContentHash(budget) { hashes.append(hash) } }
        #expect(hashes.count == SFTPLimit.hashes)
        #expect(ContentHash(budget) == nil)
        hashes.removeLast()
        #expect(ContentHash(budget) != nil)
    }

    @Test func `copy-data is counted and leaves no digest`() {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", .read, handle: [1])
        dialogue.open("/g", [.write, .create, .truncate], handle: [2])
        dialogue.client(Packet.copyData(1, from: [1], length: 500, to: [2]))
        #expect(dialogue.targetHears().count == 1, "both were judged when they were opened")
        dialogue.target(Packet.status(1))
        dialogue.client(Packet.close(2, [1]) + Packet.close(3, [2]))
        dialogue.target(Packet.status(2) + Packet.status(3))
        let events = dialogue.events()
        #expect(events.map(\.bytesRead) == [500, 0])
        #expect(events.map(\.bytesWritten) == [0, 500])
        #expect(events.map(\.digest) == [.partial, .partial])
    }

    @Test func `a session that breaks off tells what was open`() {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", [.write, .create, .truncate], handle: [1])
        dialogue.client(Packet.write(1, [1], 0, [1, 2, 3]))
        dialogue.target(Packet.status(1))
        dialogue.client(Packet.paths(13, 2, "/x"))
        dialogue.judge()
        dialogue.client(Packet.open(3, "/y", .read))
        dialogue.gate.finish()
        let events = dialogue.events()
        #expect(Set(events.map(\.text)) == ["write /f: unfinished", "remove /x: unfinished", "read /y: unfinished"])
        #expect(events.first { $0.operation == .write }?.digest == .whole(sha256([1, 2, 3])))
        #expect(!dialogue.wantsClient)
    }

    @Test func `what the target has not confirmed has no digest`() {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", [.write, .create, .truncate], handle: [1])
        dialogue.client(Packet.write(1, [1], 0, [1, 2, 3]) + Packet.write(2, [1], 3, [4]))
        dialogue.target(Packet.status(1))
        dialogue.gate.finish()
        let event = dialogue.events().first
        #expect(event?.digest == .partial)
        #expect(event?.bytesWritten == 3)
    }
}
