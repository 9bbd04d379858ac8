/// The second tab: what waits, oldest first, so that what is new comes at the end and moves nothing.
///
/// The selection belongs to a request and not to a row. If that request ends, its row stays, marked, until the selection is moved.
struct ApprovalList: Sendable {
    /// More of a page are not listed.
    static let limit = 1000

    private(set) var approvals: [DeskApproval] = []
    /// How many wait in all.
    private(set) var total = 0
    private(set) var selected: UInt64?
    /// The selected request is not in the page any more: it ended, or newer ones pushed it out.
    private(set) var selectionIsGone = false
    private(set) var arrival = Arrival()
    var window = ListWindow()

    mutating func show(_ page: [DeskApproval], total: Int) {
        let previous = selection
        approvals = Array(page.sorted { $0.number < $1.number }.suffix(Self.limit))
        self.total = max(total, approvals.count)
        arrival = Arrival()
        selectionIsGone = false
        if let previous, !approvals.contains(where: { $0.number == previous.number }) {
            approvals.append(previous)
            approvals.sort { $0.number < $1.number }
            selectionIsGone = true
        }
        if selected == nil { selected = approvals.first?.number }
    }

    mutating func note(_ now: UInt64) { arrival.note(now) }

    var selection: DeskApproval? { selectedIndex.map { approvals[$0] } }

    var selectedIndex: Int? { selected.flatMap { number in approvals.firstIndex { $0.number == number } } }

    /// How many are listed that still wait.
    var waiting: Int { approvals.count - (selectionIsGone ? 1 : 0) }

    mutating func move(by rows: Int) {
        guard let index = selectedIndex else { return }
        var next = max(0, min(index + rows, approvals.count - 1))
        guard next != index else { return }
        if selectionIsGone {
            approvals.remove(at: index)
            selectionIsGone = false
            if next > index { next -= 1 }
        }
        selected = approvals[next].number
    }

    /// Forgets the selected request if it ended, as when the list is left.
    mutating func dropGone() {
        guard selectionIsGone, let index = selectedIndex else { return }
        approvals.remove(at: index)
        selectionIsGone = false
        selected = approvals.isEmpty ? nil : approvals[min(index, approvals.count - 1)].number
    }
}
