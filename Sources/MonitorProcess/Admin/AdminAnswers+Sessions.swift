internal import Foundation
internal import MonitorProtocol
internal import Store

extension AdminAnswers {
    func answerListSessions(_ filter: AdminRequest.SessionFilter) throws -> [SessionSummary] {
        guard (1...10_000).contains(filter.limit) else {
            throw AdminFailure(.invalid, "a list has 1 to 10000 sessions, not \(filter.limit)")
        }
        return try bastion.store.sessions(filter)
    }

    func answerListEvents(_ filter: AdminRequest.EventFilter) throws -> [PolicyEvent] {
        guard (1...10_000).contains(filter.limit) else {
            throw AdminFailure(.invalid, "a list has 1 to 10000 events, not \(filter.limit)")
        }
        return try bastion.store.events(filter)
    }

    func session(_ text: String) throws -> SessionSummary {
        guard let id = SessionID(text), let session = try bastion.store.session(id) else {
            throw AdminFailure(.notFound, "there is no session \"\(escaped(text, limit: 32))\"")
        }
        return session
    }

    func answerRecording(_ text: String) throws -> AdminAnswer {
        let session = try session(text)
        do {
            return AdminAnswer(.recording(session), descriptor: try bastion.recordings.openExisting(session.recording))
        } catch {
            throw AdminFailure(
                error.code == ENOENT ? .notFound : .failed, "the recording \(session.recording) cannot be opened: \(error)")
        }
    }

    /// Tells the session's user and ends the whole connection: two seconds later by force.
    func answerKillSession(_ text: String) throws -> String {
        let session = try session(text)
        guard let connection = bastion.connections.connection(of: session.id) else {
            throw AdminFailure(.notFound, "session \(session.id) is over")
        }
        connection.terminate(
            Refusal(message: "an administrator has ended your session.", exitStatus: Refusal.refusedStatus))
        return "Session \(session.id) of \(escaped(session.user)) is being ended, with its connection."
    }
}
