internal import Guard
internal import OpenSSHKeys

extension JudgeLine {
    func write(to writer: inout WireWriter) {
        writer.writeUInt32(channel.number)
        question.write(to: &writer)
    }

    init(from reader: inout WireReader) throws(WireError) {
        channel = ChannelNumber(try reader.readUInt32())
        question = try LineQuestion(from: &reader)
    }
}

extension LineQuestion {
    fileprivate func write(to writer: inout WireWriter) {
        writer.writeUInt32(number)
        writer.writeString(text)
        writer.writeByte(language.rawValue)
        writer.writeByte(witnesses.rawValue)
        writer.writeList(doubts) { $0.writeByte($1.rawValue) }
        writer.writeList(definitions) { writer, definition in definition.write(to: &writer) }
        writer.writeList(otherReadings) { $0.writeString($1) }
        writer.writeOptional(replaces) { $0.writeUInt32($1) }
    }

    fileprivate init(from reader: inout WireReader) throws(WireError) {
        let number = try reader.readUInt32(in: 1...UInt32.max, "question number")
        let text = Array(try reader.readString(limit: Self.longestText))
        let language = try reader.readTag(LineLanguage.self)
        let witnesses = try LineWitnesses(from: &reader)
        let doubts = try reader.readList(most: Self.mostDoubts) { reader throws(WireError) in
            try reader.readTag(LineDoubt.self)
        }
        var room = Self.longestDefinitions
        let definitions = try reader.readList(most: Self.mostDefinitions) { reader throws(WireError) in
            try LineDefinition(from: &reader, room: &room)
        }
        var otherRoom = Self.longestOtherReadings
        let otherReadings = try reader.readList(most: Self.mostOtherReadings) { reader throws(WireError) in
            let text = Array(try reader.readString(limit: otherRoom))
            otherRoom -= text.count
            return text
        }
        let replaces = try reader.readOptional { reader throws(WireError) in try reader.readUInt32() }
        if let replaces, !(1..<number).contains(replaces) { throw .malformed("question \(number) in the place of \(replaces)") }
        self.init(
            number: number, text: text, language: language, witnesses: witnesses, doubts: doubts, definitions: definitions,
            otherReadings: otherReadings, replaces: replaces)
    }
}

extension LineDefinition {
    fileprivate func write(to writer: inout WireWriter) {
        writer.writeByte(kind.rawValue)
        writer.writeString(name)
        writer.writeString(text)
    }

    /// - Parameter room: bytes that this one and those behind it may have, less what it has.
    fileprivate init(from reader: inout WireReader, room: inout Int) throws(WireError) {
        let kind = try reader.readTag(Kind.self)
        let name = Array(try reader.readString(limit: room))
        room -= name.count
        let text = Array(try reader.readString(limit: room))
        room -= text.count
        guard !name.isEmpty else { throw .malformed("a definition without a name") }
        self.init(kind, name: name, text: text)
    }
}

extension LineWitnesses {
    fileprivate init(from reader: inout WireReader) throws(WireError) {
        let byte = try reader.readByte()
        self.init(rawValue: byte)
        guard subtracting([.editor, .screen, .keys]).isEmpty else { throw .malformed("witnesses of \(byte)") }
    }
}

extension LineReports {
    func write(to writer: inout WireWriter) {
        writer.writeUInt32(channel.number)
        writer.writeList(reports) { writer, report in report.write(to: &writer) }
    }

    init(from reader: inout WireReader) throws(WireError) {
        channel = ChannelNumber(try reader.readUInt32())
        reports = try reader.readList(most: MessageLimit.lineReports) { reader throws(WireError) in
            try LineReport(from: &reader)
        }
        guard !reports.isEmpty else { throw .malformed("no line reports") }
    }
}

extension LineReport {
    private enum Tag: UInt8 { case started = 1, ended, withdrawn, dropped, alarm, reading }

    fileprivate func write(to writer: inout WireWriter) {
        writer.writeUInt32(number)
        switch content {
        case .started: writer.writeByte(Tag.started.rawValue)
        case .ended(let status):
            writer.writeByte(Tag.ended.rawValue)
            writer.writeByte(status)
        case .withdrawn: writer.writeByte(Tag.withdrawn.rawValue)
        case .dropped(let bytes):
            writer.writeByte(Tag.dropped.rawValue)
            writer.writeUInt64(bytes)
        case .alarm(let alarm):
            writer.writeByte(Tag.alarm.rawValue)
            writer.writeByte(alarm.rawValue)
        case .reading(let witnesses):
            writer.writeByte(Tag.reading.rawValue)
            writer.writeByte(witnesses.rawValue)
        }
    }

    fileprivate init(from reader: inout WireReader) throws(WireError) {
        let number = try reader.readUInt32()
        let tag = try reader.readTag(Tag.self)
        let content: Content =
            switch tag {
            case .started: .started
            case .ended: .ended(status: try reader.readByte())
            case .withdrawn: .withdrawn
            case .dropped: .dropped(bytes: try reader.readUInt64())
            case .alarm: .alarm(try reader.readTag(GuardAlarm.self))
            case .reading: .reading(try LineWitnesses(from: &reader))
            }
        if number == 0, [.started, .ended, .withdrawn].contains(tag) { throw .malformed("\(tag) of no question") }
        self.init(number: number, content)
    }
}

extension LineAnswer {
    private enum Tag: UInt8 { case run = 1, refuse, goOn }

    func write(to writer: inout WireWriter) {
        switch self {
        case .run(let keyboard):
            writer.writeByte(Tag.run.rawValue)
            writer.writeByte(keyboard.rawValue)
        case .goOn: writer.writeByte(Tag.goOn.rawValue)
        case .refuse(let message):
            writer.writeByte(Tag.refuse.rawValue)
            writer.writeText(message, cutAt: MessageLimit.sentence)
        }
    }

    init(from reader: inout WireReader) throws(WireError) {
        self =
            switch try reader.readTag(Tag.self) {
            case .run: .run(reader: try reader.readTag(KeyboardReader.self))
            case .goOn: .goOn
            case .refuse: .refuse(message: try reader.readText(limit: MessageLimit.sentence))
            }
    }
}

extension GuardTerms {
    func write(to writer: inout WireWriter) {
        precondition(nonce.count == Self.nonceLength && secret.count == Self.secretLength, "lengths that the receiver counts on")
        writer.writeBoolean(isEnforced)
        writer.writeBoolean(usesIntegration)
        writer.writeBytes(nonce)
        writer.writeBytes(secret)
        writer.writeByte(reader.rawValue)
    }

    init(from reader: inout WireReader) throws(WireError) {
        self.init(
            isEnforced: try reader.readBoolean(), usesIntegration: try reader.readBoolean(),
            nonce: Array(try reader.readBytes(Self.nonceLength)), secret: Array(try reader.readBytes(Self.secretLength)),
            reader: try reader.readTag(KeyboardReader.self))
    }
}
