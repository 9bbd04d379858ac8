import Testing

@testable import Guard

struct PasteTrackerTests {
    /// Whether each Enter of these keys is inside a paste.
    private func enters(in keys: String) -> [Bool] {
        var tracker = PasteTracker()
        var found: [Bool] = []
        for byte in keys.utf8 {
            tracker.take(byte)
            if byte == 0x0D { found.append(tracker.isInPaste) }
        }
        return found
    }

    @Test func `An Enter between the brackets is text`() {
        #expect(enters(in: "\r\u{1B}[200~a\rb\u{1B}[201~\r") == [false, true, false])
    }

    @Test func `The first end counts, even if it was pasted`() {
        #expect(enters(in: "\u{1B}[200~a\u{1B}[201~\rb\u{1B}[201~\r") == [false, false])
    }

    @Test(arguments: ["\u{1B}[20\r0~", "\u{1B}[200\r", "\u{1B}[202~\r", "[200~\r", "\u{1B}[2\u{1B}[201~\r"])
    func `What only looks like a beginning is none`(keys: String) {
        #expect(enters(in: keys) == [false])
    }

    @Test func `A beginning behind a broken one counts`() {
        #expect(enters(in: "\u{1B}[20\u{1B}[200~\r") == [true])
    }
}
