/// What the client asks: each packet is taken apart, and what names no file goes on.
extension SFTPGate {
    /// Takes one piece of the client's input. False: nothing more can be taken now.
    mutating func readRequest() -> Bool {
        do {
            switch try requests.next(from: &clientInput) {
            case nil: return false
            case .body(let bytes): passBody(bytes)
            case .head(let head, let body, let isInPlace): receive(head, body: body, isInPlace: isInPlace)
            }
        } catch {
            fail(.client, "the client sent a packet of \(error.length) bytes")
        }
        return failure == nil
    }

    private mutating func passBody(_ bytes: ArraySlice<UInt8>) {
        switch requestBody {
        case .dropped: return
        case .passed: break
        case .written(let file, let offset):
            file.writing?.hash(bytes, at: offset, budget)
            // Wraps only where the target cannot store anything either.
            requestBody = .written(file, offset: offset &+ UInt64(bytes.count))
        }
        toTarget.pass(bytes, isInPlace: true)
    }

    private mutating func receive(_ head: ArraySlice<UInt8>, body: Int, isInPlace: Bool) {
        requestBody = .dropped
        if head.packetType.isNeverRequested { return fail(.client, "the client sent what only a server sends") }
        guard (head.packetType == .initialise) == (phase == .expectingInitialise) else {
            return fail(.client, phase == .serving ? "the client began a second time" : "the client asked before it began")
        }
        do {
            let (id, request) = try ClientRequest.read(head, body: body)
            if phase == .serving, outstanding.contains(id) {
                return fail(.client, "the client used the id of a request that has no answer yet")
            }
            let packet = ClientPacket(id: id, head: head, isInPlace: isInPlace)
            switch request {
            case .success(let request): take(request, packet)
            case .failure(.unfit(let reason)): refuseUnfit(packet, reason)
            case .failure(.malformed(let error)): fail(.client, "the client sent a malformed request (\(error))")
            }
        } catch {
            fail(.client, "the client sent a malformed request (\(error))")
        }
    }

    private mutating func take(_ request: ClientRequest, _ packet: ClientPacket) {
        switch request {
        case .initialise(let version): initialise(version)
        case .close(let handle):
            guard let file = handles.remove(handle) else { return answerUnknownHandle(packet) }
            use(file, .closing(file), packet)
        case .read(let handle, let offset, let length):
            guard let file = handles[handle], file.reading != nil else { return answerUnknownHandle(packet) }
            use(file, .reading(file, offset: offset, length: length), packet)
        case .write(let handle, let offset, let length): write(handle, offset, length, packet)
        case .copyData(let from, let offset, let length, let to, let target):
            copy(from, offset, length, to, target, packet)
        case .setHandleStatus(let handle, let attributes):
            guard let file = handles[handle] else { return answerUnknownHandle(packet) }
            if let size = attributes.size, let reason = file.writing?.refusal(of: size, at: 0) {
                tell(FileEvent(.setstat, file.path, outcome: .refused(reason: reason)))
                return answer(packet, .permissionDenied, reason)
            }
            held = held(file, attributes, packet)
        case .handleStatus(let handle):
            guard let file = handles[handle] else { return answerUnknownHandle(packet) }
            use(file, .measuring(file), packet)
        case .readDirectory(let handle):
            guard let file = handles[handle], file.isDirectory else { return answerUnknownHandle(packet) }
            use(file, .using(file, .name), packet)
        case .handleQuery(let handle, let expected):
            guard let file = handles[handle] else { return answerUnknownHandle(packet) }
            use(file, .using(file, expected), packet)
        case .query(let expected): send(packet, .asking(expected))
        case .unknown(let name):
            let reason = "this request is not understood here, so it cannot be judged"
            tell(FileEvent(.unknown, FilePath(asked: name, absolute: name), outcome: .refused(reason: reason)))
            answer(packet, .unsupported, reason)
        default: judge(request, packet)
        }
    }

    /// The target hears of version 3 whatever the client speaks, or it could answer in a protocol that is not read here.
    private mutating func initialise(_ version: UInt32) {
        guard version >= ClientRequest.protocolVersion else {
            return fail(.client, "the client speaks version \(version) of the protocol, and only version 3 is understood here")
        }
        phase = .expectingVersion
        toTarget.say(OwnPacket.initialise())
    }

    private mutating func write(_ handle: [UInt8], _ offset: UInt64, _ length: UInt32, _ packet: ClientPacket) {
        guard let file = handles[handle], let writing = file.writing else { return answerUnknownHandle(packet) }
        // Where a file is appended to, the offset says nothing.
        let start = max(offset, writing.isAppending ? writing.asked : 0)
        if let reason = writing.refusal(of: UInt64(length), at: start) {
            file.writing?.note(.refused(reason: reason))
            file.writing?.giveUpHash()
            return answer(packet, .permissionDenied, reason)
        }
        file.writing?.ask(UInt64(length))
        use(file, .writing(file, length: length), packet)
        requestBody = .written(file, offset: offset)
    }

    private mutating func copy(
        _ from: [UInt8], _ offset: UInt64, _ length: UInt64, _ to: [UInt8], _ target: UInt64, _ packet: ClientPacket
    ) {
        guard let source = handles[from], let reading = source.reading, let file = handles[to], let writing = file.writing else {
            return answerUnknownHandle(packet)
        }
        // No length means all that there is, and nobody here knows how much.
        let most = length == 0 ? UInt64.max : length
        if let reason = reading.refusal(of: most, at: offset) ?? writing.refusal(of: most, at: target) {
            file.writing?.note(.refused(reason: reason))
            return answer(packet, .permissionDenied, reason)
        }
        // The content does not come by here.
        file.writing?.giveUpHash()
        source.reading?.giveUpHash()
        source.inFlight += 1
        use(file, .copying(from: source, to: file, length: length), packet)
    }

    // MARK: On to the target, or back to the client

    private mutating func use(_ file: OpenFile, _ request: Outstanding, _ packet: ClientPacket) {
        file.inFlight += 1
        send(packet, request)
    }

    /// Lets a request go on.
    mutating func send(_ packet: ClientPacket, _ request: Outstanding) {
        outstanding.insert(request, packet.id)
        requestBody = .passed
        toTarget.pass(packet.head, isInPlace: packet.isInPlace)
    }

    /// Answers a request that does not go on.
    mutating func answer(_ packet: ClientPacket, _ code: StatusCode, _ reason: String) {
        answer(packet.id, code, reason)
    }

    mutating func answer(_ id: UInt32, _ code: StatusCode, _ reason: String) {
        // However many there are, they do not take much more room than what they answer.
        let reason = answers.count < SFTPLimit.answers ? reason : ""
        answers += OwnPacket.status(code, reason, id: id)
    }

    /// A request whose path is none that could be told of.
    mutating func refuseUnfit(_ packet: ClientPacket, _ reason: String) {
        tell(FileEvent(.unknown, FilePath(asked: [], absolute: []), outcome: .refused(reason: reason)))
        answer(packet, .failure, reason)
    }

    private mutating func answerUnknownHandle(_ packet: ClientPacket) {
        answer(packet, .failure, "the handle is not open for that")
    }

    mutating func tell(_ event: FileEvent) {
        events.append(event)
        eventCost += event.cost
    }
}
