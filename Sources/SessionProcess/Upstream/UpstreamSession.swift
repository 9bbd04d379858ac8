internal import LibSSH
internal import MonitorProtocol
internal import OpenSSHKeys
internal import TerminalStream

/// The connection of one leg to its target: asked from the monitor, key exchange, host key against the pins, log-in. Shared by all
/// session channels of the leg.
final class UpstreamSession {
    enum State {
        /// The monitor decides and dials.
        case asking
        /// Key exchange and log-in run.
        case connecting
        case ready
        case refused(Refusal)
    }

    let leg: Leg
    private unowned let connection: Connection
    private(set) var state = State.asking
    /// The target's own name and the login, as granted.
    private(set) var target: String
    private(set) var login: String
    private var route: GrantedRoute?
    /// The login's password, to be masked wherever it is printed; nil if it logs in by a key.
    private(set) var knownValues: KnownValues?
    private var agent: OwnedDescriptor?
    private(set) var session: ClientSession?
    private var keepalive: Keepalive

    /// Asks for the route at once: the target is dialled while the client still opens its channel.
    init(leg: Leg, login: String, target: String, connection: Connection) {
        self.leg = leg
        self.login = login
        self.target = target
        self.connection = connection
        keepalive = Keepalive(limits: connection.briefing.limits, now: connection.now())
        connection.askLater(.route(RouteRequest(leg: leg, target: target, login: login))) { [weak self] answer in
            self?.receive(answer)
        }
    }

    /// The socket to poll, while there is one.
    var pollable: Session? {
        switch state {
        case .connecting, .ready: session
        case .asking, .refused: nil
        }
    }

    var isHandshaking: Bool { if case .connecting = state { true } else { false } }
    var deadline: UInt64? { if case .ready = state { keepalive.deadline } else { nil } }

    /// Goes on with the handshake.
    /// - Returns: whether something can go on at once.
    func advance() throws(MonitorClient.Failure) -> Bool {
        guard let session else { return false }
        switch state {
        case .connecting: return try advanceHandshake(session)
        case .ready:
            // A target that gives no sign of life is lost: its channels see it by the session, as they see a closed socket.
            if keepalive.check(session, now: connection.now()) { session.disconnect() }
            if session.isLost {
                state = .refused(Refusal(message: "the connection to \(target) was lost", exitStatus: Refusal.failedStatus))
                return true
            }
            return false
        case .asking, .refused: return false
        }
    }

    func disconnect() { session?.disconnect() }

    private func receive(_ answer: MonitorClient.Answer) {
        switch answer.reply {
        case .route(let granted):
            guard let socket = answer.takeDescriptor() else { return connection.fail("a route without a socket") }
            target = granted.target
            login = granted.login
            agent = answer.takeDescriptor()
            route = granted
            if case .password(let password) = granted.authentication, password.count >= KnownValues.shortest {
                knownValues = KnownValues(KnownValues.forms(of: password))
            }
            do {
                session = try ClientSession(
                    socket: socket.release(), login: granted.login,
                    hostKeyAlgorithms: HostKeyPins(granted.pinnedHostKeys).algorithms)
                state = .connecting
            } catch {
                refuse(.handshakeFailed, detail: "\(error)", "the bastion could not set up the connection to \(target)")
            }
        case .refused(let refusal): state = .refused(refusal)
        default: connection.fail("unexpected answer to a route")
        }
    }

    private func advanceHandshake(_ session: ClientSession) throws(MonitorClient.Failure) -> Bool {
        switch session.stage {
        case .exchangingKeys, .loggingIn: return false
        case .hostKeyShown:
            checkHostKeyAndLogIn(session)
            return true
        case .loggedIn:
            wipeCredential()
            state = .ready
            connection.report(UpstreamResult(leg: leg, outcome: .loggedIn, detail: ""))
        case .refused:
            refuse(
                .authenticationFailed, detail: session.errorText,
                "\(target) did not accept the bastion's credential for \(login); tell your administrator")
        case .failed:
            refuse(
                .handshakeFailed, detail: session.errorText,
                "the connection to \(target) failed; tell your administrator if it does not help to try again")
        }
        return true
    }

    private func checkHostKeyAndLogIn(_ session: ClientSession) {
        guard let route, let base64 = session.hostKeyBase64, let shown = Base64.decode(base64) else {
            return refuse(.handshakeFailed, detail: "no host key", "\(target) showed no host key")
        }
        guard HostKeyPins(route.pinnedHostKeys).contain(shown) else {
            return refuse(
                .hostKeyMismatch, detail: "SHA256:" + Base64.encode(sha256(shown), padding: false),
                "\(target) showed a host key that is not the pinned one. Somebody may be in between: call your administrator")
        }
        switch route.authentication {
        case .password(let password): session.logIn(with: .password(password))
        case .agent:
            guard let socket = agent.take() else {
                return refuse(.handshakeFailed, detail: "no agent", "the bastion has no credential for \(target)")
            }
            session.logIn(with: .agent(socket: socket.release()))
        }
    }

    private func refuse(_ outcome: UpstreamResult.Outcome, detail: String, _ message: String) {
        wipeCredential()
        session?.disconnect()
        connection.report(UpstreamResult(leg: leg, outcome: outcome, detail: detail))
        state = .refused(Refusal(message: message, exitStatus: Refusal.failedStatus))
    }

    /// The password is of no use any more (promise 4), but for the masks (docs/decisions/0012).
    private func wipeCredential() { route = nil }
}
