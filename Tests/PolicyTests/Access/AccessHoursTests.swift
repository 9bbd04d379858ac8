import Testing

@testable import Policy

struct AccessHoursTests {
    /// Milliseconds of a moment in the week that starts on Monday 2026-11-23.
    private func moment(_ day: Int, _ hour: Int, _ minute: Int, _ millisecond: Int = 0) -> Int64 {
        // 20780 days after 1970-01-01.
        Int64(20780 + day) * 86_400_000 + Int64((hour * 60 + minute) * 60_000 + millisecond)
    }

    @Test func `office hours begin and end on the minute`() throws {
        let hours = try #require(AccessHours("Mon-Fri 08:00-18:00 UTC"))
        #expect(!hours.contains(moment(0, 7, 59, 59_999)))
        #expect(hours.contains(moment(0, 8, 0)))
        #expect(hours.contains(moment(4, 17, 59, 59_999)))
        #expect(!hours.contains(moment(4, 18, 0)))
        #expect(!hours.contains(moment(5, 12, 0)))
        #expect(!hours.contains(moment(6, 12, 0)))
        #expect(hours.contains(moment(7, 12, 0)))
    }

    @Test func `a night belongs to the day that it begins on`() throws {
        let hours = try #require(AccessHours("Fri 22:00-06:00 UTC"))
        #expect(!hours.contains(moment(4, 5, 0)))
        #expect(!hours.contains(moment(4, 21, 59)))
        #expect(hours.contains(moment(4, 22, 0)))
        #expect(hours.contains(moment(5, 0, 0)))
        #expect(hours.contains(moment(5, 5, 59)))
        #expect(!hours.contains(moment(5, 6, 0)))
        #expect(!hours.contains(moment(5, 23, 0)))
    }

    @Test func `Sunday's night ends on Monday`() throws {
        let hours = try #require(AccessHours("Sun 23:00-01:00 UTC"))
        #expect(hours.contains(moment(0, 0, 30)))
        #expect(!hours.contains(moment(0, 1, 0)))
        #expect(hours.contains(moment(6, 23, 30)))
    }

    @Test func `days are lists of ranges and may go over the week's end`() throws {
        let hours = try #require(AccessHours("sat-MON,Wed 00:00-24:00 UTC"))
        #expect((0..<7).map { hours.contains(moment($0, 12, 0)) } == [true, false, true, false, false, true, true])
    }

    @Test func `without days it is every day`() throws {
        let hours = try #require(AccessHours("12:00-13:00 UTC"))
        #expect((0..<7).allSatisfy { hours.contains(moment($0, 12, 30)) })
        #expect(!hours.contains(moment(3, 13, 0)))
    }

    @Test(arguments: ["00:00-24:00 UTC", "Mon-Sun 00:00-24:00 UTC"])
    func `a whole day has no gap at midnight`(text: String) throws {
        let hours = try #require(AccessHours(text))
        #expect(hours.contains(moment(0, 0, 0)))
        #expect(hours.contains(moment(0, 23, 59, 59_999)))
    }

    @Test func `an evening may end at 24:00 or at 00:00`() throws {
        for text in ["Mon 20:00-24:00 UTC", "Mon 20:00-00:00 UTC"] {
            let hours = try #require(AccessHours(text))
            #expect(hours.contains(moment(0, 23, 59)))
            #expect(!hours.contains(moment(1, 0, 0)))
            #expect(!hours.contains(moment(0, 0, 0)))
        }
    }

    @Test func `several windows add up, and none hold never`() throws {
        let both = AccessHours(joining: [
            try #require(AccessHours("Mon 08:00-09:00 UTC")), try #require(AccessHours("Tue 10:00-11:00 UTC")),
        ])
        #expect(both.contains(moment(0, 8, 30)))
        #expect(both.contains(moment(1, 10, 30)))
        #expect(!both.contains(moment(1, 8, 30)))
        #expect(!AccessHours(joining: []).contains(moment(0, 8, 30)))
    }

    @Test func `the days before 1970 are days too`() throws {
        // 1969-12-31 was a Wednesday.
        let hours = try #require(AccessHours("Wed 23:00-24:00 UTC"))
        #expect(hours.contains(-1))
        #expect(!hours.contains(0))
        #expect(!hours.contains(-3_600_001))
    }

    @Test func `no clock is too wrong to be asked`() throws {
        let hours = try #require(AccessHours("00:00-24:00 UTC"))
        for moment in [Int64.min, .min + 1, -1, 0, .max] { #expect(hours.contains(moment)) }
    }

    @Test(arguments: [
        "", "UTC", "Mon-Fri", "Mon-Fri 08:00-18:00", "Mon-Fri 08:00-18:00 CET", "Mon-Fri 08:00-18:00 utc",
        "Mon-Fri 8:00-18:00 UTC",
        "Mon-Fri 08:00 UTC", "Mon-Fri 08:00-18:00-20:00 UTC", "Mon-Fri 08:60-18:00 UTC", "Mon-Fri 25:00-26:00 UTC",
        "24:00-08:00 UTC",
        "08:00-24:01 UTC", "08:00-08:00 UTC", "00:00-00:00 UTC", "Mo-Fr 08:00-18:00 UTC", "Mon- 08:00-18:00 UTC",
        "Mon,,Tue 08:00-18:00 UTC",
        "Mon Tue 08:00-18:00 UTC", "Mon-Tue-Wed 08:00-18:00 UTC", "Mon-Fri 08:00-18:00 UTC UTC", "Mon-Fri +8:00-18:00 UTC",
        "Mon-Fri ０８:00-18:00 UTC",
    ])
    func `hours that could be read in two ways are not read`(text: String) {
        #expect(AccessHours(text) == nil)
    }
}
