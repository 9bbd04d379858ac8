internal import LibSSH
internal import MonitorProtocol
internal import OpenSSHKeys

/// Logging in (RFC 4252): certificates only, each judged by the monitor, the proof of possession by libssh.
extension ClientLeg: ServerSessionDelegate {
    func serverSession(_ session: ServerSession, offers key: OfferedKey, userName: String, isProven: Bool) -> Bool {
        // After success libssh ignores further requests (RFC 4252 §5.1); nothing may change even if it did not.
        guard identity == nil, !isExhausted, !session.isLost, userName.utf8.count <= 512 else { return false }
        guard key.isCertificate, let certificate = Base64.decode(key.base64) else {
            showHelp()
            return fail()
        }
        let offered = OfferedCertificate(leg: leg, userName: userName, certificate: certificate, isProven: isProven)
        guard let answer = connection.askNow(.offeredCertificate(offered)) else { return false }
        switch answer.reply {
        case .identity(let identity):
            if isProven { logIn(as: identity, userName: userName) }
            return true
        case .refused(let refusal):
            session.sendBanner("sallyport: \(refusal.message)\r\n")
            return fail()
        default:
            connection.fail("unexpected answer to a certificate")
            return false
        }
    }

    func serverSession(_ session: ServerSession, refuses method: RefusedMethod, userName: String) {
        // Every OpenSSH client begins with `none` (RFC 4252 §5.2) to learn the methods, holders of a certificate too, so that one passes
        // in silence; whoever has nothing else to try comes back with something that is answered below, or gives up.
        if method == .none && failedTries == 0 {
            failedTries = 1
        } else {
            showHelp()
            _ = fail()
        }
    }

    private func logIn(as identity: GrantedIdentity, userName: String) {
        self.identity = identity
        self.userName = userName
        if let tunnelTarget {
            upstream = UpstreamSession(leg: leg, login: userName, target: tunnelTarget, connection: connection)
        } else if let destination = Destination(userName: userName) {
            upstream = UpstreamSession(
                leg: leg, login: destination.login, target: destination.target, connection: connection)
        }
    }

    private func showHelp() {
        guard !hasShownHelp else { return }
        hasShownHelp = true
        session.sendBanner("sallyport: \(connection.briefing.certificateHelp)\r\n")
    }

    /// Counts a failed try; too many end the leg. Returns false, the answer to the try.
    private func fail() -> Bool {
        failedTries += 1
        if failedTries > connection.briefing.limits.authenticationTries {
            isExhausted = true
            session.stopsReading = true
        }
        return false
    }
}
