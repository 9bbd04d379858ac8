internal import MonitorProtocol

/// Why a connection ended, from the monitor's side.
enum ConnectionEnd: Equatable, Sendable {
    /// The session process closed its socket: the ordinary end.
    case sessionLeft
    /// It asked what is not permitted, or what makes no sense.
    case violation(String)
    /// Nobody logged in in time, and the session did not notice.
    case graceOver
    /// It was told to end the connection and did not.
    case terminated
    /// It does not read what it is told.
    case deaf
    /// The daemon stops.
    case stopping
    /// A system call of ours failed.
    case failed(SystemError)

    var text: String {
        switch self {
        case .sessionLeft: "the session process left"
        case .violation(let what): "protocol violation: \(what)"
        case .graceOver: "nobody logged in in time"
        case .terminated: "ended by the bastion"
        case .deaf: "the session process does not read"
        case .stopping: "the bastion stops"
        case .failed(let error): "\(error)"
        }
    }
}
