import Testing

@testable import Guard

struct HeldInputTests {
    @Test func `It keeps the order whatever is put back, removed and added`() {
        var held = HeldInput()
        held.append([3, 4, 5])
        held.removeFirst(1)
        held.putBack([1, 2])
        held.append([6])
        #expect(Array(held.waiting) == [1, 2, 4, 5, 6])
        held.removeFirst(2)
        held.putBack([])
        #expect(Array(held.waiting) == [4, 5, 6])
    }

    @Test func `What is dropped is counted`() {
        var held = HeldInput()
        held.append([1, 2, 3])
        held.removeFirst(1)
        #expect(held.drop() == 2)
        #expect(held.isEmpty && held.drop() == 0)
    }

    @Test func `Memory does not grow with what has passed`() {
        var held = HeldInput()
        let packet = [UInt8](repeating: 0x61, count: 32_768)
        held.append(packet[...])
        for _ in 0..<1000 {
            held.append(packet[...])
            held.removeFirst(32_768)
        }
        #expect(held.count == 32_768)
        #expect(held.waiting.startIndex <= 2 * HeldInput.limit)
    }
}
