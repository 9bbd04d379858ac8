import EndToEndHarness

/// The shells that are typed into, as login shells of accounts of their own.
enum Shell: String, CaseIterable, Sendable, Codable {
    case bash, zsh, fish, dash
    /// busybox ash
    case ash

    /// What stands in the target's passwd. dash runs under strace, for the ground truth; ash is busybox under that name.
    var program: String {
        switch self {
        case .bash: "/bin/bash"
        case .zsh: "/usr/bin/zsh"
        case .fish: "/usr/bin/fish"
        case .dash, .ash: "FOLDER/shells/\(rawValue)"
        }
    }

    /// Whether Sallyport can start it with its integration.
    var hasIntegration: Bool { Shell.integrated.contains(self) }

    /// Those with a line editor that can be a gate.
    static let integrated: Set<Shell> = [.bash, .zsh, .fish]
    /// Those that have a line editor at all: dash reads a cooked terminal.
    static let editing: Set<Shell> = [.bash, .zsh, .fish, .ash]
    /// Those that expand `!!`.
    static let bang: Set<Shell> = [.bash, .zsh]
    /// Those with the grammar of POSIX.
    static let posix: Set<Shell> = [.bash, .zsh, .dash, .ash]
    static let all = Set(allCases)
}
