/// What has to be judged: the request is held, its accesses become questions one after the other, and only then it goes on.
extension SFTPGate {
    /// What has to be answered before anything more of the client goes on.
    package var question: FileAccess? {
        guard let held, case .judging = held.state else { return nil }
        return held.current.access
    }

    /// Answers `question`, if it still stands.
    package mutating func answer(_ answer: FileAnswer) {
        // The channel may have failed while the question was asked.
        guard var held, case .judging = held.state else { return }
        switch answer {
        case .refused(let reason): refuse(held, reason)
        case .resolve:
            guard let (place, resolution) = held.unresolved else {
                // Asked again about a path whose end is known: nobody can say more.
                return refuse(held, "the bastion could not decide where this path leads")
            }
            held.state = .resolving(resolution, place)
            self.held = held
            take(resolution.firstStep)
        case .allowed(let limit):
            if held.current.access.operation == .write, let size = held.size, let limit, size > limit.bytes {
                return refuse(held, limit.refusal)
            }
            if case .opening(var open) = held.purpose {
                switch held.current.access.operation {
                case .read: open.readLimit = limit
                case .write: open.writeLimit = limit
                default: break
                }
                held.purpose = .opening(open)
            }
            held.index += 1
            if held.index < held.accesses.count { self.held = held } else { release(held) }
        }
        advance()
    }

    /// Holds a request.
    mutating func judge(_ request: ClientRequest, _ packet: ClientPacket) {
        do {
            held = try held(request, packet)
        } catch {
            refuseUnfit(packet, error.reason)
        }
    }

    /// All of it was allowed.
    private mutating func release(_ held: HeldRequest) {
        self.held = nil
        let accesses = held.accesses.map(\.access)
        switch held.purpose {
        case .opening(let open):
            // As it was resolved, if it was.
            let path = accesses[0].path
            guard handles.reserve(path) else {
                let reason = "more files are open than can be watched at once"
                for access in accesses { tell(FileEvent(access.operation, path, outcome: .refused(reason: reason))) }
                return answer(held.packet, .failure, reason)
            }
            send(held.packet, .opening(PendingOpen(open, path)))
        case .changing(let file):
            if let size = held.size { file.writing?.setSize(size) }
            file.inFlight += 1
            send(held.packet, .changing(file, accesses, setsSize: held.size != nil))
        case .acting(let expected): send(held.packet, .acting(accesses, expected))
        }
    }

    /// The request does not go on; the session does.
    private mutating func refuse(_ held: HeldRequest, _ reason: String) {
        end(held, .refused(reason: reason))
        answer(held.packet, .permissionDenied, reason)
        advance()
    }

    /// What was judged of it before ends with it: whoever allowed the reading of what may not be written waits to hear of both.
    mutating func end(_ held: HeldRequest, _ outcome: FileEvent.Outcome) {
        self.held = nil
        for access in held.accesses[...held.index].map(\.access) {
            tell(FileEvent(access.operation, access.path, second: access.second, outcome: outcome))
        }
    }

    // MARK: Resolving

    /// The target has answered a question about a path of the held request.
    mutating func receive(_ answer: PathResolution.Answer) {
        guard let held, case .resolving(var resolution, let place) = held.state else { return }
        let step = resolution.receive(answer)
        self.held?.state = .resolving(resolution, place)
        take(step)
    }

    private mutating func take(_ step: PathResolution.Step) {
        guard let held, case .resolving(_, let place) = held.state else { return }
        switch step {
        case .ask(let type, let path): ask(type, path)
        case .resolved(let path): resolved(place, path)
        case .failed(let code):
            // Where a link leads may not be there yet.
            if case .second = place, held.current.access.operation == .symlink, let second = held.current.access.second {
                return resolved(place, second.absolute)
            }
            // What the target cannot find it would not have opened either: the client gets the answer that it would have got.
            end(held, .failed(code))
            self.answer(held.packet, code == .ok || code == .endOfFile ? .failure : code, "the target could not resolve the path")
        }
    }

    private mutating func resolved(_ place: HeldRequest.Place, _ path: [UInt8]) {
        held?.resolve(place, to: path)
        if let (place, resolution) = held?.unresolved {
            held?.state = .resolving(resolution, place)
            take(resolution.firstStep)
        } else {
            held?.state = .judging
        }
    }

    /// Sends a request of our own, with an id that the client does not use and cannot come to use before it is answered: its packets wait.
    mutating func ask(_ type: PacketType, _ path: [UInt8]) {
        let id = outstanding.freeID
        ownRequest = id
        toTarget.say(OwnPacket.ask(type, path, id: id))
    }
}
