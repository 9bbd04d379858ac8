import Testing

@testable import SessionProcess

@Suite struct `Bytes that wait for the other side` {
    @Test func `are given away in parts and in order`() {
        var pending = PendingBytes()
        pending.fill(upTo: 8) { buffer in
            for index in 0..<5 { buffer[index] = UInt8(index) }
            return 5
        }
        var given: [UInt8] = []
        while !pending.isEmpty {
            pending.drain { bytes in
                given.append(contentsOf: bytes.prefix(2))
                return min(2, bytes.count)
            }
        }
        #expect(given == [0, 1, 2, 3, 4])
    }

    @Test func `nothing is offered when nothing is there`() {
        var pending = PendingBytes()
        var offers = 0
        pending.drain { _ in
            offers += 1
            return 0
        }
        #expect(offers == 0)
        #expect(pending.isEmpty)
    }
}
