package import OpenSSHKeys

extension SessionRequest {
    /// The message's type byte (PROTOCOL.monitor §requests).
    package enum Kind: UInt8, CaseIterable, Sendable {
        case ready = 1
        case offeredCertificate = 2
        case openTunnel = 3
        case route = 4
        case upstreamResult = 5
        case beginChannel = 6
        case endChannel = 7
        case desk = 8
        case closeLeg = 9
        case judgeFile = 10
        case fileEvents = 11
        case judgeLine = 12
        case lineReports = 13
        case maskReports = 14
        case withdraw = 15
        case deskView = 16
        case decide = 17
        case openDeskLeg = 18
    }

    package var kind: Kind {
        switch self {
        case .ready: .ready
        case .offeredCertificate: .offeredCertificate
        case .openTunnel: .openTunnel
        case .route: .route
        case .upstreamResult: .upstreamResult
        case .beginChannel: .beginChannel
        case .endChannel: .endChannel
        case .desk: .desk
        case .closeLeg: .closeLeg
        case .judgeFile: .judgeFile
        case .fileEvents: .fileEvents
        case .judgeLine: .judgeLine
        case .lineReports: .lineReports
        case .maskReports: .maskReports
        case .withdraw: .withdraw
        case .deskView: .deskView
        case .decide: .decide
        case .openDeskLeg: .openDeskLeg
        }
    }

    /// - Parameter number: chosen by the session, 1 and up; the reply repeats it.
    package func encoded(number: UInt32) -> [UInt8] {
        precondition(number != 0, "0 is the number of what the monitor says unasked")
        var writer = WireWriter()
        writer.writeUInt32(number)
        writer.writeByte(kind.rawValue)
        switch self {
        case .ready: break
        case .offeredCertificate(let offer): offer.write(to: &writer)
        case .openTunnel(let tunnel): tunnel.write(to: &writer)
        case .route(let route): route.write(to: &writer)
        case .upstreamResult(let result): result.write(to: &writer)
        case .beginChannel(let channel): channel.write(to: &writer)
        case .endChannel(let channel): channel.write(to: &writer)
        case .desk(let command): writer.writeString(command)
        case .closeLeg(let leg): writer.writeUInt32(leg.number)
        case .judgeFile(let question): question.write(to: &writer)
        case .fileEvents(let events): events.write(to: &writer)
        case .judgeLine(let question): question.write(to: &writer)
        case .lineReports(let reports): reports.write(to: &writer)
        case .maskReports(let reports): reports.write(to: &writer)
        case .withdraw(let request, let isVoid):
            writer.writeUInt32(request)
            writer.writeBoolean(isVoid)
        case .deskView(let view): view.write(to: &writer)
        case .decide(let decision): decision.write(to: &writer)
        case .openDeskLeg(let leg): writer.writeUInt32(leg.number)
        }
        return writer.bytes
    }

    /// Reads one whole message of an untrusted session process.
    package static func decode(_ bytes: [UInt8]) throws(WireError) -> (number: UInt32, request: SessionRequest) {
        guard bytes.count <= MessageSocket.largestMessage else {
            throw .tooLong(length: bytes.count, limit: MessageSocket.largestMessage)
        }
        var reader = WireReader(bytes)
        let number = try reader.readUInt32(in: 1...UInt32.max, "request number")
        let request = try read(reader.readTag(Kind.self), from: &reader)
        try reader.finish()
        return (number, request)
    }

    private static func read(_ kind: Kind, from reader: inout WireReader) throws(WireError) -> SessionRequest {
        switch kind {
        case .ready: .ready
        case .offeredCertificate: .offeredCertificate(try OfferedCertificate(from: &reader))
        case .openTunnel: .openTunnel(try OpenTunnel(from: &reader))
        case .route: .route(try RouteRequest(from: &reader))
        case .upstreamResult: .upstreamResult(try UpstreamResult(from: &reader))
        case .beginChannel: .beginChannel(try BeginChannel(from: &reader))
        case .endChannel: .endChannel(try EndChannel(from: &reader))
        case .desk: .desk(command: Array(try reader.readString(limit: MessageLimit.command)))
        case .closeLeg: .closeLeg(Leg(try reader.readUInt32()))
        case .judgeFile: .judgeFile(try JudgeFile(from: &reader))
        case .fileEvents: .fileEvents(try FileEvents(from: &reader))
        case .judgeLine: .judgeLine(try JudgeLine(from: &reader))
        case .lineReports: .lineReports(try LineReports(from: &reader))
        case .maskReports: .maskReports(try MaskReports(from: &reader))
        case .withdraw: .withdraw(request: try reader.readUInt32(), isVoid: try reader.readBoolean())
        case .deskView: .deskView(try DeskView(from: &reader))
        case .decide: .decide(try Decide(from: &reader))
        case .openDeskLeg: .openDeskLeg(Leg(try reader.readUInt32()))
        }
    }
}

extension OfferedCertificate {
    fileprivate func write(to writer: inout WireWriter) {
        writer.writeUInt32(leg.number)
        writer.writeText(userName)
        writer.writeString(certificate)
        writer.writeBoolean(isProven)
    }

    fileprivate init(from reader: inout WireReader) throws(WireError) {
        leg = Leg(try reader.readUInt32())
        userName = try reader.readText(limit: MessageLimit.userName)
        certificate = Array(try reader.readString(limit: MessageLimit.certificate))
        isProven = try reader.readBoolean()
    }
}

extension OpenTunnel {
    fileprivate func write(to writer: inout WireWriter) {
        writer.writeUInt32(leg.number)
        writer.writeText(host)
        writer.writeUInt32(port)
    }

    fileprivate init(from reader: inout WireReader) throws(WireError) {
        leg = Leg(try reader.readUInt32())
        host = try reader.readText(limit: MessageLimit.name)
        port = try reader.readUInt32()
    }
}

extension RouteRequest {
    fileprivate func write(to writer: inout WireWriter) {
        writer.writeUInt32(leg.number)
        writer.writeText(target)
        writer.writeText(login)
    }

    fileprivate init(from reader: inout WireReader) throws(WireError) {
        leg = Leg(try reader.readUInt32())
        target = try reader.readText(limit: MessageLimit.name)
        login = try reader.readText(limit: MessageLimit.name)
    }
}

extension UpstreamResult {
    fileprivate func write(to writer: inout WireWriter) {
        writer.writeUInt32(leg.number)
        writer.writeByte(outcome.rawValue)
        writer.writeText(detail, cutAt: MessageLimit.sentence)
    }

    fileprivate init(from reader: inout WireReader) throws(WireError) {
        leg = Leg(try reader.readUInt32())
        outcome = try reader.readTag(Outcome.self)
        detail = try reader.readText(limit: MessageLimit.sentence)
    }
}
