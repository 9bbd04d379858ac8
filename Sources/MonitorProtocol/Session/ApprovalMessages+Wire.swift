internal import OpenSSHKeys

extension HeldNotice {
    func write(to writer: inout WireWriter) {
        writer.writeUInt64(approval)
        writer.writeText(message, cutAt: MessageLimit.sentence)
        writer.writeList(Array(approvers.prefix(MessageLimit.reasons))) { $0.writeText($1, cutAt: MessageLimit.sentence) }
        writer.writeUInt32(seconds)
        writer.writeOptional(rule) { $0.writeText($1, cutAt: MessageLimit.word) }
    }

    init(from reader: inout WireReader) throws(WireError) {
        approval = try reader.readUInt64()
        message = try reader.readText(limit: MessageLimit.sentence)
        approvers = try reader.readTexts(most: MessageLimit.reasons)
        seconds = try reader.readUInt32()
        rule = try reader.readOptional { reader throws(WireError) in try reader.readText(limit: MessageLimit.word) }
    }
}

extension DeskView {
    private enum Tag: UInt8 { case targets = 1, approvals, approval, watched }

    func write(to writer: inout WireWriter) {
        switch self {
        case .watched(let session):
            writer.writeByte(Tag.watched.rawValue)
            writer.writeText(session)
        case .targets(let after):
            writer.writeByte(Tag.targets.rawValue)
            writer.writeUInt32(after)
        case .approvals: writer.writeByte(Tag.approvals.rawValue)
        case .approval(let number):
            writer.writeByte(Tag.approval.rawValue)
            writer.writeUInt64(number)
        }
    }

    init(from reader: inout WireReader) throws(WireError) {
        self =
            switch try reader.readTag(Tag.self) {
            case .targets: .targets(after: try reader.readUInt32())
            case .approvals: .approvals
            case .approval: .approval(try reader.readUInt64())
            case .watched: .watched(try reader.readText(limit: MessageLimit.name))
            }
    }
}

extension Decide {
    func write(to writer: inout WireWriter) {
        writer.writeUInt64(approval)
        writer.writeBoolean(approves)
        writer.writeOptional(reason) { $0.writeText($1, cutAt: MessageLimit.sentence) }
    }

    init(from reader: inout WireReader) throws(WireError) {
        approval = try reader.readUInt64()
        approves = try reader.readBoolean()
        reason = try reader.readOptional { reader throws(WireError) in try reader.readText(limit: MessageLimit.sentence) }
    }
}

extension DeskPage {
    private enum Tag: UInt8 { case targets = 1, approvals }

    func write(to writer: inout WireWriter) {
        switch self {
        case .targets(let rows, let isLast):
            writer.writeByte(Tag.targets.rawValue)
            writer.writeList(rows) { writer, row in
                writer.writeText(row.name)
                writer.writeList(row.aliases) { $0.writeText($1) }
                writer.writeList(row.logins) { $0.writeText($1) }
            }
            writer.writeBoolean(isLast)
        case .approvals(let rows, let total):
            writer.writeByte(Tag.approvals.rawValue)
            writer.writeList(rows) { writer, row in row.write(to: &writer) }
            writer.writeUInt32(total)
        }
    }

    init(from reader: inout WireReader) throws(WireError) {
        switch try reader.readTag(Tag.self) {
        case .targets:
            let rows = try reader.readList { reader throws(WireError) in
                DeskTargetRow(
                    name: try reader.readText(limit: MessageLimit.name), aliases: try reader.readTexts(),
                    logins: try reader.readTexts())
            }
            self = .targets(rows, isLast: try reader.readBoolean())
        case .approvals:
            let rows = try reader.readList(most: MessageLimit.deskApprovals) { reader throws(WireError) in
                try DeskApprovalRow(from: &reader)
            }
            self = .approvals(rows, total: try reader.readUInt32())
        }
    }
}

extension DeskApprovalRow {
    fileprivate func write(to writer: inout WireWriter) {
        writer.writeUInt64(number)
        writer.writeText(kind, cutAt: MessageLimit.word)
        writer.writeText(user, cutAt: MessageLimit.name)
        writer.writeText(target, cutAt: MessageLimit.name)
        writer.writeText(login, cutAt: MessageLimit.name)
        writer.writeString(Array(command.prefix(Self.longestCommand)))
        writer.writeBoolean(isCut || command.count > Self.longestCommand)
        writer.writeList(Array(understood.prefix(MessageLimit.reasons))) { $0.writeText($1, cutAt: MessageLimit.sentence) }
        writer.writeOptional(rule) { $0.writeText($1, cutAt: MessageLimit.word) }
        writer.writeList(Array(uncertain.prefix(MessageLimit.reasons))) { $0.writeText($1, cutAt: MessageLimit.sentence) }
        writer.writeUInt64(askedSecondsAgo)
        writer.writeUInt64(expiresInSeconds)
        writer.writeList(Array(approvedBy.prefix(MessageLimit.reasons))) { $0.writeText($1, cutAt: MessageLimit.name) }
        writer.writeUInt32(needed)
        writer.writeBoolean(needsReason)
        writer.writeOptional(requesterReason) { $0.writeText($1, cutAt: MessageLimit.sentence) }
    }

    fileprivate init(from reader: inout WireReader) throws(WireError) {
        number = try reader.readUInt64()
        kind = try reader.readText(limit: MessageLimit.word)
        user = try reader.readText(limit: MessageLimit.name)
        target = try reader.readText(limit: MessageLimit.name)
        login = try reader.readText(limit: MessageLimit.name)
        command = Array(try reader.readString(limit: Self.longestCommand))
        isCut = try reader.readBoolean()
        understood = try reader.readTexts(most: MessageLimit.reasons)
        rule = try reader.readOptional { reader throws(WireError) in try reader.readText(limit: MessageLimit.word) }
        uncertain = try reader.readTexts(most: MessageLimit.reasons)
        askedSecondsAgo = try reader.readUInt64()
        expiresInSeconds = try reader.readUInt64()
        approvedBy = try reader.readTexts(most: MessageLimit.reasons)
        needed = try reader.readUInt32()
        needsReason = try reader.readBoolean()
        requesterReason = try reader.readOptional { reader throws(WireError) in
            try reader.readText(limit: MessageLimit.sentence)
        }
    }
}

extension WireReader {
    /// A list of sentences for people.
    fileprivate mutating func readTexts(most: Int = MessageLimit.listCount) throws(WireError) -> [String] {
        try readList(most: most) { reader throws(WireError) in try reader.readText(limit: MessageLimit.sentence) }
    }
}
