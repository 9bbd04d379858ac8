/// Everything that masks the output of one channel, one behind the other: columns of tables by their names, the rules on the text, and the rules on what the
/// screen shows of it.
package struct OutputMask: Sendable {
    private let ruleCount: Int
    /// Nil where no column has a name to look for.
    private var columns: ColumnMask?
    private var stream: MaskedStream
    /// Nil without a terminal.
    private var screen: ScreenMask?
    /// How many bytes came before the last call of `feed`.
    private var offset: UInt64 = 0
    private var nextOffset: UInt64 = 0
    private var found: [MaskFinding] = []
    private var lost: [Int]
    private var passed: [UInt8] = []

    /// - Parameters:
    ///   - actions: one for each rule of the set.
    ///   - columnNames: of tables, in lower case.
    ///   - columns: the window's width; nil if there is no terminal.
    ///   - rows: the window's height.
    package init(
        _ set: MaskSet, known: KnownValues?, actions: [MaskAction], columnNames: Set<String>, clock: MaskClock, columns: Int?,
        rows: Int = 24
    ) {
        ruleCount = set.names.count
        self.columns = columnNames.isEmpty ? nil : ColumnMask(columnNames)
        stream = MaskedStream(set, known: known, actions: actions, clock: clock, columns: columns, masksAsItComes: true)
        lost = [Int](repeating: 0, count: ruleCount + 2)
        if let columns { screen = ScreenMask(stream.rules, columns: columns, rows: rows) }
    }

    /// Takes bytes of the stream.
    package mutating func feed(_ bytes: ArraySlice<UInt8>, at now: UInt64) {
        offset = nextOffset
        nextOffset += UInt64(bytes.count)
        guard columns != nil else { return stream.feed(bytes, at: now) }
        passed.removeAll(keepingCapacity: true)
        columns?.feed(bytes, into: &passed)
        for value in columns?.takeFound() ?? [] {
            found.append(
                MaskFinding(
                    rule: ruleCount + 1, offset: value.offset, cells: value.cells, value: value.value, isPartlyReleased: false))
        }
        stream.feed(passed[...], at: now)
    }

    /// What may go out now.
    package mutating func takeOutput() -> ArraySlice<UInt8> {
        let bytes = stream.takeOutput()
        return bytes.isEmpty ? bytes : screen?.take(bytes, isPlain: stream.tookPlain) ?? bytes
    }

    /// What was found since the last call: ask behind `takeOutput`. The index of a known value is the number of rules, that of a column one more. What only the screen
    /// has shown is told with the offset of the bytes that were fed last.
    package mutating func takeFindings() -> [MaskFinding] {
        if screen?.hasFindings == true {
            for var finding in screen?.takeFindings() ?? [] where found.count < MaskedStream.mostFindings {
                finding.offset = offset
                found.append(finding)
            }
        }
        guard !found.isEmpty else { return stream.takeFindings() }
        defer { found.removeAll() }
        return found + stream.takeFindings()
    }

    /// How many values of each rule were found beside those that `takeFindings` told, since the last call.
    package mutating func takeUntold() -> [(rule: Int, count: Int)] {
        let now =
            stream.findingsLost
            + [columns?.untold ?? 0]
        guard now != lost else { return [] }
        defer { lost = now }
        return now.indices.filter { now[$0] > lost[$0] }.map { ($0, now[$0] - lost[$0]) }
    }

    /// Tells what the user typed. Only for the stream of that user.
    package mutating func expectEcho(of typed: ArraySlice<UInt8>, at now: UInt64) { stream.expectEcho(of: typed, at: now) }
    package mutating func resize(columns: Int, rows: Int) {
        stream.resize(columns: columns)
        screen?.resize(columns: columns, rows: rows)
    }
    /// When `advance` is to be called; nil if it need not be.
    package var deadline: UInt64? { stream.deadline }
    /// Lets go what waited long enough.
    package mutating func advance(at now: UInt64) { stream.advance(at: now) }
    /// The stream ends: what is held is decided, and goes out.
    package mutating func finish() { stream.finish() }
    /// True while what the screen shows is looked at too.
    package var followsScreen: Bool { screen?.isOn ?? false }
    /// How many bytes wait.
    package var heldBytes: Int { stream.heldBytes }
}
