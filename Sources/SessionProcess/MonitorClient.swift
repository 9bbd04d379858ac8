internal import CSystem
internal import MonitorProtocol

/// The session's end of the conversation with the monitor: one function for asking and waiting, one for asking and going on.
///
/// Every failure here ends the connection: a session without a monitor has nobody who decides.
final class MonitorClient {
    /// What the monitor answered, with the descriptors beside it.
    final class Answer {
        let reply: MonitorReply
        private var message: ReceivedMessage

        fileprivate init(reply: MonitorReply, message: consuming ReceivedMessage) {
            self.reply = reply
            self.message = message
        }

        /// The answer itself is still to come.
        var isNotice: Bool { if case .held = reply { true } else { false } }

        /// The next descriptor that came along; the caller closes it.
        func takeDescriptor() -> OwnedDescriptor? { message.takeDescriptor() }
    }

    /// The monitor is gone or says what cannot be.
    struct Failure: Error {
        let reason: String
    }

    /// How long the monitor may take for what is answered at once: it decides from memory, apart from the ledger's fsync.
    private static let patienceMilliseconds: Int32 = 20_000

    private let socket: MessageSocket
    private var lastNumber: UInt32 = 0
    private var waiting: [UInt32: (Answer) throws(Failure) -> Void] = [:]
    /// Answers that came while another one was waited for.
    private var early: [(number: UInt32, answer: Answer)] = []

    init(_ socket: MessageSocket) { self.socket = socket }

    var descriptor: Int32 { socket.descriptorNumber }
    /// Answers wait that no poll will report.
    var hasEarlyAnswers: Bool { !early.isEmpty }

    /// Asks and waits. For requests that the monitor answers from what it knows; nothing else happens in this process meanwhile.
    func ask(_ request: SessionRequest, patiently: Bool = false) throws(Failure) -> Answer {
        let number = try send(request)
        while true {
            guard let (answered, answer) = try receive(timeoutMilliseconds: patiently ? nil : Self.patienceMilliseconds) else {
                throw Failure(reason: "the monitor does not answer")
            }
            if answered == number, !answer.isNotice { return answer }
            early.append((answered, answer))
        }
    }

    /// Asks and goes on; `answered` runs later, from `dispatch`: once with the answer, and before it for each notice that people have to decide (`.held`).
    /// - Returns: the request's number, by which it can be withdrawn.
    @discardableResult
    func ask(_ request: SessionRequest, answered: @escaping (Answer) throws(Failure) -> Void) throws(Failure) -> UInt32 {
        let number = try send(request)
        waiting[number] = answered
        return number
    }

    /// Hands out the answers that have come. Call it when the descriptor was found readable or answers are early.
    ///
    /// Nothing need be there any more: between the poll and this, a callback may have asked, and taken what the poll announced (`early`).
    /// - Returns: the refusal with which the monitor ends the connection, if it does.
    func dispatch() throws(Failure) -> Refusal? {
        var arrived = early
        early = []
        if let next = try receive(timeoutMilliseconds: 0) { arrived.append(next) }
        for (number, answer) in arrived {
            if number == 0, case .terminate(let refusal) = answer.reply { return refusal }
            guard let handler = waiting[number] else {
                throw Failure(reason: "the monitor answered what was not asked")
            }
            if !answer.isNotice { waiting[number] = nil }
            try handler(answer)
        }
        return nil
    }

    private func send(_ request: SessionRequest) throws(Failure) -> UInt32 {
        lastNumber += 1
        do { try socket.send(request.encoded(number: lastNumber)) } catch { throw Failure(reason: "monitor: \(error)") }
        return lastNumber
    }

    /// - Returns: `nil` if nothing came in time.
    private func receive(timeoutMilliseconds: Int32?) throws(Failure) -> (UInt32, Answer)? {
        let message: ReceivedMessage?
        do { message = try socket.receive(timeoutMilliseconds: timeoutMilliseconds) } catch {
            if error.isTimeout { return nil }
            throw Failure(reason: "monitor: \(error)")
        }
        guard let message else { throw Failure(reason: "the monitor has gone") }
        do {
            let (number, reply) = try MonitorReply.decode(message.bytes)
            return (number, Answer(reply: reply, message: message))
        } catch { throw Failure(reason: "monitor: \(error)") }
    }
}
