@testable import TerminalStream

/// A user's terminal behind the masks, and the same one without them.
struct MaskedScreen {
    static let rules = [
        MaskRule(
            "token", .token, prefix: "ghp_", value: "[0-9A-Za-z]{12,40}", notBefore: "A-Za-z0-9_", notAfter: "A-Za-z0-9_",
            widest: 60,
            source: "", example: "", nearMiss: ""),
        MaskRule(
            "card", .personal, value: "[0-9]{13,19}|[0-9]{4}([ -][0-9]{4}){3}", notBefore: "A-Za-z0-9_.", notAfter: "A-Za-z0-9_",
            trigger: "[0-9]{4}[ -]?[0-9]{4}", validator: .card, widest: 23, style: .cardEnds, source: "", example: "",
            nearMiss: ""),
        MaskRule(
            "password", .keyed, prefix: "password=", value: "[^\\s\"'&]{6,32}", trigger: "password=", widest: 60, style: .fixed,
            source: "", example: "", nearMiss: ""),
        MaskRule(
            "seen", .own, prefix: "SEEN", value: "[0-9]{4,8}", widest: 16, source: "", example: "", nearMiss: ""),
    ]
    static let set = try? MaskSet(compiling: rules)

    private(set) var mask: OutputMask
    private(set) var user: Emulator
    private(set) var plain: Emulator
    private(set) var bytes: [UInt8] = []
    private(set) var findings: [MaskFinding] = []

    init(
        _ columns: Int = 40, _ rows: Int = 8, set: MaskSet? = Self.set, clock: MaskClock = .strict,
        actions: [MaskAction] = [.mask, .mask, .mask, .report]
    ) throws {
        guard let set else { throw MaskSetError("no rules") }
        mask = OutputMask(
            set, known: nil, actions: actions, columnNames: [], clock: clock, columns: columns, rows: rows)
        user = Emulator(columns: columns, rows: rows)
        plain = Emulator(columns: columns, rows: rows)
    }

    /// One chunk of the program's output.
    mutating func show(_ text: String) { show(Array(text.utf8)[...]) }

    mutating func show(_ chunk: ArraySlice<UInt8>) {
        plain.feed(chunk)
        mask.feed(chunk, at: 0)
        take()
    }

    /// What stood in the window before the session.
    mutating func showBefore(_ text: String) {
        plain.feed(text)
        user.feed(text)
    }

    mutating func finish() {
        mask.finish()
        take()
    }

    private mutating func take() {
        let output = mask.takeOutput()
        bytes += output
        user.feed(output)
        findings += mask.takeFindings()
    }

    mutating func resize(_ columns: Int, _ rows: Int) {
        plain.resize(columns: columns, rows: rows)
        user.resize(columns: columns, rows: rows)
        mask.resize(columns: columns, rows: rows)
    }

    /// How the user's terminal differs from what the program believes, but for cells that are masked; nil if it does not.
    var difference: String? {
        if user.cursor != plain.cursor { return "cursor \(user.cursor), not \(plain.cursor)" }
        if user.isWrapPending != plain.isWrapPending { return "wrap pending: \(user.isWrapPending)" }
        if user.pen != plain.pen { return "pen \(user.pen), not \(plain.pen)" }
        if user.modes != plain.modes { return "modes" }
        if user.characterSets != plain.characterSets { return "character sets" }
        if user.scrollRegion != plain.scrollRegion { return "scroll region" }
        if user.saved.row != plain.saved.row || user.saved.column != plain.saved.column || user.saved.pen != plain.saved.pen {
            return "what is saved"
        }
        for row in 0..<user.rows {
            for column in 0..<user.columns {
                var (mine, its) = (user.screen[row, column], plain.screen[row, column])
                let isStar = user.clusters.base(of: mine.content) == 0x2A || its.isSecondHalf
                // What is joined to a masked character is not printed.
                if isStar || user.clusters.base(of: mine.content) == plain.clusters.base(of: its.content) {
                    (mine.content, its.content, mine.width, its.width) = (0, 0, 1, 1)
                }
                mine.attributes.remove(.lineDrawing)
                its.attributes.remove(.lineDrawing)
                guard mine == its else { return "cell \(row), \(column): \(user.shown)" }
            }
        }
        return nil
    }
}
