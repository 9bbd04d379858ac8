internal import MonitorProtocol

/// How often a request may be made in one phase.
enum Use: Equatable, Sendable {
    case once
    case upTo(Int)
    case any

    func allows(_ earlier: Int) -> Bool {
        switch self {
        case .once: earlier < 1
        case .upTo(let bound): earlier < bound
        case .any: true
        }
    }
}

/// What a session process may ask, phase by phase; anything else ends its connection (model: OpenSSH `mon_dispatch_proto20`,
/// `mon_dispatch_postauth20`). To be read aloud: each row is one permission.
enum PermittedRequests {
    typealias Table = [SessionRequest.Kind: Use]

    // Of the connection as a whole.

    /// The process was started ahead and has no client.
    static let waiting: Table = [.ready: .once]

    /// The client has not logged in on the outer leg. Each failed log-in costs a probe and perhaps a proof.
    static func authenticating(tries: Int) -> Table { [.offeredCertificate: .upTo(2 * tries + slack)] }

    /// The client is known. What is about one leg is also subject to that leg's table; what is about files, to the channel's being one of sftp, and
    /// what is about lines, to its being guarded.
    ///
    /// Tunnels and the desk have bounds because both can be asked for, refused and logged without end; no client comes near them. The desk's screens ask every
    /// two seconds.
    static let serving: Table = [
        .offeredCertificate: .any, .openTunnel: .upTo(100_000), .route: .any, .upstreamResult: .any, .beginChannel: .any,
        .endChannel: .any, .desk: .upTo(10_000), .closeLeg: .any, .judgeFile: .any, .fileEvents: .any,
        .judgeLine: .any, .lineReports: .any, .maskReports: .any, .withdraw: .any,
        .deskView: .upTo(1_000_000), .decide: .upTo(10_000), .openDeskLeg: .upTo(10_000),
    ]

    // Of one leg.

    /// A tunnel that was opened, or the outer connection: its client has not logged in.
    static func unauthenticated(tries: Int) -> Table { [.offeredCertificate: .upTo(2 * tries + slack), .closeLeg: .once] }

    /// Logged in, no way to a target yet. A refused or failed dial may be asked again: with ControlMaster a connection outlives it.
    static let authenticated: Table = [.route: .upTo(8), .closeLeg: .once]

    /// The monitor is connecting to the target.
    static let dialling: Table = [.closeLeg: .once]

    /// Connected to the target; the session logs in there.
    static let routed: Table = [.upstreamResult: .once, .closeLeg: .once]

    /// Logged in to the target.
    static let usable: Table = [.beginChannel: .any, .closeLeg: .once]

    /// The target could not be used; the leg waits for its end.
    static let failed: Table = [.closeLeg: .once]

    /// Queries beyond twice the tries: clients ask "may I?" for keys that turn out good without that being a failed try.
    private static let slack = 8
}
