extension Scenario {
    /// Lines longer than the screen is wide, wide and combining characters, resizes.
    static func wraps() -> ScenarioList {
        var list = ScenarioList(.wraps)
        let long = (1...30).map { "word\($0)" }.joined(separator: " ")
        list.add("a line over three rows", "t forbidden \(long)<enter>")
        list.add("exactly the width", "t forbidden \(String(repeating: "x", count: 80 - 8 - 12))<enter>")
        list.add("one more than the width", "t forbidden \(String(repeating: "x", count: 81 - 8 - 12))<enter>")
        list.add("edit across the edge", in: Shell.editing, "t forbidden \(long)<c-a><right>  <c-e> Z<enter>")
        list.add(
            "delete back over the edge",
            "t forbidden \(String(repeating: "y", count: 70))<bs><bs><bs><bs><bs><bs><bs><bs><bs><bs><bs><bs>z<enter>")
        list.add("wide characters", "t forbidden 日本語 한국어<enter>")
        list.add("delete a wide character", "t forbidden 日本語<bs>x<enter>")
        list.add("a wide character at the edge", "t forbidden \(String(repeating: "x", count: 59))語日本<enter>")
        list.add("combining characters", "t forbidden e\u{301}a\u{308} x<enter>")
        list.add("emoji", "t forbidden 👍🏽 👩‍👩‍👧 🇫🇷 x<enter>")
        list.add("move over wide characters", in: Shell.editing, "t forbidden 日本<left>x<left><left>y<enter>")
        list.add("a narrow terminal", columns: 20, rows: 5, "t forbidden one two three four five six<enter>")
        list.add("a very narrow terminal", columns: 9, rows: 5, "t forbidden one two<enter>")
        list.add(
            "resize while typing", "t forbidden one two", .resize(columns: 40, rows: 10), " three four five six seven<enter>")
        list.add(
            "resize a wrapped line", "t forbidden \(long)", .resize(columns: 50, rows: 24), " x", .resize(columns: 120, rows: 30),
            " y<enter>")
        return list
    }
}
