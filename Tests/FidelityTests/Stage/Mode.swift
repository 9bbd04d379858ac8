/// How a scenario is played.
enum Mode: String, CaseIterable, Sendable {
    /// Plain `ssh` to the target, without Sallyport: shows that the ground truth tells what was typed, and which scenarios run `t forbidden`.
    case direct
    /// Through Sallyport, where everything may run: what it tells of the lines is compared with the truth.
    case allow
    /// Through Sallyport, where `t forbidden` is blocked and so is whatever is not known: nothing of it may run.
    case deny
    /// As `allow` and `deny`, with a target that has `integration: off`, so that bash, zsh and fish are read off the screen too.
    case allowUnaided = "allow-unaided"
    case denyUnaided = "deny-unaided"

    /// Whether it is seen by whether `t forbidden` ran; otherwise by what was told.
    var isDenying: Bool { self == .deny || self == .denyUnaided }

    /// Whether Sallyport starts the shells with its integration where it can.
    var isAided: Bool { self == .allow || self == .deny }

    /// The shells for which the mode is something of its own.
    var shells: Set<Shell> { self == .allowUnaided || self == .denyUnaided ? Shell.integrated : Shell.all }

    /// policy.yaml
    var policy: String {
        """
        default: allow
        uncertain: \(isDenying ? "block" : "allow")
        rules:
          - name: followed
            match: {command: {program: [bash, zsh, fish, dash, sh]}}
            verdict: guard
          - name: not-forbidden
            match: {command: {program: t, arguments: [forbidden]}}
            verdict: block
            message: That is forbidden
            enforce: \(isDenying)

        """
    }

    /// Whether a result is not what the guard promises: a false word about what ran, a secret kept, something else done than without it; or the
    /// forbidden done.
    func isFailure(_ result: ScenarioResult) -> Bool {
        if result.failure != nil { return true }
        switch self {
        case .direct: return false
        case .deny, .denyUnaided: return result.ranForbidden
        case .allow, .allowUnaided: return !result.comparison.isHonest || result.isChanged || result.secretLeaked
        }
    }
}
