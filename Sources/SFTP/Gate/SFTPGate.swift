/// Stands between client and target of one sftp channel: nothing that names a file goes on before it was judged. Version 3 of the protocol
/// (draft-ietf-secsh-filexfer-02) with OpenSSH's extensions. Pure: bytes and answers in, bytes, questions and events out.
///
/// The client's packets are taken in their order. One that has to be judged holds up all that follow; what the target sends goes on meanwhile.
/// What is not understood never reaches the target. File content is not copied: `take…` gives slices of what `receive` was given.
///
/// Known limits, each with a test:
/// - What a path leads to can change between judgement and request: another session of the same user can put a link where a folder was.
/// - Servers that read SYMLINK's arguments as the draft orders them take the two paths the other way round.
/// - In a file that is opened for appending the target chooses where bytes go: the size limit counts from zero, and there is no digest.
package struct SFTPGate: ~Copyable {
    enum Phase: Equatable {
        case expectingInitialise
        case expectingVersion
        /// The target was asked where it starts.
        case expectingStart
        case serving
    }

    var phase = Phase.expectingInitialise
    /// Where relative paths begin; nil if the target does not say, and then they are refused.
    var start: [UInt8]?
    /// Why the channel has to end. Nothing passes any more.
    package internal(set) var failure: SFTPFailure?

    // Client to target.
    var clientInput: ArraySlice<UInt8> = []
    var requests = PacketCutter<RequestHead>()
    var requestBody = RequestBody.dropped
    var toTarget = Outgoing()
    /// The request that waits for its judgement, or for the target to say where its path leads.
    var held: HeldRequest?

    // Target to client.
    var replies = PacketCutter<ReplyHead>()
    var replyBody = ReplyBody.passed
    var toClient = Outgoing()
    /// Our own answers, which wait for the end of the packet that is on its way.
    var answers: [UInt8] = []

    // What is known.
    var outstanding = OutstandingRequests()
    /// The id of a request of our own, at most one at a time.
    var ownRequest: UInt32?
    var handles = HandleTable()
    let budget = HashBudget()
    var events: [FileEvent] = []
    var eventCost = 0

    package init() {}

    /// Where the body of the client's current packet goes.
    enum RequestBody {
        case dropped
        case passed
        /// Data for a file, at this offset.
        case written(OpenFile, offset: UInt64)
    }

    /// Where the body of the target's current packet goes.
    enum ReplyBody {
        case dropped
        case passed
        case read(OpenFile, offset: UInt64)
    }

    // MARK: Bytes

    /// Whether `receive(fromClient:)` may be called. False while a request waits, and while the peers owe so much that it would have to be kept here.
    package var wantsClientBytes: Bool { clientInput.isEmpty && toTarget.isEmpty && held == nil && mayGoOn }

    /// Takes what the client sent. Only when it is wanted.
    package mutating func receive(fromClient bytes: ArraySlice<UInt8>) {
        precondition(wantsClientBytes, "the client is read only when the gate wants it")
        clientInput = bytes
        toTarget.begin(bytes)
        advance()
    }

    /// Takes what the target sent. Only after all that is for the client has been taken.
    package mutating func receive(fromTarget bytes: ArraySlice<UInt8>) {
        precondition(toClient.isEmpty, "what the target sent has been taken before it sends more")
        toClient.begin(bytes)
        readReplies(bytes)
        toClient.end()
        advance()
    }

    /// The next bytes for the target, empty if there are none now. Whoever takes them has to deliver them.
    package mutating func takeToTarget() -> ArraySlice<UInt8> {
        defer { advance() }
        return toTarget.take()
    }

    /// The next bytes for the client, empty if there are none now. Whoever takes them has to deliver them.
    package mutating func takeToClient() -> ArraySlice<UInt8> {
        let bytes = toClient.take()
        toClient.end()
        advance()
        return bytes
    }

    package var hasBytesForTarget: Bool { !toTarget.isEmpty }
    package var hasBytesForClient: Bool { !toClient.isEmpty }

    /// Nothing that the client has sent waits here: its end of stream may go on to the target.
    package var isEmptyTowardsTarget: Bool { clientInput.isEmpty && toTarget.isEmpty && held == nil }

    /// Goes on with the client's packets as far as may be.
    mutating func advance() {
        flushAnswers()
        while held == nil, mayGoOn, readRequest() {}
        if clientInput.isEmpty {
            // An empty slice holds its buffer too.
            clientInput = []
            if held == nil { toTarget.end() }
        }
        flushAnswers()
    }

    /// Nothing that has to come first is missing, and the peers do not owe too much. What has begun to pass may go on.
    private var mayGoOn: Bool {
        if failure != nil || phase == .expectingVersion || phase == .expectingStart { return false }
        return requests.bodyLeft > 0
            || (!outstanding.isFull && eventCost < SFTPLimit.events && answers.count + toClient.copiedCount < SFTPLimit.answers)
    }

    /// Puts our own answers between two packets of the target.
    private mutating func flushAnswers() {
        guard !answers.isEmpty, failure == nil, !isInsideReply else { return }
        toClient.say(answers)
        answers = []
    }

    /// A packet of the target has gone to the client in part.
    private var isInsideReply: Bool {
        if case .dropped = replyBody { false } else { replies.bodyLeft > 0 }
    }

    mutating func fail(_ side: SFTPFailure.Side, _ reason: String) {
        if failure == nil { failure = SFTPFailure(side: side, reason: reason) }
        clientInput = []
        if let held { end(held, .unfinished) }
    }
}

/// Why an sftp channel cannot go on.
package struct SFTPFailure: Error, Equatable, Sendable {
    package enum Side: Sendable { case client, target }
    /// Who broke the protocol.
    package var side: Side
    /// For the user, one sentence's worth.
    package var reason: String
}
