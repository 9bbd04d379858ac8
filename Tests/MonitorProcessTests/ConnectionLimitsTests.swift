import OpenSSHKeys
import Testing

@testable import MonitorProcess

@Suite struct ConnectionLimitsTests {
    static let here = IPAddress("192.0.2.1")
    static let there = IPAddress("2001:db8::1")

    static func limits(begin: Int = 10, rate: Int = 30, full: Int = 100, perUser: Int = 20, perAddress: Int = 1000)
        -> ConnectionLimits
    {
        ConnectionLimits(
            ConnectionLimits.Bounds(
                startups: ConnectionLimits.Startups(begin: begin, rate: rate, full: full), perUser: perUser,
                perAddress: perAddress))
    }

    static func admitted(_ admission: ConnectionLimits.Admission) throws -> ConnectionLimits.Ticket {
        guard case .admitted(let ticket) = admission else { throw Dropped() }
        return ticket
    }
    struct Dropped: Error {}

    struct DropVector: Sendable {
        let unauthenticated: Int
        /// Percent of connections that are dropped.
        let probability: Int
    }

    // By sshd's should_drop_connection for 10:30:100.
    @Test(
        "the chance of an early drop is that of sshd",
        arguments: [
            DropVector(unauthenticated: 0, probability: 0), DropVector(unauthenticated: 9, probability: 0),
            DropVector(unauthenticated: 10, probability: 30), DropVector(unauthenticated: 55, probability: 65),
            DropVector(unauthenticated: 99, probability: 99), DropVector(unauthenticated: 100, probability: 100),
            DropVector(unauthenticated: 5000, probability: 100),
        ])
    func dropChance(vector: DropVector) {
        let startups = ConnectionLimits.Startups(begin: 10, rate: 30, full: 100)
        let dropped = (0..<100).count { startups.drops(at: vector.unauthenticated, percentile: $0) }
        #expect(dropped == vector.probability)
    }

    @Test func `begin equal to full drops all from there on, without dividing by zero`() {
        let startups = ConnectionLimits.Startups(begin: 5, rate: 30, full: 5)
        #expect(!startups.drops(at: 4, percentile: 0))
        #expect(startups.drops(at: 5, percentile: 99))
    }

    @Test func `connections that logged in do not count as startups`() throws {
        var limits = Self.limits(begin: 2, rate: 100, full: 2)
        let here = try #require(Self.here)
        for number in 0..<5 {
            let ticket = try Self.admitted(limits.admit(from: here, percentile: 0))
            let answer1 = limits.authenticated(ticket, as: "user\(number)")
            #expect(answer1)
        }
        #expect(limits.unauthenticatedCount == 0)
        #expect(limits.count == 5)
    }

    @Test func `an address at its limit is dropped and another one is not`() throws {
        var limits = Self.limits(perAddress: 2)
        let (here, there) = (try #require(Self.here), try #require(Self.there))
        let first = try Self.admitted(limits.admit(from: here, percentile: 99))
        _ = try Self.admitted(limits.admit(from: here, percentile: 99))
        let answer2 = limits.admit(from: here, percentile: 99)
        #expect(answer2 == .dropped(.address))
        _ = try Self.admitted(limits.admit(from: there, percentile: 99))
        limits.ended(first)
        _ = try Self.admitted(limits.admit(from: here, percentile: 99))
    }

    @Test func `a user at the limit is refused until one of the connections ends`() throws {
        var limits = Self.limits(perUser: 1)
        let here = try #require(Self.here)
        let first = try Self.admitted(limits.admit(from: here, percentile: 99))
        let second = try Self.admitted(limits.admit(from: here, percentile: 99))
        let answer3 = limits.authenticated(first, as: "alice")
        #expect(answer3)
        let answer4 = limits.authenticated(second, as: "alice")
        #expect(!answer4)
        #expect(limits.unauthenticatedCount == 1)
        limits.ended(first)
        let answer5 = limits.authenticated(second, as: "alice")
        #expect(answer5)
    }

    @Test func `a ticket given back twice counts once`() throws {
        var limits = Self.limits()
        let here = try #require(Self.here)
        let kept = try Self.admitted(limits.admit(from: here, percentile: 99))
        let ended = try Self.admitted(limits.admit(from: here, percentile: 99))
        limits.ended(ended)
        limits.ended(ended)
        #expect(limits.count == 1)
        #expect(limits.unauthenticatedCount == 1)
        limits.ended(kept)
        #expect(limits.unauthenticatedCount == 0)
    }

    @Test func `a connection logs in once`() throws {
        var limits = Self.limits()
        let ticket = try Self.admitted(limits.admit(from: try #require(Self.here), percentile: 99))
        let answer6 = limits.authenticated(ticket, as: "alice")
        #expect(answer6)
        let answer7 = limits.authenticated(ticket, as: "bob")
        #expect(!answer7)
        #expect(limits.unauthenticatedCount == 0)
    }
}
