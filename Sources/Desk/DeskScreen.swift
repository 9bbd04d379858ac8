/// What `ssh -t bastion` shows: the targets one may reach, and the requests one may decide. Keys go in, actions and the terminal's bytes come out.
///
/// Times are readings of one monotonic clock in nanoseconds. Nothing is drawn until `takeOutput`, so what changes in between costs one frame.
/// No text of a user, a target or a request gets to the terminal but as visible characters (`VisibleText`).
package struct DeskScreen: Sendable {
    /// Below this size nothing is shown but that it is too small.
    package static let minimumColumns = 20
    package static let minimumRows = 5
    /// Larger windows are filled up to this.
    package static let maximumColumns = 500
    package static let maximumRows = 200
    /// More actions are not kept until they are taken.
    static let maximumActions = 64

    /// Shows the alternate screen, in a state that is known: no wrapping, ASCII, bracketed pastes.
    package static let enter = Array(
        "\u{1B}[?1049h\u{1B}(B\u{0F}\u{1B}[r\u{1B}[?6l\u{1B}[4l\u{1B}[?7l\u{1B}[?2004h\u{1B}[?25h\u{1B}[0m\u{1B}[H\u{1B}[2J".utf8)
    /// Gives the terminal back as it was.
    package static let leave = Array("\u{1B}[0m\u{1B}[r\u{1B}[?2004l\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l".utf8)

    enum Tab { case targets, approvals }

    let user: String
    var columns: Int
    var rows: Int
    var tab = Tab.targets
    var picker = TargetPicker()
    var approvals = ApprovalList()
    /// The request that is open.
    var view: RequestView?
    /// The result of something, or why a key did nothing.
    var message = ""
    /// An action was given that the session is busy with; keys wait for nothing and are dropped.
    var isConnecting = false
    var isLeaving = false
    /// The latest time that was told.
    var now: UInt64
    private var reader = KeyReader()
    private var painter = ScreenPainter()
    private var actions: [DeskAction] = []

    /// - Parameters:
    ///   - user: whose desk it is; shown at the top.
    ///   - columns: the size of the terminal's window, with `rows`.
    package init(user: String, columns: Int, rows: Int, at now: UInt64) {
        self.user = user
        self.columns = min(columns, Self.maximumColumns)
        self.rows = min(rows, Self.maximumRows)
        self.now = now
    }

    var isTooSmall: Bool { columns < Self.minimumColumns || rows < Self.minimumRows }

    // MARK: What comes in

    /// Reads what the user's terminal sent, cut anywhere.
    package mutating func receive(keys: ArraySlice<UInt8>, at now: UInt64) {
        note(now)
        for byte in keys {
            if isLeaving { break }
            if let key = reader.take(byte, at: self.now) { press(key) }
        }
    }

    /// Another size of the window: everything is drawn again.
    package mutating func resize(columns: Int, rows: Int) {
        self.columns = min(columns, Self.maximumColumns)
        self.rows = min(rows, Self.maximumRows)
        redraw()
    }

    /// Draws everything again, as when something else wrote to the terminal.
    package mutating func redraw() { painter.forget() }

    /// The targets that the user may reach, all of them (at most 10,000 are listed). The filter stays, and the selection if its target does.
    package mutating func show(targets: [DeskTarget]) { picker.show(targets) }

    /// The requests that the user may see: the newest page, of `total`. It replaces the one before. What is selected stays selected.
    package mutating func show(approvals page: [DeskApproval], total: Int) {
        approvals.show(page, total: total)
        view?.show(page, total: total)
    }

    /// The last screenful of the session of a request, masked, line by line; ignored unless that request is open.
    package mutating func show(screenful: [String], of number: UInt64) {
        guard view?.approval.number == number else { return }
        view?.show(screenful: screenful)
    }

    /// One line of result, like `request 12 was approved`. After it, the user may act again.
    package mutating func show(outcome: String) {
        message = String(outcome.unicodeScalars.prefix(1000))
        isConnecting = false
        view?.showedOutcome()
    }

    // MARK: What goes out

    /// The bytes that the terminal should get now; empty if nothing changed. A decision needs that what it is about was taken here.
    package mutating func takeOutput() -> [UInt8] {
        let frame = compose()
        return painter.paint(frame.rows, cursor: frame.cursor, scrolling: frame.scrolling)
    }

    /// What the user wants, in order.
    package mutating func takeActions() -> [DeskAction] {
        defer { actions.removeAll() }
        return actions
    }

    mutating func act(_ action: DeskAction) {
        // To leave is never dropped.
        if actions.count < Self.maximumActions || action == .leave { actions.append(action) }
    }

    // MARK: Time

    /// When `advance` should be called, whatever else happens; in the past or now: at once.
    package var deadline: UInt64? {
        let showsTimes = view != nil || tab == .approvals
        let arrival = view?.arrival ?? approvals.arrival
        var times = [reader.deadline, view?.delay.deadline(now)]
        if approvals.arrival.time == nil || arrival.time == nil { times.append(now) }
        if showsTimes, let start = arrival.time {
            // Ages are told in steps of ten seconds.
            times.append(start &+ (arrival.seconds(until: now) / 10 + 1) &* 10_000_000_000)
            if let left = view?.approval.expiresInSeconds, left < 1 << 30 {
                let end = start &+ left &* 1_000_000_000
                if end > now { times.append(end) }
            }
        }
        return times.compactMap { $0 }.min()
    }

    /// Tells the time: an ESC that nothing follows is a key, ages grow, requests expire.
    package mutating func advance(at now: UInt64) {
        note(now)
        if !isLeaving, let key = reader.advance(at: self.now) { press(key) }
    }

    private mutating func note(_ time: UInt64) {
        now = max(now, time)
        approvals.note(now)
        view?.note(now)
    }
}
