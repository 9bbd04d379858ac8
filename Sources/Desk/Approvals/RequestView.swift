/// One request, opened: what it shows, what of it was seen, and whether a key may decide it.
struct RequestView: Sendable {
    /// What became of the request while it was open.
    enum State: Equatable {
        case waiting
        /// Not in the page of the newest any more, which says nothing about it.
        case unlisted
        /// It asks for something else now.
        case changed
        case ended
    }

    /// A decision that waits for its reason.
    struct ReasonPrompt: Equatable {
        var approves: Bool
        var line = InputLine()
    }

    private(set) var approval: DeskApproval
    private(set) var state = State.waiting
    private(set) var arrival: Arrival
    private(set) var delay = DecisionDelay()
    private var screenful: [String]?
    private var page: RequestPage?
    /// Which of the page's essential rows were on the screen.
    private var seen: [Bool] = []
    private var unseen = 0
    private var top = 0
    /// The decision is on its way.
    private(set) var isDecided = false
    var reason: ReasonPrompt?

    init(_ approval: DeskApproval, arrival: Arrival) {
        self.approval = approval
        self.arrival = arrival
    }

    // MARK: What is told

    mutating func show(_ list: [DeskApproval], total: Int) {
        guard state == .waiting || state == .unlisted else { return }
        guard let current = list.first(where: { $0.number == approval.number }) else {
            // Only a page that reaches back so far tells that it is gone.
            let oldest = list.map(\.number).min() ?? 0
            state = total > list.count && approval.number < oldest ? .unlisted : .ended
            return
        }
        arrival = Arrival()
        guard current.asksTheSame(as: approval) else {
            state = .changed
            return
        }
        state = .waiting
        if !current.hasTheVotes(of: approval) {
            approval = current
            relayout()
            delay.restart()
        }
        approval = current
    }

    mutating func show(screenful lines: [String]) {
        if screenful == nil { delay.restart() }
        screenful = lines.prefix(RequestPage.maximumLines).map { String($0.unicodeScalars.prefix(1000)) }
        relayout()
    }

    /// An answer to a decision was shown: it may be decided again, if it still waits.
    mutating func showedOutcome() {
        guard isDecided else { return }
        isDecided = false
        delay.restart()
    }

    mutating func note(_ now: UInt64) {
        arrival.note(now)
        delay.note(now)
    }

    // MARK: What is seen

    /// New rows for the same request: what comes before the end of the command is as it was.
    private mutating func relayout() {
        guard let columns = page?.columns else { return }
        page = RequestPage(approval, screenful: screenful, columns: columns)
    }

    /// Lays the page out for a width. After a change of width what was seen has to be seen again, unless all was.
    mutating func layOut(columns: Int) -> RequestPage {
        if let page, page.columns == columns { return page }
        let page = RequestPage(approval, screenful: screenful, columns: columns)
        let isSeen = self.page != nil && unseen == 0
        seen = Array(repeating: isSeen, count: page.essential)
        unseen = isSeen ? 0 : page.essential
        self.page = page
        return page
    }

    /// The rows of the page that are in view.
    mutating func visible(height: Int, columns: Int) -> Range<Int> {
        let count = layOut(columns: columns).rowCount
        top = max(0, min(top, count - height))
        return top..<min(count, top + height)
    }

    /// These rows went to the terminal.
    mutating func saw(_ rows: Range<Int>) {
        let before = unseen
        for row in rows where row < seen.count && !seen[row] {
            seen[row] = true
            unseen -= 1
        }
        if unseen < before { delay.restart() }
    }

    /// Scrolls by rows, as far as there are some.
    mutating func scroll(by rows: Int, height: Int, columns: Int) {
        top += rows
        _ = visible(height: height, columns: columns)
    }

    /// Which key shows what of the command was not on the screen yet; nil if all of it was.
    var unreadHint: String? {
        guard page == nil || unseen > 0 else { return nil }
        let isAbove = seen.firstIndex(of: false).map { $0 < top } ?? false
        return "First read all of the command: \(isAbove ? "PgUp" : "PgDn")"
    }

    // MARK: Deciding

    func secondsLeft(_ now: UInt64) -> UInt64 {
        let passed = arrival.seconds(until: now)
        return approval.expiresInSeconds > passed ? approval.expiresInSeconds - passed : 0
    }

    func secondsOld(_ now: UInt64) -> UInt64 { approval.askedSecondsAgo &+ arrival.seconds(until: now) }

    /// Why it cannot be decided, whatever is pressed; nil if it can.
    func obstacle(_ now: UInt64) -> String? {
        switch state {
        case .ended: "Request \(approval.number) has ended."
        case .changed: "Request \(approval.number) has changed: open it again."
        case .waiting, .unlisted:
            if secondsLeft(now) == 0 {
                "Request \(approval.number) has expired."
            } else if isDecided {
                "Your decision is on its way."
            } else if !approval.mayDecide {
                "You may not decide this request."
            } else {
                nil
            }
        }
    }

    /// Why a key does not decide now; nil if it does.
    func refusal(approves: Bool, _ now: UInt64) -> String? {
        if let obstacle = obstacle(now) { return obstacle }
        if approval.command.count > RequestPage.maximumCommand, approves {
            return "Too long to be shown: it cannot be approved here."
        }
        if let unreadHint { return unreadHint }
        return delay.isOver ? nil : "This has only just been shown: press again."
    }

    mutating func decided() {
        isDecided = true
        reason = nil
    }
}
