internal import OpenSSHKeys
internal import TerminalStream

extension MaskTerms {
    func write(to writer: inout WireWriter) {
        writer.writeByte(altering.rawValue)
        writer.writeString(actions.map(\.rawValue))
        writer.writeUInt32(releaseAfter)
        writer.writeList(columns) { $0.writeText($1) }
        writer.writeUInt32(imageSize)
    }

    init(from reader: inout WireReader) throws(WireError) {
        altering = try reader.readTag(Altering.self)
        actions = []
        for byte in try reader.readString(limit: Self.mostRules) {
            guard let action = MaskAction(rawValue: byte) else { throw .malformed("mask action \(byte)") }
            actions.append(action)
        }
        releaseAfter = try reader.readUInt32(in: 0...2000, "time until release")
        columns = try reader.readList { reader throws(WireError) in try reader.readText(limit: MessageLimit.word) }
        imageSize = try reader.readUInt32(in: 1...Self.largestImage, "size of the compiled rules")
    }
}

extension MaskReports {
    func write(to writer: inout WireWriter) {
        writer.writeUInt32(channel.number)
        writer.writeList(found) { writer, report in report.write(to: &writer) }
        writer.writeList(unlisted) { writer, unlisted in
            writer.writeUInt32(unlisted.rule)
            writer.writeUInt64(unlisted.count)
        }
    }

    init(from reader: inout WireReader) throws(WireError) {
        channel = ChannelNumber(try reader.readUInt32())
        found = try reader.readList(most: Self.most) { reader throws(WireError) in try MaskReport(from: &reader) }
        unlisted = try reader.readList(most: Self.most) { reader throws(WireError) in
            UnlistedMasks(rule: try reader.readUInt32(), count: try reader.readUInt64())
        }
        guard !found.isEmpty || !unlisted.isEmpty else { throw .malformed("no mask reports") }
    }
}

extension MaskReport {
    fileprivate func write(to writer: inout WireWriter) {
        precondition(digest.count == Self.digestLength, "a length that the receiver counts on")
        writer.writeUInt32(rule)
        writer.writeUInt64(at)
        writer.writeUInt64(offset)
        writer.writeUInt32(cells)
        writer.writeBytes(digest)
        writer.writeBoolean(isPartlyReleased)
    }

    fileprivate init(from reader: inout WireReader) throws(WireError) {
        self.init(
            rule: try reader.readUInt32(), at: try reader.readUInt64(), offset: try reader.readUInt64(),
            cells: try reader.readUInt32(), digest: Array(try reader.readBytes(Self.digestLength)),
            isPartlyReleased: try reader.readBoolean())
    }
}
