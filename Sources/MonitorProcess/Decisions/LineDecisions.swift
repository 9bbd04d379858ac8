internal import Guard
internal import MonitorProtocol

/// What was decided about the lines of one channel, as far as the session may still speak of it. Pure: question or report in, rows for the ledger
/// out.
///
/// A session that was taken over can claim that lines ran which never did. It cannot claim that a refused one did.
struct LineDecisions: Sendable {
    /// The session asked or told what cannot be.
    struct Violation: Error, Equatable {
        let what: String
    }

    /// A line that is right as far as it goes, and not in the ledger: more of it will be typed, or the shell runs it as it is after all.
    struct Pending: Sendable {
        var number: UInt32
        var event: PolicyEvent
    }

    /// The last question's number.
    private var last: UInt32 = 0
    private(set) var pending: Pending?
    /// Questions about commands that were not complete, the last ones. The session may drop a question before it has the answer, and ask again in the
    /// place of the one before.
    private var unfinished: [UInt32] = []
    /// Lines that were let through and of which no end was told, and those that were refused.
    private var running: Set<UInt32> = []
    private var refused: Set<UInt32> = []
    private var unasked = 0

    /// Lines of either kind that are remembered. Shells that tell no ends have more; what they tell of older ones is not written down.
    private static let most = 16_384
    /// Earlier questions about one command that another may take the place of.
    private static let mostUnfinished = 16
    /// Besides one for each question. Reports about no line: a terminal changes its ways a few times in its life.
    private static let mostUnasked = 10_000

    /// A question is there.
    ///
    /// - Returns: the row of the line before, if that waited for more and got none.
    mutating func asked(_ number: UInt32, replaces: UInt32?) throws(Violation) -> PolicyEvent? {
        guard number == last &+ 1 else { throw Violation(what: "question \(number) after \(last)") }
        last = number
        let before = pending
        pending = nil
        guard let replaces else {
            unfinished = []
            return before?.event
        }
        guard unfinished.contains(replaces) else {
            throw Violation(what: "a line in the place of line \(replaces), which is complete")
        }
        // None of them has a row, nor will get one.
        for number in unfinished where number >= replaces { running.remove(number) }
        return nil
    }

    mutating func answered(_ number: UInt32, isRefused: Bool) {
        if isRefused { Self.remember(number, in: &refused) } else { Self.remember(number, in: &running) }
    }

    /// The line that was answered last is not complete.
    mutating func wait(_ line: Pending) {
        pending = line
        unfinished = unfinished.suffix(Self.mostUnfinished - 1) + [line.number]
    }

    /// What to write down of a report.
    enum Told: Equatable, Sendable {
        /// The row of a line that was not in the ledger yet.
        case event(PolicyEvent)
        case report(LineReportAction)
        case nothing
    }

    mutating func told(_ report: LineReport) throws(Violation) -> Told {
        let number = report.number
        guard number <= last else { throw Violation(what: "told of line \(number), which was never asked about") }
        switch report.content {
        case .started:
            try check(number, "started")
            return takePending(number).map { .event($0) } ?? .nothing
        case .ended(let status):
            try check(number, "ended")
            // One that waits has not started.
            guard pending?.number != number, running.remove(number) != nil else { return .nothing }
            return .report(LineReportAction(number: number, kind: .ended, status: status))
        case .withdrawn:
            try check(number, "withdrawn")
            guard running.remove(number) != nil, takePending(number) == nil else { return .nothing }
            return .report(LineReportAction(number: number, kind: .withdrawn))
        case .dropped(let bytes):
            try count()
            return .report(LineReportAction(number: number, kind: .dropped, text: "\(bytes) bytes"))
        case .alarm(let alarm):
            try count()
            return .report(LineReportAction(number: number, kind: .alarm, text: alarm.text))
        case .reading(let witnesses):
            try count()
            return .report(LineReportAction(number: number, kind: .reading, text: witnesses.names.joined(separator: ", ")))
        }
    }

    /// The channel is over. What waits may have run.
    var untold: PolicyEvent? { pending?.event }

    private func check(_ number: UInt32, _ what: String) throws(Violation) {
        if refused.contains(number) { throw Violation(what: "told that line \(number) \(what), which was refused") }
    }

    private mutating func takePending(_ number: UInt32) -> PolicyEvent? {
        guard let line = pending, line.number == number else { return nil }
        pending = nil
        return line.event
    }

    private mutating func count() throws(Violation) {
        unasked += 1
        guard unasked <= Self.mostUnasked + Int(last) else {
            throw Violation(what: "more reports than a terminal has reason for")
        }
    }

    private static func remember(_ number: UInt32, in numbers: inout Set<UInt32>) {
        numbers.insert(number)
        // Numbers count up: the older half goes, seldom.
        if numbers.count > most { numbers = Set(numbers.sorted().suffix(most / 2)) }
    }
}
