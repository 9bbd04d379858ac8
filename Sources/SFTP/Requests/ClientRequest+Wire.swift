internal import OpenSSHKeys

extension ClientRequest {
    /// Why a packet could not be understood.
    enum Fault: Error, Equatable {
        /// The fields are not what the type says. Whoever goes on reading may read something else than the target does: the channel ends.
        case malformed(WireError)
        /// A path that could be judged as one thing and read as another, or a request longer than any client makes: it is refused.
        case unfit(String)
    }

    /// The request in the head of a packet, and the request's id, which INIT does not have.
    ///
    /// - Parameter body: how many bytes of the packet follow the head.
    static func read(_ head: ArraySlice<UInt8>, body: Int) throws(WireError) -> (id: UInt32, Result<ClientRequest, Fault>) {
        var reader = WireReader(head.dropFirst(5))
        if head.packetType == .initialise { return (0, .success(.initialise(version: try reader.readUInt32()))) }
        let id = try reader.readUInt32()
        do {
            return (id, .success(try read(head.packetType, &reader, body: body)))
        } catch {
            return (id, .failure(error))
        }
    }

    private static func read(_ type: PacketType, _ reader: inout WireReader, body: Int) throws(Fault) -> ClientRequest {
        if type == .write { return try readWrite(&reader, body: body) }
        let request: ClientRequest
        do { request = try read(type, &reader) } catch {
            // Cut by us: what is missing is in the body.
            throw body > 0 ? tooLong : error
        }
        switch request {
        case .unknown: break
        // Lists that are not looked at are the only request whose head ends before it does.
        case .query where body > 0 && reader.isAtEnd: break
        default:
            guard body == 0 else { throw tooLong }
            try wire { () throws(WireError) in try reader.finish() }
        }
        return request
    }

    private static let tooLong = Fault.unfit("the request is longer than \(SFTPLimit.request) bytes")

    /// The data, which is the body, has to fill the packet.
    private static func readWrite(_ reader: inout WireReader, body: Int) throws(Fault) -> ClientRequest {
        try wire { () throws(WireError) in
            let request = ClientRequest.write(
                try reader.readHandle(), offset: try reader.readUInt64(), length: try reader.readUInt32())
            guard case .write(_, _, let length) = request, Int(length) == body else {
                throw .malformed("data of another length than its packet")
            }
            return request
        }
    }

    private static func read(_ type: PacketType, _ reader: inout WireReader) throws(Fault) -> ClientRequest {
        switch type {
        case .open:
            let path = try reader.readPath()
            return try wire { () throws(WireError) in
                let flags = OpenFlags(rawValue: try reader.readUInt32())
                // A flag that a server knows and we do not could open for more than was judged.
                guard OpenFlags.all.isSuperset(of: flags) else { throw .malformed("open with flags \(flags.rawValue)") }
                return .open(path, flags, try FileAttributes(from: &reader))
            }
        case .close: return .close(try reader.handle())
        case .read:
            return try wire { () throws(WireError) in
                .read(try reader.readHandle(), offset: try reader.readUInt64(), length: try reader.readUInt32())
            }
        case .linkStatus: return .status(try reader.readPath(), isLink: true)
        case .pathStatus: return .status(try reader.readPath(), isLink: false)
        case .handleStatus: return .handleStatus(try reader.handle())
        case .setStatus: return .setStatus(try reader.readPath(), try reader.attributes(), isLink: false)
        case .setHandleStatus: return .setHandleStatus(try reader.handle(), try reader.attributes())
        case .openDirectory: return .openDirectory(try reader.readPath())
        case .readDirectory: return .readDirectory(try reader.handle())
        case .remove: return .remove(try reader.readPath())
        case .makeDirectory:
            let path = try reader.readPath()
            _ = try reader.attributes()
            return .makeDirectory(path)
        case .removeDirectory: return .removeDirectory(try reader.readPath())
        case .realPath:
            _ = try reader.readPath()
            return .query(.name)
        case .rename: return .rename(try reader.readPath(), to: try reader.readPath())
        case .readLink: return .readLink(try reader.readPath())
        case .symbolicLink: return .symbolicLink(leadingTo: try reader.readPath(), at: try reader.readPath())
        case .extended: return try readExtension(&reader)
        default: return .unknown(name: Array("request \(type.rawValue)".utf8))
        }
    }

    private static func readExtension(_ reader: inout WireReader) throws(Fault) -> ClientRequest {
        let name = try wire { () throws(WireError) in try reader.readString() }
        switch FileExtension(name) {
        case .posixRename: return .rename(try reader.readPath(), to: try reader.readPath())
        case .hardLink: return .hardLink(try reader.readPath(), at: try reader.readPath())
        case .linkSetStatus: return .setStatus(try reader.readPath(), try reader.attributes(), isLink: true)
        case .synchronise: return .handleQuery(try reader.handle(), .status)
        case .handleFileSystemStatus: return .handleQuery(try reader.handle(), .extended)
        case .copyData:
            return try wire { () throws(WireError) in
                .copyData(
                    try reader.readHandle(), offset: try reader.readUInt64(), length: try reader.readUInt64(),
                    to: try reader.readHandle(), at: try reader.readUInt64())
            }
        case .fileSystemStatus:
            _ = try reader.readPath()
            return .query(.extended)
        case .limits: return .query(.extended)
        case .expandPath, .homeDirectory:
            _ = try reader.readPath()
            return .query(.name)
        case .usersAndGroupsByID:
            // Whatever follows is read by nobody but the target.
            _ = try wire { () throws(WireError) in try reader.readBytes(reader.remaining.count) }
            return .query(.extended)
        case nil: return .unknown(name: Array(name.prefix(SFTPLimit.handle)))
        }
    }

    private static func wire<Value>(_ read: () throws(WireError) -> Value) throws(Fault) -> Value {
        do { return try read() } catch { throw .malformed(error) }
    }
}

extension WireReader {
    fileprivate mutating func readHandle() throws(WireError) -> [UInt8] { Array(try readString(limit: SFTPLimit.handle)) }

    fileprivate mutating func handle() throws(ClientRequest.Fault) -> [UInt8] {
        do { return try readHandle() } catch { throw .malformed(error) }
    }

    fileprivate mutating func attributes() throws(ClientRequest.Fault) -> FileAttributes {
        do { return try FileAttributes(from: &self) } catch { throw .malformed(error) }
    }

    fileprivate mutating func readPath() throws(ClientRequest.Fault) -> [UInt8] {
        let path: ArraySlice<UInt8>
        do { path = try readString() } catch { throw .malformed(error) }
        guard path.count <= SFTPLimit.path else { throw .unfit("the path is longer than \(SFTPLimit.path) bytes") }
        // Systems end a path at the first NUL, and would act on less than was judged.
        guard !path.contains(0) else { throw .unfit("the path has a NUL in it") }
        return Array(path)
    }
}
