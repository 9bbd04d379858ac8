/// What a person does at a shell, from the first prompt on, and for which shells it makes sense.
///
/// One is added by one line in the file of its group: a name, and what is typed, each string up to a point where a person would look at the screen.
/// Most of them run `t forbidden …`: where the policy blocks that, it must not run, and `t` tells whether it did.
struct Scenario: Sendable {
    var name: String
    var group: Group
    var shells: Set<Shell>
    /// Further lines for the start-up file of a shell.
    var startUp: [Shell: String] = [:]
    /// Files in the home folder.
    var files: [String: String] = [:]
    var steps: [Step]
    /// Whether `SECRET` stands in the steps: a text of its own each time, typed where a program asks for it. It may be found nowhere afterwards.
    var hasSecret = false
    /// Whether the shell's own channel does not tell what runs here (bash tells nothing of what an editor wrote for it, and of `bind -x`): then only
    /// `t` tells, and what Sallyport says is not compared.
    var truthIsBlind = false
    /// Lines that are typed into a program which the policy lets run as a whole (tmux, a pager's shell escape): they are the program's, and scored apart.
    var inside: [String] = []
    /// Whether Sallyport may end the session, because the scenario tampers with the integration: then less is done than without it.
    var mayBeEnded = false
    var columns: UInt16 = 80
    var rows: UInt16 = 24

    /// The kinds of trouble, with how many of each `../shared/lines.md` found useful.
    enum Group: String, CaseIterable, Sendable {
        case editing, wraps, completion, history, enter, vi, lines, paste, typeahead, secrets, programs, hostile
        /// Made by `RandomSession`.
        case random
    }

    enum Step: Sendable, ExpressibleByStringInterpolation {
        /// Keys, one after the other as fast as a quick hand types them, then a look at the screen until it is quiet.
        case keys(String)
        /// Keys in one packet: recall and Enter in one.
        case burst(String)
        /// Keys without a look at the screen afterwards.
        case blind(String)
        /// Before the first prompt, as the first step.
        case early(String)
        /// Wrapped in the marks of bracketed paste if the shell has asked for them, as a terminal does.
        case paste(String)
        /// As a terminal pastes that does not know bracketed paste.
        case plainPaste(String)
        case resize(columns: UInt16, rows: UInt16)
        /// Until the screen shows it, at most ten seconds.
        case wait(String)
        /// Milliseconds.
        case pause(Int)

        init(stringLiteral keys: String) { self = .keys(keys) }
    }

    /// A name that a file of known failures and a command line can carry.
    func key(_ shell: Shell) -> String { "\(shell.rawValue)/\(group.rawValue)/\(name)" }
}

/// The scenarios of one group, written down as a list.
struct ScenarioList {
    let group: Scenario.Group
    private(set) var scenarios: [Scenario] = []

    init(_ group: Scenario.Group) { self.group = group }

    /// Adds one. `startUp` holds for each of the shells that it names.
    mutating func add(
        _ name: String, in shells: Set<Shell> = Shell.all, startUp: [Shell: String] = [:], files: [String: String] = [:],
        hasSecret: Bool = false, truthIsBlind: Bool = false, inside: [String] = [], mayBeEnded: Bool = false,
        columns: UInt16 = 80, rows: UInt16 = 24,
        _ steps: Scenario.Step...
    ) {
        precondition(!scenarios.contains { $0.name == name }, "two scenarios of a group have the name \(name)")
        scenarios.append(
            Scenario(
                name: name, group: group, shells: shells, startUp: startUp, files: files, steps: steps, hasSecret: hasSecret,
                truthIsBlind: truthIsBlind, inside: inside, mayBeEnded: mayBeEnded, columns: columns, rows: rows))
    }
}

extension Scenario {
    /// All that have a name, in the order of the groups.
    static let named: [Scenario] = [
        editing(), wraps(), completion(), history(), enter(), vi(), lines(), paste(), typeAhead(), secrets(), programs(),
        hostile(),
    ].flatMap(\.scenarios)
}
