internal import OpenSSHKeys
internal import SFTP

extension JudgeFile {
    func write(to writer: inout WireWriter) {
        writer.writeUInt32(channel.number)
        writer.writeByte(access.operation.rawValue)
        access.path.write(to: &writer)
        writer.writeOptional(access.second) { writer, path in path.write(to: &writer) }
    }

    init(from reader: inout WireReader) throws(WireError) {
        channel = ChannelNumber(try reader.readUInt32())
        let operation = try reader.readTag(FileOperation.self)
        guard operation != .unknown else { throw .malformed("a judgement of what is not understood") }
        access = FileAccess(
            operation: operation, path: try FilePath(judgedFrom: &reader),
            second: try reader.readOptional { reader throws(WireError) in try FilePath(judgedFrom: &reader) })
    }
}

extension FilePath {
    fileprivate func write(to writer: inout WireWriter) {
        writer.writeString(asked)
        writer.writeString(absolute)
        writer.writeOptional(resolved) { $0.writeString($1) }
    }

    fileprivate init(from reader: inout WireReader) throws(WireError) {
        self.init(
            asked: Array(try reader.readString(limit: MessageLimit.path)),
            absolute: Array(try reader.readString(limit: MessageLimit.path)),
            resolved: try reader.readOptional { reader throws(WireError) in
                Array(try reader.readString(limit: MessageLimit.path))
            })
    }

    /// One that rules will be compared with.
    fileprivate init(judgedFrom reader: inout WireReader) throws(WireError) {
        try self.init(from: &reader)
        let slash = UInt8(ascii: "/")
        guard absolute.first == slash, resolved == nil || resolved?.first == slash else {
            throw .malformed("a path without a root")
        }
        guard !asked.contains(0), !absolute.contains(0), resolved?.contains(0) != true else {
            throw .malformed("a path with a NUL")
        }
    }
}

extension FileEvents {
    func write(to writer: inout WireWriter) {
        writer.writeUInt32(channel.number)
        writer.writeList(events) { writer, event in event.write(to: &writer) }
    }

    init(from reader: inout WireReader) throws(WireError) {
        channel = ChannelNumber(try reader.readUInt32())
        events = try reader.readList { reader throws(WireError) in try FileEvent(from: &reader) }
        guard (1...MessageLimit.fileEvents).contains(events.count) else { throw .malformed("\(events.count) file events") }
    }
}

extension FileEvent {
    private enum OutcomeTag: UInt8 { case ok = 1, failed, refused, unfinished }
    private enum DigestTag: UInt8 { case none = 1, whole, beginning, partial }

    fileprivate func write(to writer: inout WireWriter) {
        writer.writeByte(operation.rawValue)
        path.write(to: &writer)
        writer.writeOptional(second) { writer, path in path.write(to: &writer) }
        switch outcome {
        case .ok: writer.writeByte(OutcomeTag.ok.rawValue)
        case .failed(let code):
            writer.writeByte(OutcomeTag.failed.rawValue)
            writer.writeUInt32(code.rawValue)
        case .refused(let reason):
            writer.writeByte(OutcomeTag.refused.rawValue)
            writer.writeText(reason, cutAt: MessageLimit.sentence)
        case .unfinished: writer.writeByte(OutcomeTag.unfinished.rawValue)
        }
        writer.writeUInt64(bytesRead)
        writer.writeUInt64(bytesWritten)
        switch digest {
        case .none: writer.writeByte(DigestTag.none.rawValue)
        case .whole(let digest):
            writer.writeByte(DigestTag.whole.rawValue)
            writer.writeBytes(digest)
        case .beginning(let digest):
            writer.writeByte(DigestTag.beginning.rawValue)
            writer.writeBytes(digest)
        case .partial: writer.writeByte(DigestTag.partial.rawValue)
        }
    }

    fileprivate init(from reader: inout WireReader) throws(WireError) {
        self.init(
            try reader.readTag(FileOperation.self), try FilePath(from: &reader),
            second: try reader.readOptional { reader throws(WireError) in try FilePath(from: &reader) }, outcome: .ok)
        outcome =
            switch try reader.readTag(OutcomeTag.self) {
            case .ok: .ok
            case .failed: .failed(StatusCode(rawValue: try reader.readUInt32()))
            case .refused: .refused(reason: try reader.readText(limit: MessageLimit.sentence))
            case .unfinished: .unfinished
            }
        bytesRead = try reader.readUInt64()
        bytesWritten = try reader.readUInt64()
        digest =
            switch try reader.readTag(DigestTag.self) {
            case .none: .none
            case .whole: .whole(Array(try reader.readBytes(32)))
            case .beginning: .beginning(Array(try reader.readBytes(32)))
            case .partial: .partial
            }
    }
}

extension FileJudgement {
    private enum Tag: UInt8 { case allowed = 1, resolve }

    func write(to writer: inout WireWriter) {
        switch self {
        case .allowed(let limit):
            writer.writeByte(Tag.allowed.rawValue)
            writer.writeOptional(limit) { writer, limit in
                writer.writeUInt64(limit.bytes)
                writer.writeText(limit.refusal, cutAt: MessageLimit.sentence)
            }
        case .resolve: writer.writeByte(Tag.resolve.rawValue)
        }
    }

    init(from reader: inout WireReader) throws(WireError) {
        self =
            switch try reader.readTag(Tag.self) {
            case .allowed:
                .allowed(
                    limit: try reader.readOptional { reader throws(WireError) in
                        SizeLimit(bytes: try reader.readUInt64(), refusal: try reader.readText(limit: MessageLimit.sentence))
                    })
            case .resolve: .resolve
            }
    }
}
