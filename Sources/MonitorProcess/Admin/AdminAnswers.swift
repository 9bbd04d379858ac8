internal import Configuration
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Store

/// What the daemon answers on the admin socket: one function for each request.
struct AdminAnswers: Sendable {
    let bastion: Bastion
    /// The addresses that the listener is bound to.
    let listening: [String]
    /// Reads the configuration again.
    let reload: @Sendable () throws -> Reloaded

    /// - Parameter uid: who asks, for the log.
    func answer(_ request: AdminRequest, uid: UInt32) -> AdminAnswer {
        do {
            let answer = try answerOrThrow(request, uid)
            if request.changes { log(request, uid, "done") }
            return answer
        } catch let failure as AdminFailure {
            log(request, uid, failure.message)
            return AdminAnswer(.failure(failure))
        } catch {
            log(request, uid, "\(error)")
            return AdminAnswer(.failure(AdminFailure(.failed, "\(error)")))
        }
    }

    private func answerOrThrow(_ request: AdminRequest, _ uid: UInt32) throws -> AdminAnswer {
        switch request {
        case .status: AdminAnswer(.status(answerStatus()))
        case .reload: AdminAnswer(try answerReload())
        case .issueCertificate(let issue): AdminAnswer(.line(try answerIssueCertificate(issue)))
        case .listCertificates(let filter): AdminAnswer(.certificates(try answerListCertificates(filter)))
        case .showCertificate(let serial): AdminAnswer(.certificates([try answerShowCertificate(serial)]))
        case .revokeCertificate(let serial, let reason): AdminAnswer(.done(try answerRevokeCertificate(serial, reason)))
        case .certificateAuthority(let authority): AdminAnswer(.line(bastion.authorities[authority].publicKey.line))
        case .setCredential(let set): AdminAnswer(.done(try answerSetCredential(set)))
        case .listCredentials: AdminAnswer(.credentials(try bastion.store.credentials()))
        case .removeCredential(let name): AdminAnswer(.done(try answerRemoveCredential(name)))
        case .rekeyCredentials: AdminAnswer(.done(try answerRekeyCredentials()))
        case .listSessions(let filter): AdminAnswer(.sessions(try answerListSessions(filter)))
        case .showSession(let id): AdminAnswer(.sessions([try session(id)]))
        case .recording(let id): try answerRecording(id)
        case .killSession(let id): AdminAnswer(.done(try answerKillSession(id)))
        case .listEvents(let filter): AdminAnswer(.events(try answerListEvents(filter)))
        case .listApprovals(let filter): AdminAnswer(.approvals(try answerListApprovals(filter)))
        case .showApproval(let number): AdminAnswer(try answerShowApproval(number))
        case .decideApproval(let number, let approve, let reason):
            AdminAnswer(.done(try answerDecideApproval(number, approves: approve, reason: reason, uid: uid)))
        case .listAccesses: AdminAnswer(.accesses(try bastion.store.timedAccesses(activeAt: bastion.now())))
        case .revokeAccess(let number, let reason): AdminAnswer(.done(try answerRevokeAccess(number, reason: reason, uid: uid)))
        case .clientConfiguration: AdminAnswer(.clientConfiguration(answerClientConfiguration()))
        }
    }

    private func log(_ request: AdminRequest, _ uid: UInt32, _ result: String) {
        bastion.logger.notice(
            "admin", metadata: ["request": "\(request.name)", "uid": "\(uid)", "result": "\(escaped(result, limit: 1024))"])
    }

    // MARK: The daemon itself

    private func answerStatus() -> DaemonStatus {
        DaemonStatus(
            version: Bastion.version, startedAt: bastion.startedAt, listening: listening, connections: bastion.connections.count,
            activeSessions: bastion.connections.sessionCount)
    }

    private func answerReload() throws -> AdminReply {
        let reloaded: Reloaded
        do { reloaded = try reload() } catch {
            throw AdminFailure(.invalid, "\(error)\nThe running configuration stays.")
        }
        var text = "The configuration was read again."
        if reloaded.connectionsEnded > 0 {
            text += " Connections ended because their access was withdrawn: \(reloaded.connectionsEnded)."
        }
        if !reloaded.forRestart.isEmpty {
            text += " Only a restart puts these to work: \(reloaded.forRestart.joined(separator: ", "))."
        }
        return .done(text)
    }

    private func answerClientConfiguration() -> ClientConfiguration {
        let running = bastion.running
        let address = running.daemon.publicAddress
        // Port 0 is a free port: which one, only the sockets know.
        let bound = listening.first?.split(separator: ":").last.flatMap { Int($0) }
        let port = address.port != 0 ? Int(address.port) : bound ?? 0
        return ClientConfiguration(
            host: address.host, port: port,
            hostKeys: running.hostKeys.map(\.publicKey.line),
            targetNames: running.access.targets.flatMap { [$0.name] + $0.aliases })
    }
}

extension AdminRequest {
    /// For the log, without what it carries.
    fileprivate var name: String {
        switch self {
        case .status: "status"
        case .reload: "reload"
        case .issueCertificate(let issue): "issue certificate for \(escaped(issue.user, limit: 64))"
        case .listCertificates: "list certificates"
        case .showCertificate(let serial): "show certificate \(serial)"
        case .revokeCertificate(let serial, let reason): "revoke certificate \(serial): \(escaped(reason))"
        case .certificateAuthority(let authority): "show authority \(authority.rawValue)"
        case .setCredential(let set): "set credential \(set.name.text)"
        case .listCredentials: "list credentials"
        case .removeCredential(let name): "remove credential \(name.text)"
        case .rekeyCredentials: "rekey credentials"
        case .listSessions: "list sessions"
        case .showSession(let id): "show session \(escaped(id, limit: 32))"
        case .recording(let id): "recording of \(escaped(id, limit: 32))"
        case .killSession(let id): "kill session \(escaped(id, limit: 32))"
        case .listEvents: "list events"
        case .listApprovals: "list approvals"
        case .showApproval(let number): "show approval \(number)"
        case .decideApproval(let number, let approve, _): "\(approve ? "approve" : "deny") \(number)"
        case .listAccesses: "list accesses"
        case .revokeAccess(let number, let reason): "revoke access \(number): \(escaped(reason))"
        case .clientConfiguration: "client configuration"
        }
    }

    /// What is worth a line even when all went well: changes, and who looked at a recording.
    fileprivate var changes: Bool {
        switch self {
        case .reload, .issueCertificate, .revokeCertificate, .setCredential, .removeCredential, .rekeyCredentials, .killSession,
            .recording, .decideApproval, .revokeAccess:
            true
        case .status, .listCertificates, .showCertificate, .certificateAuthority, .listCredentials, .listSessions, .showSession,
            .listEvents, .listApprovals, .showApproval, .listAccesses, .clientConfiguration:
            false
        }
    }
}

extension AdminRequest.CredentialName {
    /// Safe for a log and a terminal.
    var text: String { "\(escaped(login, limit: 64))@\(escaped(target, limit: 253))" }
}
