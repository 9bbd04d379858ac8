internal import Guard
package import OpenSSHKeys

extension MonitorReply {
    /// The message's type byte (PROTOCOL.monitor §replies).
    package enum Kind: UInt8, CaseIterable, Sendable {
        case connection = 101
        case identity = 102
        case refused = 103
        case accepted = 104
        case route = 105
        case channel = 106
        case desk = 107
        case terminate = 108
        case fileJudgement = 109
        case lineJudgement = 110
        case held = 111
        case deskPage = 112
    }

    package var kind: Kind {
        switch self {
        case .connection: .connection
        case .identity: .identity
        case .refused: .refused
        case .accepted: .accepted
        case .route: .route
        case .channel: .channel
        case .desk: .desk
        case .terminate: .terminate
        case .fileJudgement: .fileJudgement
        case .lineJudgement: .lineJudgement
        case .held: .held
        case .deskPage: .deskPage
        }
    }

    /// - Parameter number: of the request that this answers; 0 for `.terminate`, and only for it.
    package func encoded(number: UInt32) -> [UInt8] {
        precondition((number == 0) == (kind == .terminate), "0 is the number of what the monitor says unasked")
        var writer = WireWriter()
        writer.writeUInt32(number)
        writer.writeByte(kind.rawValue)
        switch self {
        case .connection(let briefing): briefing.write(to: &writer)
        case .identity(let identity): identity.write(to: &writer)
        case .refused(let refusal), .terminate(let refusal): refusal.write(to: &writer)
        case .accepted: break
        case .route(let route): route.write(to: &writer)
        case .channel(let channel): channel.write(to: &writer)
        case .desk(let desk):
            writer.writeText(desk.text, cutAt: MessageLimit.deskText)
            writer.writeUInt32(desk.exitStatus)
            writer.writeOptional(desk.recording) { writer, recording in
                writer.writeByte(recording.use.rawValue)
                writer.writeText(recording.session)
            }
        case .fileJudgement(let judgement): judgement.write(to: &writer)
        case .lineJudgement(let answer): answer.write(to: &writer)
        case .held(let notice): notice.write(to: &writer)
        case .deskPage(let page): page.write(to: &writer)
        }
        return writer.bytes
    }

    /// Reads one whole message.
    package static func decode(_ bytes: [UInt8]) throws(WireError) -> (number: UInt32, reply: MonitorReply) {
        guard bytes.count <= MessageSocket.largestMessage else {
            throw .tooLong(length: bytes.count, limit: MessageSocket.largestMessage)
        }
        var reader = WireReader(bytes)
        let number = try reader.readUInt32()
        let kind = try reader.readTag(Kind.self)
        guard (number == 0) == (kind == .terminate) else { throw .malformed("\(kind) with number \(number)") }
        let reply = try read(kind, from: &reader)
        try reader.finish()
        return (number, reply)
    }

    private static func read(_ kind: Kind, from reader: inout WireReader) throws(WireError) -> MonitorReply {
        switch kind {
        case .connection: .connection(try ConnectionBriefing(from: &reader))
        case .identity: .identity(try GrantedIdentity(from: &reader))
        case .refused: .refused(try Refusal(from: &reader))
        case .accepted: .accepted
        case .route: .route(try GrantedRoute(from: &reader))
        case .channel: .channel(try GrantedChannel(from: &reader))
        case .desk:
            .desk(
                DeskReply(
                    text: try reader.readText(limit: MessageLimit.deskText), exitStatus: try reader.readUInt32(),
                    recording: try reader.readOptional { reader throws(WireError) in
                        DeskRecording(
                            try reader.readTag(DeskRecording.Use.self), of: try reader.readText(limit: MessageLimit.name))
                    }))
        case .terminate: .terminate(try Refusal(from: &reader))
        case .fileJudgement: .fileJudgement(try FileJudgement(from: &reader))
        case .lineJudgement: .lineJudgement(try LineAnswer(from: &reader))
        case .held: .held(try HeldNotice(from: &reader))
        case .deskPage: .deskPage(try DeskPage(from: &reader))
        }
    }
}

extension Refusal {
    fileprivate func write(to writer: inout WireWriter) {
        writer.writeText(message, cutAt: MessageLimit.sentence)
        writer.writeUInt32(exitStatus)
        writer.writeOptional(facts) { writer, facts in facts.write(to: &writer) }
    }

    fileprivate init(from reader: inout WireReader) throws(WireError) {
        message = try reader.readText(limit: MessageLimit.sentence)
        exitStatus = try reader.readUInt32()
        facts = try reader.readOptional { reader throws(WireError) in try PolicyFacts(from: &reader) }
    }
}

extension PolicyFacts {
    fileprivate func write(to writer: inout WireWriter) {
        writer.writeText(verdict, cutAt: MessageLimit.word)
        writer.writeOptional(rule) { writer, rule in writer.writeText(rule, cutAt: MessageLimit.word) }
        writer.writeList(Array(uncertain.prefix(MessageLimit.reasons))) { writer, reason in
            writer.writeText(reason, cutAt: MessageLimit.sentence)
        }
    }

    fileprivate init(from reader: inout WireReader) throws(WireError) {
        verdict = try reader.readText(limit: MessageLimit.word)
        rule = try reader.readOptional { reader throws(WireError) in try reader.readText(limit: MessageLimit.word) }
        uncertain = try reader.readList { reader throws(WireError) in try reader.readText(limit: MessageLimit.sentence) }
    }
}

extension GrantedChannel {
    fileprivate func write(to writer: inout WireWriter) {
        writer.writeText(session)
        writer.writeUInt64(startedAt)
        writer.writeText(title, cutAt: MessageLimit.sentence)
        writer.writeBoolean(speaksSFTP)
        writer.writeOptional(guardTerms) { writer, terms in terms.write(to: &writer) }
        maskTerms.write(to: &writer)
    }

    fileprivate init(from reader: inout WireReader) throws(WireError) {
        session = try reader.readText(limit: MessageLimit.name)
        startedAt = try reader.readUInt64()
        title = try reader.readText(limit: MessageLimit.sentence)
        speaksSFTP = try reader.readBoolean()
        guardTerms = try reader.readOptional { reader throws(WireError) in try GuardTerms(from: &reader) }
        maskTerms = try MaskTerms(from: &reader)
    }
}
