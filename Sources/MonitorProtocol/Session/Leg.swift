/// Which SSH connection inside one client connection a message speaks of.
///
/// 0 is the outer connection (`ssh root@web1@bastion`, or the one that carries tunnels); 1, 2, … are the inner sessions that
/// `ssh -J` opens through it, numbered by the session process in the order of their `direct-tcpip` channels, never reused.
package struct Leg: Hashable, Comparable, Sendable {
    package let number: UInt32
    package init(_ number: UInt32) { self.number = number }
    package static let outer = Leg(0)
    package static func < (a: Leg, b: Leg) -> Bool { a.number < b.number }
}

/// Names one channel of a connection in messages between session and monitor; chosen by the session, never reused.
package struct ChannelNumber: Hashable, Sendable {
    package let number: UInt32
    package init(_ number: UInt32) { self.number = number }
}

/// What a session channel was asked to be (RFC 4254 §6.5).
package enum ChannelKind: UInt8, Sendable, Codable, CaseIterable {
    case shell = 1
    case exec = 2
    case sftp = 3

    package var name: String {
        switch self {
        case .shell: "shell"
        case .exec: "exec"
        case .sftp: "sftp"
        }
    }
}
