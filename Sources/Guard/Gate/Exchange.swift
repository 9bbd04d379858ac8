/// What the guard has for the outside: bytes for either side, a question, reports. And the numbers of the questions.
struct Exchange {
    /// More that nobody has taken are not kept; as many pass in one message to the monitor.
    static let mostReports = 256
    /// Of what hostile output can cause without end.
    static let mostAlarms = 16

    var toTarget = Outlet()
    var toUser = Outlet()
    private(set) var question: LineQuestion?
    private(set) var reports: [LineReport] = []
    private(set) var lastNumber: UInt32 = 0
    private var alarms = 0

    /// Makes it the question that is asked next. One that was not taken yet is not asked any more: its line has changed.
    mutating func ask(_ make: (UInt32) -> LineQuestion) -> UInt32 {
        // A question that nobody took never was one: the monitor counts those that it gets.
        if question == nil { lastNumber += 1 }
        question = make(lastNumber)
        return lastNumber
    }

    mutating func takeQuestion() -> LineQuestion? {
        defer { question = nil }
        return question
    }

    mutating func report(_ number: UInt32, _ content: LineReport.Content) {
        switch content {
        case .alarm, .reading:
            guard alarms < Self.mostAlarms else { return }
            alarms += 1
        case .started, .ended, .withdrawn, .dropped: break
        }
        if reports.count < Self.mostReports { reports.append(LineReport(number: number, content)) }
    }

    mutating func takeReports(atMost most: Int) -> [LineReport] {
        let taken = Array(reports.prefix(most))
        reports.removeFirst(taken.count)
        return taken
    }
}
