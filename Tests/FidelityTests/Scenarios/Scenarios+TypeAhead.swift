extension Scenario {
    /// Typed before anybody asked.
    static func typeAhead() -> ScenarioList {
        var list = ScenarioList(.typeahead)
        list.add("while a command sleeps", .blind("sleep 0.5<enter>"), .blind("t forbidden ahead<enter>"), .pause(900))
        list.add(
            "two lines while it sleeps", .blind("sleep 0.5<enter>"), .blind("t one<enter>t forbidden two<enter>"), .pause(900))
        list.add("all in one packet", .burst("t one<enter>t forbidden two<enter>t three<enter>"), .pause(300))
        list.add("half a line ahead", .blind("sleep 0.3<enter>"), .blind("t forb"), .pause(600), "idden<enter>")
        list.add(
            "for the program that runs", .blind("read x; sleep 0.2<enter>"), .blind("word<enter>t forbidden<enter>"), .pause(500))
        list.add(
            "cat takes it, then the shell", "cat<enter>", "a line<enter>", .burst("<c-d>t forbidden after<enter>"), .pause(300))
        list.add("before the first prompt", .early("t forbidden early<enter>"), .pause(500))
        list.add(
            "editing ahead", in: Shell.editing, .blind("sleep 0.5<enter>"), .blind("t forbiden<left><left>d<enter>"), .pause(900))
        list.add(
            "recall ahead", in: Shell.editing, "t forbidden one<enter>", .blind("sleep 0.5<enter>"), .blind("<up><up><enter>"),
            .pause(900))
        list.add("interrupt ahead", .blind("sleep 5<enter>"), .pause(200), .burst("<c-c>t forbidden after<enter>"), .pause(500))
        return list
    }
}
