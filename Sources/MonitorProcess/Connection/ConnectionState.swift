internal import Guard
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy

/// What the monitor knows of one connection; behind the mutex of its `ConnectionMonitor`.
struct ConnectionState: Sendable {
    var phase = SessionPhase()
    /// The client, from the moment it was given to this process.
    var client: AcceptedClient?
    /// The number of the `ready` request, which waits for a client.
    var readyNumber: UInt32?
    /// The last request's number; they count up.
    var lastNumber: UInt32 = 0
    /// Who logged in on the outer leg.
    var identity: CertifiedIdentity?
    var legs: [Leg: LegState] = [:]
    /// The ledger rows that are open.
    var sessions: [ChannelNumber: OpenSession] = [:]
    /// Requests that wait for people, by their numbers.
    var held: [UInt32: HeldRequest] = [:]
    /// Dials that have not come back, also those of legs that were closed meanwhile.
    var dials = 0
    /// Set from another thread: why the connection is to end now.
    var end: ConnectionEnd?
    /// Set when the session was told to end: what its user was told, and how long it may take.
    var termination: Termination?

    /// Channels that wait for people before they begin.
    var heldChannels: Int { held.values.count { if case .channel = $0.content { true } else { false } } }

    /// The requests of lines that wait on a channel: one at most, of a session that keeps to its word.
    func heldLines(of channel: ChannelNumber) -> [Int64] {
        held.values.compactMap { if case .line(let judge) = $0.content, judge.channel == channel { $0.approval } else { nil } }
    }

    struct Termination: Sendable {
        let refusal: Refusal
        let deadline: MonitorProtocol.Deadline
    }
}

/// A session channel that is in the ledger and not over.
struct OpenSession: Sendable {
    let summary: SessionSummary
    var files = FileDecisions()
    /// Nil where nobody reads what is typed.
    var guardTerms: GuardTerms?
    var lines = LineDecisions()
    var masks: MaskLedger
    /// When it has to end, by the grant it began by: milliseconds since 1970.
    var endsAt: Int64?

    var id: SessionID { summary.id }
}

/// One SSH connection inside the client's connection.
struct LegState: Sendable {
    /// The target that the tunnel of an inner leg leads to; nil on the outer leg.
    var tunnelTarget: String?
    /// Who logged in here; on inner legs the same name as on the outer.
    var identity: CertifiedIdentity?
    /// With which certificate.
    var certificate: Certificate?
    /// What the access rules granted, once connected.
    var route: Route?

    struct Route: Sendable {
        let request: AccessRequest
        let grant: Grant
        let agent: CredentialAgent?
    }
}
