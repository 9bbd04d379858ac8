/// Masks what a screen shows, behind the masks of the stream: programs that address places of the screen put values together from pieces.
///
/// It follows the screen as the user's terminal shows it, from the bytes that go out, and after each chunk of them reads the rows that were written. What the chunk would
/// print of a value goes out as `*`; what was shown before is overwritten (`ScreenRepair`). So no value stands on the screen behind any chunk; which bytes say so depends on
/// how the stream was cut.
///
/// It works only while `ScreenSwitch` says that places are addressed. Otherwise it keeps the end of the stream, to know what is on the screen when it begins to work.
struct ScreenMask: Sendable {
    /// So much of the stream is kept while it does not work, at most four times as much.
    static let keptBytes = 8192
    /// So much is looked at in one go, or rows could come and go unseen.
    static let mostAtOnce = 2048
    /// How often a chunk is cut before sequences that clear rows.
    static let mostCuts = 16
    /// How often characters of one chunk are replaced; what then still shows is overwritten.
    static let mostTries = 4
    static let mostRemembered = 256

    private var columns: Int
    private var rows: Int
    private var screenSwitch: ScreenSwitch
    private var rules: ScreenRules
    /// What the terminal shows, and the same once more, for trying a chunk. Empty until they are needed.
    private var screens: [Emulator] = []
    /// What came while it did not work: the screen has not read it.
    private var kept: [UInt8] = []
    private var isCutOff = false
    /// The size has changed: all rows have to be read.
    private var isResized = false
    private var output: [UInt8] = []
    private var found: [MaskFinding] = []
    /// Hashes of what was told since this screen is shown, oldest first.
    private var told: [Int] = []

    /// - Parameter rules: those of the stream.
    init(_ rules: Matcher.Rules, columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        self.rules = ScreenRules(rules)
        screenSwitch = ScreenSwitch(rows: rows)
    }

    /// True while the screen is followed.
    var isOn: Bool { screenSwitch.isOn }

    /// - Parameter isPlain: no escape is in them; false if nobody knows.
    /// - Returns: what goes out for these bytes. Nothing is held back.
    mutating func take(_ bytes: ArraySlice<UInt8>, isPlain: Bool) -> ArraySlice<UInt8> {
        guard isPlain, !screenSwitch.isOn, screenSwitch.isGround else { return follow(bytes) }
        keep(bytes)
        return bytes
    }

    private mutating func follow(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var wasOn = screenSwitch.isOn
        var index = bytes.startIndex
        if !wasOn {
            skip(bytes, &index)
            if !screenSwitch.isOn {
                keep(bytes)
                return bytes
            }
        }
        output.removeAll(keepingCapacity: true)
        var start = bytes.startIndex
        if screenSwitch.isOn, !wasOn {
            pass(bytes[..<index], isOn: false)
            begin()
            wasOn = true
            start = index
        }
        var sequence = start
        var cuts = 0
        var lines = 0
        let end = bytes.endIndex
        while index < end {
            if screenSwitch.isGround {
                let span = bytes.span
                index = bytes.startIndex + span.endOfPrintableASCII(from: index - bytes.startIndex)
                sequence = index
                guard index < end else { break }
            }
            let event = screenSwitch.take(bytes[index])
            index += 1
            if screenSwitch.isOn != wasOn {
                if wasOn, sequence > start {
                    pass(bytes[start..<sequence], isOn: true)
                    start = sequence
                }
                pass(bytes[start..<index], isOn: wasOn)
                start = index
                lines = 0
                wasOn.toggle()
                if wasOn { begin() } else { leave() }
                continue
            }
            guard wasOn else { continue }
            switch event {
            case .clearing, .alternate:
                if cuts < Self.mostCuts, sequence > start {
                    cuts += 1
                    pass(bytes[start..<sequence], isOn: true)
                    start = sequence
                    lines = 0
                }
            case .lineEnd:
                lines += 1
                if lines >= rows, cuts < Self.mostCuts {
                    cuts += 1
                    pass(bytes[start..<index], isOn: true)
                    start = index
                    lines = 0
                }
            default: break
            }
        }
        pass(bytes[start..<end], isOn: wasOn)
        return output[...]
    }

    /// Reads on until it is switched on.
    private mutating func skip(_ bytes: ArraySlice<UInt8>, _ index: inout Int) {
        let span = bytes.span
        var position = 0
        while position < span.count, !screenSwitch.isOn {
            if screenSwitch.isGround {
                position = span.endOfUnescaped(from: position)
                guard position < span.count else { break }
            }
            _ = screenSwitch.take(span[position])
            position += 1
        }
        index = bytes.startIndex + position
    }

    var hasFindings: Bool { !found.isEmpty }

    /// What was found since the last call; the offset is 0.
    mutating func takeFindings() -> [MaskFinding] {
        guard !found.isEmpty else { return [] }
        defer { found = [] }
        return found
    }

    mutating func resize(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        screenSwitch.rows = rows
        guard !screens.isEmpty else { return }
        if !screenSwitch.isOn { catchUp() }
        for index in screens.indices { screens[index].resize(columns: columns, rows: rows) }
        isResized = true
    }

    // MARK: Following

    private mutating func begin() {
        if screens.isEmpty || isCutOff {
            var emulator = Emulator(columns: columns, rows: rows, historyRows: 0)
            // After so much output the cursor is at the bottom, as a rule.
            if isCutOff { emulator.feed(Array("\u{1B}[\(rows);1H".utf8)[...]) }
            screens = [emulator, emulator]
        }
        catchUp()
    }

    private mutating func catchUp() {
        // If its beginning is missing, from the beginning of a line on.
        let start = isCutOff ? kept.firstIndex(of: 0x0A) ?? 0 : 0
        for index in screens.indices { screens[index].feed(kept[start...]) }
        kept = []
        isCutOff = false
    }

    private mutating func leave() {
        told.removeAll()
        rules.forget()
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        if bytes.count >= 2 * Self.keptBytes {
            kept.removeAll(keepingCapacity: true)
            isCutOff = true
        }
        bytes.suffix(2 * Self.keptBytes).withUnsafeBufferPointer { kept.append(contentsOf: $0) }
        guard kept.count > 4 * Self.keptBytes else { return }
        kept.removeFirst(kept.count - 2 * Self.keptBytes)
        isCutOff = true
    }

    private mutating func pass(_ bytes: ArraySlice<UInt8>, isOn: Bool) {
        guard isOn else {
            keep(bytes)
            output += bytes
            return
        }
        var rest = bytes
        while !rest.isEmpty {
            let part = rest.prefix(Self.mostAtOnce)
            rest = rest.dropFirst(part.count)
            show(part)
        }
    }

    // MARK: Masking

    /// Lets a chunk go, masked where it makes values.
    private mutating func show(_ chunk: ArraySlice<UInt8>) {
        // Taken out while they change, or their cells would be copied.
        guard var next = screens.popLast(), var shown = screens.popLast() else { return }
        defer {
            screens.append(shown)
            screens.append(next)
        }
        let values = values(behind: chunk, of: shown, in: &next)
        if values.isEmpty {
            output += chunk
            shown.feed(chunk)
        } else {
            mask(values, in: chunk, &shown, &next)
        }
    }

    /// Shows a chunk, and reads what it has written.
    private mutating func values(behind chunk: ArraySlice<UInt8>, of shown: borrowing Emulator, in next: inout Emulator)
        -> [ScreenRules.Value]
    {
        let time = isResized ? 0 : next.generation
        isResized = false
        next.feed(chunk)
        return rules.values(on: next, rows: (0..<next.rows).filter { next.screen.line($0).written > time })
    }

    private mutating func mask(
        _ values: [ScreenRules.Value], in chunk: ArraySlice<UInt8>, _ shown: inout Emulator, _ next: inout Emulator
    ) {
        var values = values
        var chunk = Array(chunk)
        var remaining = Set<ScreenCellIdentity>()
        for _ in 0..<Self.mostTries where !values.isEmpty {
            let targets = Set(values.flatMap { value in value.cells.map { identity($0, on: next) } })
            let printed = PrintedCharacters(replacing: targets, in: chunk[...], on: shown)
            tell(values, areShown: !targets.isSubset(of: printed.replaced))
            remaining.formUnion(targets.subtracting(printed.replaced))
            chunk = printed.bytes
            let time = shown.generation
            next = shown
            next.feed(chunk[...])
            values = rules.values(on: next, rows: (0..<next.rows).filter { next.screen.line($0).written > time })
            if printed.replaced.isEmpty { break }
        }
        for value in values { remaining.formUnion(value.cells.map { identity($0, on: next) }) }
        overwrite(remaining, behind: chunk, &shown, &next)
    }

    private func identity(_ place: RowText.Place, on emulator: borrowing Emulator) -> ScreenCellIdentity {
        ScreenCellIdentity(row: Int(place.row), column: Int(place.column), on: emulator)
    }

    /// Lets a chunk go, and overwrites cells behind it.
    private mutating func overwrite(
        _ cells: Set<ScreenCellIdentity>, behind chunk: [UInt8], _ shown: inout Emulator, _ next: inout Emulator
    ) {
        let end = next.isGround ? chunk.count : Self.endOfWhole(chunk, on: shown)
        shown.feed(chunk[..<end])
        output += chunk[..<end]
        if shown.isGround {
            let places = cells.compactMap { cell in
                cell.row(on: shown).map { (row: $0, column: cell.column) }
            }.filter { place in
                guard place.column < shown.columns else { return false }
                let cell = shown.screen[place.row, place.column]
                return !cell.isSecondHalf && cell.content > 0x20 && cell.content != UInt32(UInt8(ascii: "*"))
            }.sorted { $0 < $1 }
            let repair = ScreenRepair(places, isPlaced: screenSwitch.isPlaced, on: shown).bytes
            shown.feed(repair[...])
            output += repair
        }
        shown.feed(chunk[end...])
        output += chunk[end...]
        next = shown
    }

    /// How much of a chunk is whole sequences and characters: a repair cannot stand in the middle of one.
    private static func endOfWhole(_ chunk: [UInt8], on emulator: Emulator) -> Int {
        var emulator = emulator
        var end = 0
        for index in chunk.indices {
            emulator.feed(chunk[index...index])
            if emulator.isGround { end = index + 1 }
        }
        return end
    }

    /// Tells values, but for those that were told on this screen.
    private mutating func tell(_ values: [ScreenRules.Value], areShown: Bool) {
        for var finding in values.map(\.finding) {
            var hasher = Hasher()
            hasher.combine(finding.rule)
            hasher.combine(finding.value)
            let hash = hasher.finalize()
            guard !told.contains(hash) else { continue }
            if told.count == Self.mostRemembered { told.removeFirst() }
            told.append(hash)
            guard found.count < MaskedStream.mostFindings else { continue }
            finding.isPartlyReleased = areShown
            found.append(finding)
        }
    }
}
