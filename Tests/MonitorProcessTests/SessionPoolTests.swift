import Testing

@testable import MonitorProcess

@Suite struct SessionPoolTests {
    final class Process {}
    final class Client {}
    typealias Pool = SessionPool<Process, Client>

    @Test func `as many processes are started ahead as wanted`() {
        var pool = Pool(wanted: 2)
        let answer1 = pool.processesToStart(at: 0)
        #expect(answer1 == 2)
        let answer2 = pool.processesToStart(at: 0)
        #expect(answer2 == 0)
    }

    @Test func `a client that comes first gets the first process that is ready`() {
        var pool = Pool(wanted: 0)
        let (first, second) = (Client(), Client())
        let answer3 = pool.arrived(first)
        #expect(answer3 == nil)
        let answer4 = pool.arrived(second)
        #expect(answer4 == nil)
        let answer5 = pool.processesToStart(at: 0)
        #expect(answer5 == 2)
        let answer6 = pool.ready(Process())
        #expect(answer6 === first)
        let answer7 = pool.ready(Process())
        #expect(answer7 === second)
        let answer8 = pool.ready(Process())
        #expect(answer8 == nil)
    }

    @Test func `a process taken from the pool is replaced`() {
        var pool = Pool(wanted: 1)
        let process = Process()
        let answer9 = pool.processesToStart(at: 0)
        #expect(answer9 == 1)
        let answer10 = pool.ready(process)
        #expect(answer10 == nil)
        let answer11 = pool.processesToStart(at: 0)
        #expect(answer11 == 0)
        let answer12 = pool.arrived(Client())
        #expect(answer12 === process)
        let answer13 = pool.processesToStart(at: 0)
        #expect(answer13 == 1)
    }

    @Test func `failures double the wait, up to its bound`() {
        var pool = Pool(wanted: 1)
        var now: Int64 = 0
        for expected in [100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 30000, 30000, 30000] as [Int64] {
            let answer14 = pool.processesToStart(at: now)
            #expect(answer14 == 1)
            pool.failed(at: now)
            #expect(pool.nextStart(after: now) == now + expected)
            let answer15 = pool.processesToStart(at: now + expected - 1)
            #expect(answer15 == 0)
            now += expected
        }
    }

    @Test func `after a failure processes are started one at a time until one is ready`() {
        var pool = Pool(wanted: 3)
        let answer16 = pool.processesToStart(at: 0)
        #expect(answer16 == 3)
        for _ in 0..<3 { pool.failed(at: 0) }
        let answer17 = pool.processesToStart(at: 10_000)
        #expect(answer17 == 1)
        let answer18 = pool.processesToStart(at: 10_000)
        #expect(answer18 == 0)
        let answer19 = pool.ready(Process())
        #expect(answer19 == nil)
        let answer20 = pool.processesToStart(at: 10_000)
        #expect(answer20 == 2)
    }

    @Test func `a process that dies waiting is replaced with a wait, one that served is not counted as failure`() {
        var pool = Pool(wanted: 1)
        let process = Process()
        _ = pool.processesToStart(at: 0)
        _ = pool.ready(process)
        let answer21 = pool.endedWaiting(process, at: 0)
        #expect(answer21)
        #expect(pool.failures == 1)
        let answer22 = pool.endedWaiting(process, at: 0)
        #expect(!answer22)
        #expect(pool.failures == 1)
    }

    @Test func `a client that left is not served`() {
        var pool = Pool(wanted: 0)
        let (first, second) = (Client(), Client())
        _ = pool.arrived(first)
        _ = pool.arrived(second)
        pool.left(first)
        let answer23 = pool.ready(Process())
        #expect(answer23 === second)
    }
}
