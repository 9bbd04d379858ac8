/// Editing sessions that nobody thought of: words, moves, deletions, kills and yanks, history, completion, undo, wide characters, wraps, commands over
/// several lines, pastes. The same seed and number always make the same session.
struct RandomSession {
    private let shell: Shell
    private var random: SeededGenerator

    /// Session `number` of `seed` as a scenario; its name says how to repeat it.
    static func scenario(seed: UInt64, number: Int, for shell: Shell) -> Scenario {
        var start = SeededGenerator(seed: seed)
        for _ in 0...number { _ = start.next() }
        var session = RandomSession(
            shell: shell, random: SeededGenerator(seed: start.next() ^ UInt64(shell.rawValue.utf8.first ?? 0)))
        var steps: [Scenario.Step] = []
        for _ in 0..<session.random.number(3...6) { steps += session.line() }
        // Whatever was left open.
        steps += ["<c-c>", "t end<enter>"]
        return Scenario(
            name: "seed \(seed) number \(number)", group: .random, shells: [shell],
            files: ["alpha1": "", "alpha2": "", "fable": "", "forbidden": ""], steps: steps)
    }

    private init(shell: Shell, random: SeededGenerator) {
        self.shell = shell
        self.random = random
    }

    /// One or more lines up to a prompt, or one that is taken back.
    private mutating func line() -> [Scenario.Step] {
        switch random.number(0...19) {
        case 0 where Shell.posix.contains(shell):
            return ["for i in \(word()) \(word()); do<enter>", "t $i \(word())<enter>", "done<enter>"]
        case 1 where Shell.posix.contains(shell): return ["t \(word()) \\<enter>", "\(word())<enter>"]
        case 2 where Shell.posix.contains(shell): return ["cat <lt><lt>E<enter>", "\(word())<enter>", "E<enter>"]
        case 3: return [.paste("t \(word()) \(word())\nt \(word())\n"), "<enter>"]
        case 4: return [.plainPaste("t \(word())\nt \(word()) \(word())\n")]
        case 5: return [.keys(beginning() + "<c-c>")]
        default: break
        }
        let keys =
            beginning() + (0..<random.number(0...6)).map { _ in edit() }.joined() + random.pick(["<enter>", "<enter>", "<c-j>"])
        return [random.chance(1, in: 4) ? .burst(keys) : .keys(keys)]
    }

    private mutating func beginning() -> String {
        if Shell.bang.contains(shell), random.chance(1, in: 10) { return random.pick(["!!", "t !$", "echo x; !!", "!t"]) }
        if Shell.bang.contains(shell), random.chance(1, in: 10) { return "<c-r>\(random.pick(["t", "al", "for"]))<c-e>" }
        if Shell.editing.contains(shell), random.chance(2, in: 10) {
            return String(repeating: "<up>", count: random.number(1...4))
                + String(repeating: "<down>", count: random.number(0...2))
        }
        return "t " + (0..<random.number(1...5)).map { _ in word() }.joined(separator: " ")
    }

    private mutating func edit() -> String {
        // dash has what the kernel's line discipline has.
        let cooked = ["<bs>", "<bs><bs><bs>", "<c-w>", " \(word())", "<c-u>t \(word())"]
        let everywhere =
            cooked + [
                "<left>", "<left><left><left>", "<right>", "<c-a>", "<c-e>", "<delete>", "<c-k>", "<c-d>x",
                random.pick(["x", "é", "語", "' '", "Z "]),
            ]
        let rich =
            everywhere + [
                "<m-b>", "<m-f>", "<m-d>", "<m-bs>", "<c-y>", "<c-t>", "<c-_>", " al<tab>", " fab<tab>", "<m-b>forb<tab>",
            ]
        switch shell {
        case .dash: return random.pick(cooked)
        case .ash: return random.pick(everywhere)
        case .bash, .zsh, .fish: return random.pick(rich)
        }
    }

    private mutating func word() -> String {
        random.pick([
            "forbidden", "alpha", "beta-2", "x", "a/b/c", "日本語", "naïve", "'two words'", "\"in quotes\"", "e\u{301}", "12345",
            "long" + String(repeating: "-er", count: random.number(5...30)),
        ])
    }
}
