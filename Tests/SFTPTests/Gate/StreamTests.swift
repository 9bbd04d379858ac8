import OpenSSHKeys
import Testing

@testable import SFTP

/// What comes out does not depend on how the streams were cut, and content is not copied.
@Suite struct StreamTests {
    /// A session with something of everything, pipelined.
    static let script: [[UInt8]] = {
        let blocks = 0..<4 as Range<UInt32>
        let block = { (number: UInt32) in [UInt8](repeating: UInt8(number), count: 20_000) }
        let (one, two, three, four): ([UInt8], [UInt8], [UInt8], [UInt8]) = (
            [0, 0, 0, 1], [0, 0, 0, 2], [0, 0, 0, 3], [0, 0, 0, 4]
        )
        return [
            Packet.initialise(6) + Packet.paths(16, 1, ".") + Packet.open(2, "notes", [.write, .create, .truncate]),
            blocks.flatMap { Packet.write(10 + $0, one, UInt64($0) * 20_000, block($0)) } + Packet.setHandleStatus(20, one)
                + Packet.close(21, one) + Packet.open(22, "/etc/secret", .read) + Packet.paths(13, 23, "/tmp/link/f")
                + Packet.paths(13, 24, "/tmp/f") + Packet.open(25, "/tmp/big", .read),
            blocks.flatMap { Packet.read(30 + $0, two, UInt64($0) * 20_000, 20_000) } + Packet.read(34, two, 70_000, 100)
                + Packet.handle(8, 35, two) + Packet.close(36, two) + Packet.open(40, "small", [.read, .write]),
            Packet.write(41, three, 30_000, block(1)) + Packet.write(42, three, 0, block(1))
                + Packet.read(43, three, 30_000, 20_000)
                + Packet.extended(44, "own@example.com") + Packet.paths(18, 45, "a", "/b/secret") + Packet.paths(18, 46, "a", "b")
                + Packet.paths(11, 47, "/"),
            Packet.handle(12, 48, four) + Packet.paths(99, 49, "x") + Packet.paths(17, 50, String(repeating: "x", count: 5000))
                + Packet.paths(16, 51, "/"),
        ]
    }()

    /// How the reply to a request has to look, whenever it comes.
    private static func replies(_ theatre: Theatre) -> [UInt32: [UInt8]] {
        Dictionary(Packet.split(theatre.toClient).dropFirst().map { (Packet.id(of: $0), $0) }) { first, second in
            Issue.record("two replies to \(Packet.id(of: first))")
            return first
        }
    }

    private static func play(_ cut: @escaping (Int) -> Int) -> Theatre {
        let theatre = Theatre(cut: cut)
        theatre.play(script)
        return theatre
    }

    private static func expectSame(_ one: Theatre, _ other: Theatre) {
        #expect(one.failure == other.failure)
        // Digests, because a failing test shows what it compares.
        #expect(sha256(one.toTarget) == sha256(other.toTarget))
        #expect(replies(one).mapValues(sha256) == replies(other).mapValues(sha256))
        let texts = { (theatre: Theatre) in
            theatre.events.map { "\($0.text) \($0.bytesRead) \($0.bytesWritten) \($0.digest)" }.sorted()
        }
        #expect(texts(one) == texts(other))
    }

    @Test func `the session as it has to be`() throws {
        let theatre = Self.play { $0 }
        #expect(theatre.failure == SFTPFailure(side: .client, reason: "the channel has ended"))
        #expect(Packet.split(theatre.toClient).first == Packet.version(3, [("posix-rename@openssh.com", "1")]))
        let replies = Self.replies(theatre)
        let ids: [UInt32] = [1, 2, 10, 11, 12, 13, 20, 21, 22, 23, 24, 25] + (30...36) + (40...51)
        #expect(replies.keys.sorted() == ids)
        let refused = replies.compactMapValues { Packet.status(in: $0) }.filter { $0.value.code == .permissionDenied }
        #expect(
            refused.mapValues(\.message) == [
                22: "it is secret", 23: "it is secret", 41: "too much", 43: "too much", 45: "it is secret",
            ])
        let whole = theatre.events.compactMap { if case .whole(let digest) = $0.digest { digest } else { nil } }
        let written = (0..<4).flatMap { [UInt8](repeating: $0, count: 20_000) }
        #expect(whole.contains(sha256(written)))
        #expect(whole.contains(sha256(Theatre.content)))
        let isClean = !theatre.toTarget.contains("secret".utf8)
        #expect(isClean, "nothing of what was refused")
    }

    @Test func `byte by byte is the same`() { Self.expectSame(Self.play { _ in 1 }, Self.play { $0 }) }

    @Test(arguments: 0..<40 as Range<UInt64>) func `cut anywhere is the same`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let longest = [3, 40, 1000, 40_000].randomElement(using: &generator) ?? 1
        Self.expectSame(Self.play { min($0, Int.random(in: 1...longest, using: &generator)) }, Self.play { $0 })
    }

    @Test func `content goes through as slices of what came in`() {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", [.read, .write], handle: [1])
        let written =
            Packet.write(1, [1], 0, [UInt8](repeating: 7, count: 20_000))
            + Packet.write(2, [1], 20_000, [UInt8](repeating: 7, count: 20_000))
        dialogue.gate.receive(fromClient: written[...])
        let out = dialogue.gate.takeToTarget()
        let isSame = written[...] == out
        #expect(isSame)
        #expect(Self.address(out) == Self.address(written[...]))
        let read = Packet.read(3, [1], 0, 30_000)
        dialogue.pump()
        dialogue.client(read)
        let data = Packet.data(3, [UInt8](repeating: 8, count: 30_000))
        dialogue.gate.receive(fromTarget: data[...])
        #expect(Self.address(dialogue.gate.takeToClient()) == Self.address(data[...]))
    }

    private static func address(_ bytes: ArraySlice<UInt8>) -> UnsafeRawPointer? { bytes.withUnsafeBytes { $0.baseAddress } }

    @Test func `a buffer is let go when its bytes were taken, or it would be copied at the next reading`() {
        let dialogue = Dialogue.begun()
        dialogue.open("/f", [.read, .write], handle: [1])
        var buffer = Packet.write(1, [1], 0, [UInt8](repeating: 7, count: 20_000))
        let before = Self.address(buffer[...])
        dialogue.gate.receive(fromClient: buffer[...])
        _ = dialogue.gate.takeToTarget()
        buffer[9] = 1
        #expect(Self.address(buffer[...]) == before)
    }
}

extension [UInt8] {
    fileprivate func contains(_ text: String.UTF8View) -> Bool {
        let text = Array(text)
        return indices.contains { self[$0...].starts(with: text) }
    }
}
