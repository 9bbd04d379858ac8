/// What the guard tells the user on the terminal: one coloured line of its own.
enum Notice {
    /// For a terminal whose cursor is in the first column; leaves it there.
    ///
    /// - Parameter message: without control characters.
    static func line(_ message: String) -> [UInt8] {
        // SGR 0 first, because a program may have left its colours on, and concealed text would tell nothing.
        Array("\u{1B}[0;1;31msallyport:\u{1B}[0m \(message)\r\n".utf8)
    }

    static func dropped(_ count: Int) -> String {
        count == 1 ? "1 byte that followed was dropped." : "\(count) bytes that followed were dropped."
    }
}
