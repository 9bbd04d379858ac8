internal import OpenSSHKeys

extension ConnectionBriefing {
    func write(to writer: inout WireWriter) {
        writer.writeText(connectionID)
        writer.writeText(clientAddress)
        writer.writeList(hostKeys) { $0.writeString($1) }
        writer.writeText(certificateHelp, cutAt: MessageLimit.sentence)
        limits.write(to: &writer)
        writer.writeList(environment) { $0.writeText($1) }
    }

    init(from reader: inout WireReader) throws(WireError) {
        connectionID = try reader.readText(limit: MessageLimit.name)
        clientAddress = try reader.readText(limit: MessageLimit.name)
        hostKeys = try reader.readList { reader throws(WireError) in Array(try reader.readString(limit: MessageLimit.key)) }
        certificateHelp = try reader.readText(limit: MessageLimit.sentence)
        limits = try SessionLimits(from: &reader)
        environment = try reader.readList { reader throws(WireError) in
            try reader.readText(limit: MessageLimit.environmentName)
        }
    }
}

extension SessionLimits {
    fileprivate func write(to writer: inout WireWriter) {
        writer.writeUInt32(loginGraceSeconds)
        writer.writeUInt32(authenticationTries)
        writer.writeUInt32(channels)
        writer.writeUInt32(idleSeconds)
        writer.writeUInt32(keepaliveSeconds)
        writer.writeUInt32(keepaliveCount)
    }

    fileprivate init(from reader: inout WireReader) throws(WireError) {
        loginGraceSeconds = try reader.readUInt32()
        authenticationTries = try reader.readUInt32()
        channels = try reader.readUInt32()
        idleSeconds = try reader.readUInt32()
        keepaliveSeconds = try reader.readUInt32()
        keepaliveCount = try reader.readUInt32()
    }
}

extension GrantedIdentity {
    func write(to writer: inout WireWriter) {
        writer.writeText(name)
        writer.writeBoolean(permitsTerminal)
        writer.writeBoolean(permitsForwarding)
        writer.writeOptional(forcedCommand) { $0.writeString($1) }
    }

    init(from reader: inout WireReader) throws(WireError) {
        name = try reader.readText(limit: MessageLimit.name)
        permitsTerminal = try reader.readBoolean()
        permitsForwarding = try reader.readBoolean()
        forcedCommand = try reader.readOptional { reader throws(WireError) in
            Array(try reader.readString(limit: MessageLimit.command))
        }
    }
}

extension GrantedRoute {
    private enum AuthenticationTag: UInt8 { case agent = 1, password }

    func write(to writer: inout WireWriter) {
        writer.writeText(target)
        writer.writeText(login)
        writer.writeList(pinnedHostKeys) { $0.writeString($1) }
        switch authentication {
        case .agent: writer.writeByte(AuthenticationTag.agent.rawValue)
        case .password(let password):
            writer.writeByte(AuthenticationTag.password.rawValue)
            writer.writeString(password)
        }
    }

    init(from reader: inout WireReader) throws(WireError) {
        target = try reader.readText(limit: MessageLimit.name)
        login = try reader.readText(limit: MessageLimit.name)
        pinnedHostKeys = try reader.readList { reader throws(WireError) in
            Array(try reader.readString(limit: MessageLimit.key))
        }
        // No pin, no connection: without a key to compare with, whoever answers would be the target.
        guard !pinnedHostKeys.isEmpty else { throw .malformed("route without pinned host keys") }
        authentication =
            switch try reader.readTag(AuthenticationTag.self) {
            case .agent: .agent
            case .password: .password(Array(try reader.readString(limit: MessageLimit.key)))
            }
    }
}
