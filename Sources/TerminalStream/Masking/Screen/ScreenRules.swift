/// The mask rules on what a screen shows.
struct ScreenRules: Sendable {
    /// A value that can be read on the screen.
    struct Value: Sendable {
        /// Those that have to be masked, by row and column.
        var cells: [RowText.Place]
        var finding: MaskFinding
    }

    private let rules: Matcher.Rules
    private var text = RowText()
    private var keys = KeyRows()

    /// - Parameter rules: those of the stream. What is only reported is left to the stream.
    init(_ rules: Matcher.Rules) {
        self.rules = Matcher.Rules(
            image: rules.image, known: rules.known, actions: rules.actions.map { $0 < .mask ? .off : $0 },
            isProgressive: rules.isProgressive.map { _ in false }, isShape: rules.isShape)
    }

    /// What was seen before on this screen counts no more.
    mutating func forget() { keys = KeyRows() }

    /// The values in rows that were written, as far as they can be read.
    ///
    /// Rows are read with the two before and behind, and with what they wrap into. Where programs break lines themselves, as they do in panes and beside line numbers,
    /// they are read once more as they go on (`PaneRows`).
    mutating func values(on emulator: borrowing Emulator, rows: [Int]) -> [Value] {
        guard !rows.isEmpty else { return [] }
        let spans = Self.widened(rows, on: emulator)
        var values: [Value] = []
        read(spans, on: emulator)
        match(into: &values)
        keys.find(in: text, on: emulator, into: &values, rules)
        let panes = PaneRows(spans, borders: text.borders, on: emulator).chains
        if !panes.isEmpty {
            text.removeAll()
            for chain in panes {
                for part in chain { text.add(part, of: emulator) }
                text.add(LogicalText.cut)
            }
            match(into: &values)
        }
        return values
    }

    private static func widened(_ rows: [Int], on emulator: borrowing Emulator) -> [ClosedRange<Int>] {
        var spans: [ClosedRange<Int>] = []
        for row in rows {
            var first = max(0, row - 2)
            var last = min(emulator.rows - 1, row + 2)
            if let span = spans.last, first <= span.upperBound + 1 {
                first = span.lowerBound
                last = max(last, span.upperBound)
                spans.removeLast()
            } else {
                while first > 0, goesOn(first - 1, on: emulator) { first -= 1 }
            }
            while last < emulator.rows - 1, goesOn(last, on: emulator) { last += 1 }
            spans.append(first...last)
        }
        return spans
    }

    private static func goesOn(_ row: Int, on emulator: borrowing Emulator) -> Bool {
        let last = emulator.screen[row, emulator.columns - 1]
        return emulator.screen.line(row).isWrapped || last.content > 0x20 || last.isSecondHalf
    }

    /// Makes the text of rows as they are.
    private mutating func read(_ spans: [ClosedRange<Int>], on emulator: borrowing Emulator) {
        text.removeAll()
        for span in spans {
            for row in span {
                let isJoined = row < span.upperBound && emulator.screen.line(row).isWrapped
                text.add(row, of: emulator, isJoined: isJoined)
                if !isJoined { text.add(0x0A) }
            }
            text.add(LogicalText.cut)
        }
    }

    private func match(into values: inout [Value]) {
        var matcher = Matcher(rules, rawStart: 0)
        matcher.text.append(text.bytes[...], at: 0)
        matcher.finish()
        let found = matcher.takeFound()
        guard !found.isEmpty else { return }
        let findings = matcher.takeFindings()
        for value in found {
            let cells = hiddenCells(value)
            guard !cells.isEmpty else { continue }  // nothing of it can be read
            let finding =
                findings.first { $0.rule == value.rule && Int($0.offset) == value.range.lowerBound }
                ?? MaskFinding(rule: value.rule, offset: 0, cells: cells.count, value: [], isPartlyReleased: false)
            values.append(Value(cells: cells, finding: finding))
        }
    }

    /// The cells of a value that are not masked yet and have to be.
    private func hiddenCells(_ value: FoundValue) -> [RowText.Place] {
        var cells: [RowText.Place] = []
        let isCard = value.rule < rules.image.rules.count && rules.image.rules[value.rule].style == .cardEnds
        let digits = isCard ? value.range.reduce(0) { $0 + (Self.isDigit(text.bytes[$1]) ? 1 : 0) } : 0
        var digit = 0
        for index in value.range where index < text.bytes.count {
            let byte = text.bytes[index]
            if isCard {
                guard Self.isDigit(byte) else { continue }
                digit += 1
                if digit <= 6 || digit > digits - 4 { continue }
            }
            guard byte > 0x20, byte != UInt8(ascii: "*"), text.places[index].column >= 0 else { continue }
            if cells.last != text.places[index] { cells.append(text.places[index]) }
        }
        return cells
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
