/// Whether a shell's prompt is back, where it is not the same each time.
enum PromptLikeness {
    /// Whether this could be the next prompt of the shell that showed the other: a folder or a time in it has changed.
    ///
    /// - Parameters:
    ///   - prompt: of the last judged line.
    ///   - found: what stands before the cursor now.
    static func holds(_ prompt: [UInt8], _ found: [UInt8]) -> Bool {
        let shorter = min(prompt.count, found.count)
        let start = zip(prompt, found).prefix { $0 == $1 }.count
        let end = min(zip(prompt.reversed(), found.reversed()).prefix { $0 == $1 }.count, shorter - start)
        // The sign at the end and the blank behind it, and more than half of the rest.
        return end >= 2 && 2 * (start + end) > shorter
    }

    /// Whether a command names the variables that hold the prompts of shells.
    static func mayBeChanged(by command: [UInt8]) -> Bool {
        let text = String(decoding: command, as: UTF8.self)
        return text.contains("PS1") || text.contains("PROMPT")
    }
}
