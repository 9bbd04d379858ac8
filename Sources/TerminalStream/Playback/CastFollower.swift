/// Follows a recording while it grows: what happened and when, and what the screen shows at the end of it.
///
/// Memory: one line of the file and one screen of the recorded size, without what scrolled off.
package struct CastFollower: Sendable {
    private var reader = CastReader()
    /// The screen after all that was read. 80×24 before the header.
    package private(set) var screen = Emulator(columns: 80, rows: 24, historyRows: 0)

    package init() {}

    /// How many lines of the file were skipped.
    package var skippedLines: Int { reader.skippedLines }

    /// Reads the next bytes of the file and returns what they complete, in order. Give it pieces: the events take as much memory as they.
    package mutating func read(_ bytes: ArraySlice<UInt8>) -> [CastEvent] {
        var events: [CastEvent] = []
        read(bytes) { events.append($0) }
        return events
    }

    /// Reads the next bytes of the file only for what the screen shows.
    package mutating func skip(_ bytes: ArraySlice<UInt8>) { read(bytes) { _ in } }

    private mutating func read(_ bytes: ArraySlice<UInt8>, _ take: (CastEvent) -> Void) {
        // Each is changed while the other is: taken out for that time.
        var screen = screen
        self.screen = Emulator(columns: 1, rows: 1, historyRows: 0)
        reader.read(bytes) { event in
            switch event {
            case .header(let columns, let rows), .resize(let columns, let rows, _): screen.resize(columns: columns, rows: rows)
            case .output(let text, _): screen.feed(text[...])
            case .marker: break
            }
            take(event)
        }
        self.screen = screen
    }

    /// The bytes that show the present screen on a terminal of any size, whatever it showed before; what does not fit is cut.
    package func repaint(columns: Int, rows: Int) -> [UInt8] {
        var mirror = ScreenMirror(columns: columns, rows: rows)
        return mirror.update(from: screen)
    }
}
