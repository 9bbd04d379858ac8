internal import Glibc
internal import MonitorProtocol

/// The steps of `Confinement.confine`, in their order.
enum ConfinementStep: Int32, CaseIterable {
    case arguments = 1
    case singleThread
    case inheritedDescriptors
    case signals
    case noNewPrivileges
    case boundingCapabilities
    case group
    case user
    case capabilities
    case limits
    case notDumpable
    case landlock
    case systemCallFilter

    /// With which the process exits when the step fails: 101 … 113, away from the shell's and sysexits' numbers.
    var exitStatus: Int32 { 100 + rawValue }
}

/// Why a session process is not confined, and therefore does not start.
struct ConfinementError: Error, Equatable {
    let step: ConfinementStep
    /// `errno`, or 0 when the reason is in the words.
    let code: Int32
    let words: String

    init(_ step: ConfinementStep, code: Int32 = 0, _ words: String) {
        self.step = step
        self.code = code
        self.words = words
    }

    /// One line for the monitor's log.
    var message: String {
        code == 0 ? "not confined: \(words)" : "not confined: \(words): \(SystemError("\(step)", code))"
    }
}
