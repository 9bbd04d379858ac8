import Testing

@testable import LibSSH

@Suite struct `The order of arrival` {
    @Test func `two streams are read in the order in which they came`() {
        var order = ArrivalOrder()
        order.noteWaiting(3, on: .output)
        order.noteWaiting(2, on: .errors)
        order.noteWaiting(7, on: .output)
        var read: [(ChannelStream, Int)] = []
        while let next = order.next {
            read.append((next.stream, next.count))
            order.take(next.count)
        }
        #expect(read.map(\.0) == [.output, .errors, .output])
        #expect(read.map(\.1) == [3, 2, 4])
    }

    @Test func `a run that is read in parts stays first`() {
        var order = ArrivalOrder()
        order.noteWaiting(10, on: .output)
        order.noteWaiting(1, on: .errors)
        order.take(4)
        order.noteWaiting(8, on: .output)
        #expect(order.next?.stream == .output)
        #expect(order.next?.count == 6)
        order.take(6)
        #expect(order.next?.stream == .errors)
        order.take(1)
        #expect(order.next?.count == 2)
        order.take(2)
        #expect(order.next == nil)
    }

    @Test func `a peer that alternates tiny packets is remembered roughly and loses nothing`() {
        var order = ArrivalOrder()
        for count in 1...50_000 {
            order.noteWaiting(count, on: .output)
            order.noteWaiting(count, on: .errors)
        }
        var total = 0
        var runs = 0
        while let next = order.next {
            total += next.count
            runs += 1
            order.take(next.count)
        }
        #expect(total == 100_000)
        #expect(runs <= 4096)
    }
}
