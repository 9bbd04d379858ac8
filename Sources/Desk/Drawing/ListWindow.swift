/// Which entries of a long list are on the screen.
struct ListWindow: Sendable {
    private var top = 0

    /// Moves so that `selected` is in view: by half a screen, because on a slow link each step that scrolls costs a whole screen.
    ///
    /// - Parameters:
    ///   - count: how many entries there are.
    ///   - height: how many rows are for them, at least 1.
    mutating func follow(_ selected: Int, count: Int, height: Int) -> Range<Int> {
        if selected < top || selected >= top + height { top = selected - height / 2 }
        top = max(0, min(top, count - height))
        return top..<min(count, top + height)
    }
}
