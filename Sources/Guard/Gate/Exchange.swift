/// What the guard has for the outside: bytes for either side, questions, reports. And the numbers of the questions.
struct Exchange {
    /// More that nobody has taken are not kept; as many pass in one message to the monitor.
    static let mostReports = 256
    /// Questions that nobody has taken, or whose answers are for nothing any more. Only a target that floods reports has so many.
    static let mostQuestions = 64
    /// Of what hostile output can cause without end.
    static let mostAlarms = 16
    /// Of what each shell in a shell tells once.
    static let mostReadings = 64

    var toTarget = Outlet()
    var toUser = Outlet()
    /// Where lines are only observed there may be several.
    private var questions: [LineQuestion] = []
    private(set) var reports: [LineReport] = []
    private(set) var lastNumber: UInt32 = 0
    private var alarms = 0
    private var readings = 0
    /// Questions whose answers come and are for nothing: their line has changed or is gone.
    private var forgotten: Set<UInt32> = []
    /// Those of them of which the outside has not heard.
    private var withdrawn: [UInt32] = []
    private var void: [UInt32] = []

    /// Nothing more should be asked before some questions were taken and answered.
    var isFull: Bool { questions.count + forgotten.count >= Self.mostQuestions }

    /// Asks it behind those that nobody has taken yet.
    mutating func ask(_ make: (UInt32) -> LineQuestion) -> UInt32 {
        lastNumber += 1
        questions.append(make(lastNumber))
        return lastNumber
    }

    mutating func takeQuestion() -> LineQuestion? { questions.isEmpty ? nil : questions.removeFirst() }

    /// The answer to this question is not waited for any more: its line has changed or is gone.
    ///
    /// - Parameter isVoid: another line has taken its place; else its user took it back.
    mutating func forget(_ number: UInt32, isVoid: Bool = false) {
        guard number != 0 else { return }
        if questions.last?.number == number {
            // A question that nobody took never was one: the monitor counts those that it gets.
            questions.removeLast()
            lastNumber -= 1
        } else {
            forgotten.insert(number)
            if isVoid { void.append(number) } else { withdrawn.append(number) }
        }
    }

    mutating func takeVoid() -> [UInt32] {
        defer { void = [] }
        return void
    }

    mutating func takeWithdrawn() -> [UInt32] {
        defer { withdrawn = [] }
        return withdrawn
    }

    /// An answer came. Only now it can be told that a line which might have run did not.
    mutating func receive(_ answer: LineAnswer, to number: UInt32) {
        guard forgotten.remove(number) != nil else { return }
        withdrawn.removeAll { $0 == number }
        void.removeAll { $0 == number }
        switch answer {
        case .run, .goOn: report(number, .withdrawn)
        case .refuse: break
        }
    }

    mutating func report(_ number: UInt32, _ content: LineReport.Content) {
        switch content {
        case .alarm(.refusedLineRan): break
        case .alarm:
            guard alarms < Self.mostAlarms else { return }
            alarms += 1
        case .reading:
            guard readings < Self.mostReadings else { return }
            readings += 1
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
