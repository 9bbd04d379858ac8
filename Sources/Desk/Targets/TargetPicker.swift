/// The first tab: which target, and as whom.
struct TargetPicker: Sendable {
    /// The small choice where a target has several logins.
    struct LoginChoice: Sendable {
        let target: DeskTarget
        let logins: [String]
        var selected = 0
        var window = ListWindow()
    }

    /// What Enter means.
    enum Choice: Equatable {
        case connect(target: String, login: String)
        case nothing
        /// It is not possible, and why.
        case impossible(String)
    }

    private(set) var search = TargetSearch([])
    private(set) var filter = InputLine()
    /// Numbers of `search.targets`.
    private(set) var matches: [Int] = []
    /// Of `matches`.
    private(set) var selected = 0
    private var isStale = false
    var window = ListWindow()
    var choice: LoginChoice?
    /// The filter was typed last, and not the selection moved: the cursor shows it, and a screen reader reads there.
    private(set) var isTyping = true

    /// Replaces the list; the selection stays with its target if that is still listed.
    mutating func show(_ targets: [DeskTarget]) {
        update()
        let name = selectedTarget.map { search.targets[$0].name }
        search = TargetSearch(targets)
        matches = search.matches(filter.text)
        selected = matches.firstIndex { search.targets[$0].name == name } ?? 0
    }

    /// Searches again, once for all keys that came together.
    mutating func update() {
        guard isStale else { return }
        isStale = false
        matches = search.matches(filter.text)
        selected = 0
    }

    var selectedTarget: Int? { selected < matches.count ? matches[selected] : nil }

    mutating func edit(_ key: DeskKey) -> Bool {
        guard filter.take(key) else { return false }
        (isStale, isTyping) = (true, true)
        return true
    }

    mutating func clearFilter() {
        filter.clear()
        (isStale, isTyping) = (true, true)
    }

    /// Moves the selection by rows.
    mutating func move(by rows: Int) {
        update()
        isTyping = false
        selected = max(0, min(selected + rows, matches.count - 1))
    }

    mutating func moveInChoice(by rows: Int) {
        guard let choice else { return }
        self.choice?.selected = max(0, min(choice.selected + rows, choice.logins.count - 1))
    }

    /// Connects, or opens the choice of logins.
    mutating func enter() -> Choice {
        if let choice {
            self.choice = nil
            return .connect(target: choice.target.name, login: choice.logins[choice.selected])
        }
        update()
        guard let number = selectedTarget else { return .nothing }
        let target = search.targets[number]
        let login = TargetSearch.parts(of: filter.text).login
        let logins = login.map { search.logins(of: number, beginningWith: $0) } ?? target.logins
        guard let first = logins.first else { return .impossible("no login may be used on \(target.name)") }
        if logins.count == 1 { return .connect(target: target.name, login: first) }
        choice = LoginChoice(target: target, logins: logins)
        return .nothing
    }
}
