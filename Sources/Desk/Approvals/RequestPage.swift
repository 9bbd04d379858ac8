/// All that is told of one request, laid out in rows. Every part that comes from elsewhere stands behind a margin, so that no text can look like
/// another part of the page.
struct RequestPage: Sendable {
    private struct Block: Sendable {
        /// In front of the first row and of the others; equally wide.
        var first: String
        var next: String
        var text: WrappedText
        var firstRow: Int
        var isHeading = false
    }

    /// More of understood commands, doubts, votes and screen lines are not shown.
    static let maximumLines = 200
    /// Longer commands cannot be shown whole, in bytes: no shell can be given one (Linux: MAX_ARG_STRLEN).
    static let maximumCommand = 1 << 17

    let columns: Int
    private var blocks: [Block] = []
    private(set) var rowCount = 0
    /// The rows from the first to the end of the command: who, where, and what would run.
    private(set) var essential = 0

    init(_ approval: DeskApproval, screenful: [String]?, columns: Int) {
        self.columns = columns
        add("Who    ", approval.user)
        add("Where  ", approval.target)
        add("Login  ", approval.login)
        if let reason = approval.requesterReason { add("Why    ", reason) }
        addCommand(approval.command)
        essential = rowCount
        addList("Understood as:", "- ", approval.understood)
        if let rule = approval.rule { add("Rule   ", rule) }
        addList("Not certain, because:", "- ", approval.uncertain)
        add("Votes  ", "\(approval.approvedBy.count) of \(approval.needed)")
        addList(nil, "- ", approval.approvedBy)
        if let screenful { addList("Last screen of the session:", ": ", screenful) }
    }

    private mutating func addCommand(_ command: [UInt8]) {
        guard !command.isEmpty else { return }
        let shown = WrappedText(Array(command.prefix(Self.maximumCommand)), columns: columns - 2)
        var heading = "Command, \(command.count) bytes"
        if shown.lines > 1 { heading += ", \(shown.lines) lines" }
        if shown.marks > 0 { heading += ", \(shown.marks) marks for what cannot be shown" }
        if shown.foreign > 0 { heading += ", \(shown.foreign) not ASCII" }
        addHeading(heading + ":")
        add(Block(first: "| ", next: "| ", text: shown, firstRow: rowCount))
        addHeading(command.count > Self.maximumCommand ? "-- too long to be shown --" : "-- end of the command --")
    }

    private mutating func addHeading(_ text: String) {
        let text = WrappedText(Array(text.utf8), columns: columns)
        add(Block(first: "", next: "", text: text, firstRow: rowCount, isHeading: true))
    }

    private mutating func add(_ label: String, _ text: String) {
        let text = WrappedText(Array(text.utf8), columns: columns - label.utf8.count)
        let blanks = String(repeating: " ", count: label.utf8.count)
        add(Block(first: label, next: blanks, text: text, firstRow: rowCount))
    }

    private mutating func addList(_ heading: String?, _ margin: String, _ lines: [String]) {
        guard !lines.isEmpty else { return }
        if let heading { addHeading(heading) }
        let blanks = margin == ": " ? margin : "  "
        for line in lines.prefix(Self.maximumLines) {
            let text = WrappedText(Array(line.utf8.prefix(Self.maximumCommand)), columns: columns - margin.utf8.count)
            add(Block(first: margin, next: blanks, text: text, firstRow: rowCount))
        }
        if lines.count > Self.maximumLines { addHeading("(\(lines.count - Self.maximumLines) more are not shown)") }
    }

    private mutating func add(_ block: Block) {
        blocks.append(block)
        rowCount += block.text.rowCount
    }

    func row(_ number: Int) -> ScreenRow {
        var row = ScreenRow(columns: columns)
        guard let block = blocks.last(where: { $0.firstRow <= number }), number < rowCount else { return row }
        let inBlock = number - block.firstRow
        row.append(inBlock == 0 ? block.first : block.next, .bold)
        block.text.append(row: inBlock, to: &row)
        return block.isHeading ? row.adding(.bold) : row
    }
}
