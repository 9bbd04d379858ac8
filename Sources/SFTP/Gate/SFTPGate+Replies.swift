internal import OpenSSHKeys

/// What the target answers: each reply is brought to its request.
///
/// A reply to what was not asked, of a kind that its request cannot get, or with more than was asked for, ends the channel: handles, ids and offsets
/// would mean something else to the client than to us, and no server does it that a client could work with.
extension SFTPGate {
    /// Takes all of the target's input.
    mutating func readReplies(_ bytes: ArraySlice<UInt8>) {
        var input = bytes
        do {
            while failure == nil, let piece = try replies.next(from: &input) {
                switch piece {
                case .body(let bytes): passBody(bytes)
                case .head(let head, let body, let isInPlace): receive(head, body: body, isInPlace: isInPlace)
                }
            }
        } catch {
            // What a login script prints comes here too, and reads as a length.
            fail(.target, "the target sent a packet of \(error.length) bytes: what it runs does not speak sftp")
        }
    }

    private mutating func passBody(_ bytes: ArraySlice<UInt8>) {
        switch replyBody {
        case .dropped: return
        case .passed: break
        case .read(let file, let offset):
            file.reading?.hash(bytes, at: offset, budget)
            file.reading?.count(UInt64(bytes.count))
            replyBody = .read(file, offset: offset &+ UInt64(bytes.count))
            if replies.bodyLeft == 0 { endUse(of: file) }
        }
        toClient.pass(bytes, isInPlace: true)
    }

    private mutating func receive(_ head: ArraySlice<UInt8>, body: Int, isInPlace: Bool) {
        replyBody = .dropped
        if head.packetType == .version { return receiveVersion(head, body: body) }
        guard phase == .serving || phase == .expectingStart else {
            return fail(.target, "the target answered before it was asked")
        }
        guard head.count >= 9 else { return fail(.target, "the target sent a reply without an id") }
        let id = head.bigEndian32(at: 5)
        if id == ownRequest { return receiveOwn(head) }
        guard let request = outstanding[id] else { return fail(.target, "the target answered what it was not asked") }
        guard head.packetType == .status || head.packetType == request.expected.type else {
            return fail(.target, "the target answered \(request.name) by a reply of type \(head.packetType.rawValue)")
        }
        outstanding.remove(id)
        replyBody = .passed
        if head.packetType == .status {
            guard head.count >= 13 else { return fail(.target, "the target sent a status without a code") }
            end(request, StatusCode(rawValue: head.bigEndian32(at: 9)))
        } else {
            guard end(request, head, body: body, id: id) else { return }
        }
        toClient.pass(head, isInPlace: isInPlace)
    }

    // MARK: The beginning

    /// The client gets the version that we speak, and of the extensions those that we understand.
    private mutating func receiveVersion(_ head: ArraySlice<UInt8>, body: Int) {
        guard phase == .expectingVersion else { return fail(.target, "the target began a second time") }
        do {
            guard body == 0 else { throw WireError.tooLong(length: head.count + body, limit: head.count) }
            var reader = WireReader(head.dropFirst(5))
            let version = try reader.readUInt32()
            guard version == ClientRequest.protocolVersion else {
                return fail(
                    .target, "the target speaks version \(version) of the protocol, and only version 3 is understood here")
            }
            var extensions: [(name: ArraySlice<UInt8>, data: ArraySlice<UInt8>)] = []
            while !reader.isAtEnd {
                let pair = (name: try reader.readString(), data: try reader.readString())
                if FileExtension(pair.name) != nil { extensions.append(pair) }
            }
            toClient.say(OwnPacket.version(extensions))
        } catch {
            return fail(.target, "the target began with a malformed packet (\(error))")
        }
        phase = .expectingStart
        ask(.realPath, [UInt8(ascii: ".")])
    }

    private mutating func receiveOwn(_ head: ArraySlice<UInt8>) {
        ownRequest = nil
        let answer: PathResolution.Answer
        switch head.packetType {
        case .name:
            var reader = WireReader(head.dropFirst(13))
            let name = head.count > 13 ? try? reader.readString(limit: SFTPLimit.path) : nil
            answer = name.map { .name(Array($0)) } ?? .status(.failure)
        case .attributes: answer = .attributes
        case .status where head.count >= 13: answer = .status(StatusCode(rawValue: head.bigEndian32(at: 9)))
        default: return fail(.target, "the target answered a request by a reply of type \(head.packetType.rawValue)")
        }
        guard phase == .expectingStart else { return receive(answer) }
        if case .name(let path) = answer, PathText.isAbsolute(path), !path.contains(0) {
            start = PathText.absolute(path, startingAt: nil)
        }
        phase = .serving
    }

    // MARK: The end of a request

    /// - Returns: whether the reply may go on.
    private mutating func end(_ request: Outstanding, _ head: ArraySlice<UInt8>, body: Int, id: UInt32) -> Bool {
        switch request {
        case .opening(let open):
            guard body == 0, head.count >= 13, head.count == 13 + Int(head.bigEndian32(at: 9)) else {
                fail(.target, "the target sent a malformed handle")
                return false
            }
            guard handles.insert(OpenFile(open), Array(head.dropFirst(13))) else {
                fail(.target, "the target gave out a handle that is in use, or handles without end")
                return false
            }
        case .reading(let file, let offset, let length):
            guard head.count >= 13, Int(head.bigEndian32(at: 9)) == body, body <= Int(length) else {
                fail(.target, "the target sent other data than it was asked for")
                return false
            }
            if let reason = file.reading?.refusal(of: UInt64(body), at: offset) {
                file.reading?.note(.refused(reason: reason))
                answer(id, .permissionDenied, reason)
                replyBody = .dropped
                endUse(of: file)
                return false
            }
            replyBody = .read(file, offset: offset)
            if body == 0 { endUse(of: file) }
        case .measuring(let file):
            if head.count >= 21 {
                file.reading?.setSize(UInt64(head.bigEndian32(at: 13)) << 32 | UInt64(head.bigEndian32(at: 17)))
            }
            endUse(of: file)
        case .using(let file, _): endUse(of: file)
        case .acting(let accesses, _): tell(accesses, .ok)
        case .closing, .writing, .copying, .changing, .asking: break
        }
        return true
    }

    private mutating func end(_ request: Outstanding, _ code: StatusCode) {
        let outcome: FileEvent.Outcome = code == .ok ? .ok : .failed(code)
        switch request {
        case .opening(let open):
            handles.release(open.path)
            for operation in open.operations { tell(FileEvent(operation, open.path, outcome: .failed(code))) }
        case .closing(let file):
            file.closed = outcome
            endUse(of: file)
        case .reading(let file, let offset, let length):
            if code == .endOfFile {
                if length > 0 { file.reading?.noteEnd(at: offset) }
            } else if code != .ok {
                file.reading?.note(outcome)
            }
            endUse(of: file)
        case .writing(let file, let length):
            if code == .ok {
                file.writing?.count(UInt64(length))
            } else {
                file.writing?.note(outcome)
                file.writing?.giveUpHash()
            }
            endUse(of: file)
        case .copying(let source, let file, let length):
            if code == .ok {
                source.reading?.count(length)
                file.writing?.count(length)
            } else {
                file.writing?.note(outcome)
            }
            endUse(of: source)
            endUse(of: file)
        case .changing(let file, let accesses, let setsSize):
            if setsSize, code != .ok { file.writing?.giveUpHash() }
            tell(accesses, outcome)
            endUse(of: file)
        case .measuring(let file), .using(let file, _): endUse(of: file)
        case .acting(let accesses, _): tell(accesses, outcome)
        case .asking: break
        }
    }

    /// A request that used the file is over. When the file is closed and it was the last one, its event is due.
    private mutating func endUse(of file: OpenFile) {
        file.inFlight -= 1
        if file.inFlight == 0, file.closed != nil { file.events(budget).forEach { tell($0) } }
    }

    private mutating func tell(_ accesses: [FileAccess], _ outcome: FileEvent.Outcome) {
        for access in accesses { tell(FileEvent(access.operation, access.path, second: access.second, outcome: outcome)) }
    }
}
