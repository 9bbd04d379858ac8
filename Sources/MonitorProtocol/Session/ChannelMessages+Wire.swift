internal import OpenSSHKeys

extension BeginChannel {
    func write(to writer: inout WireWriter) {
        writer.writeUInt32(leg.number)
        writer.writeUInt32(channel.number)
        writer.writeByte(kind.rawValue)
        writer.writeString(command)
        writer.writeOptional(terminal) { writer, terminal in terminal.write(to: &writer) }
    }

    init(from reader: inout WireReader) throws(WireError) {
        leg = Leg(try reader.readUInt32())
        channel = ChannelNumber(try reader.readUInt32())
        kind = try reader.readTag(ChannelKind.self)
        command = Array(try reader.readString(limit: MessageLimit.command))
        terminal = try reader.readOptional { reader throws(WireError) in try TerminalRequest(from: &reader) }
    }
}

extension TerminalRequest {
    /// Character cells; clients that have no terminal of their own ask for 0, which the session process replaces.
    package static let cells: ClosedRange<UInt32> = 1...65_535

    fileprivate func write(to writer: inout WireWriter) {
        writer.writeText(term)
        writer.writeUInt32(columns)
        writer.writeUInt32(rows)
    }

    fileprivate init(from reader: inout WireReader) throws(WireError) {
        term = try reader.readText(limit: MessageLimit.terminalName)
        columns = try reader.readUInt32(in: Self.cells, "columns")
        rows = try reader.readUInt32(in: Self.cells, "rows")
    }
}

extension EndChannel {
    private enum ExitTag: UInt8 { case status = 1, signal, lost }

    func write(to writer: inout WireWriter) {
        writer.writeUInt32(channel.number)
        switch exit {
        case .status(let status):
            writer.writeByte(ExitTag.status.rawValue)
            writer.writeUInt32(status)
        case .signal(let name):
            writer.writeByte(ExitTag.signal.rawValue)
            writer.writeText(name, cutAt: MessageLimit.signalName)
        case .lost(let reason):
            writer.writeByte(ExitTag.lost.rawValue)
            writer.writeText(reason, cutAt: MessageLimit.sentence)
        }
        writer.writeUInt64(bytesIn)
        writer.writeUInt64(bytesOut)
    }

    init(from reader: inout WireReader) throws(WireError) {
        channel = ChannelNumber(try reader.readUInt32())
        exit =
            switch try reader.readTag(ExitTag.self) {
            case .status: .status(try reader.readUInt32())
            case .signal: .signal(try reader.readText(limit: MessageLimit.signalName))
            case .lost: .lost(try reader.readText(limit: MessageLimit.sentence))
            }
        bytesIn = try reader.readUInt64()
        bytesOut = try reader.readUInt64()
    }
}
