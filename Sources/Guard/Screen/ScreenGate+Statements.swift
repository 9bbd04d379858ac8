/// Statements of SQL clients over several lines. Policy says where one ends, and the client's next prompt whether that is so.
extension ScreenGate {
    /// What the client was given last, and what is not certain about it.
    struct Statement: Equatable {
        var command: [UInt8]
        var doubts: [LineDoubt]
        var readings: [[UInt8]]
    }

    /// Before a line that stands behind this prompt is put together with those before it.
    mutating func noticeStatement(at prompt: [UInt8], _ exchange: inout Exchange) {
        guard let asksForMore = ClientPrompt.asksForMore(prompt, of: language) else { return }
        if !asksForMore, !earlier.isEmpty {
            // The client has sent what seemed unfinished: another delimiter, a command that takes the whole line.
            if let earlierNumber { exchange.report(earlierNumber, .started) }
            forgetEarlier()
        } else if asksForMore, earlier.isEmpty, let last = lastStatement {
            // It goes on where another delimiter holds.
            earlier = last.command + [0x0A]
            (earlierDoubts, earlierReadings) = (last.doubts, last.readings.map { $0 + [0x0A] })
        }
    }
}
