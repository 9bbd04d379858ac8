/// What each request does with which path.
extension SFTPGate {
    /// A path that cannot be judged.
    struct Unfit: Error {
        let reason: String
    }

    /// The request as it is to be judged. Nil: it was answered.
    func held(_ request: ClientRequest, _ packet: ClientPacket) throws(Unfit) -> HeldRequest? {
        switch request {
        case .open(let asked, let flags, _):
            let path = try path(asked)
            let operations: [FileOperation] = (flags.reads ? [.read] : []) + (flags.writes ? [.write] : [])
            return HeldRequest(
                packet, .opening(PendingOpen(path: path, operations: operations, flags: flags)),
                operations.map { JudgedAccess($0, path, follows: true) })
        case .openDirectory(let asked):
            let path = try path(asked)
            return HeldRequest(
                packet, .opening(PendingOpen(path: path, operations: [.list], flags: [])),
                [JudgedAccess(.list, path, follows: true)])
        case .status(let path, let isLink): return act(packet, .stat, try self.path(path), follows: !isLink, .attributes)
        case .readLink(let path): return act(packet, .stat, try self.path(path), follows: false, .name)
        case .setStatus(let path, let attributes, let isLink):
            return HeldRequest(
                packet, .acting(.status), changes(try self.path(path), attributes, follows: !isLink), size: attributes.size)
        case .remove(let path), .removeDirectory(let path):
            return act(packet, .remove, try self.path(path), follows: false, .status)
        case .makeDirectory(let path): return act(packet, .mkdir, try self.path(path), follows: false, .status)
        case .rename(let old, let new):
            var access = JudgedAccess(.rename, try path(old), follows: false)
            access.access.second = try path(new)
            return HeldRequest(packet, .acting(.status), [access])
        case .symbolicLink(let destination, let link):
            return HeldRequest(packet, .acting(.status), [try linking(destination, link)])
        case .hardLink(let old, let new):
            // Whoever has the second name has the content; some systems follow a link in the first one.
            return HeldRequest(
                packet, .acting(.status),
                [JudgedAccess(.read, try path(old), follows: true), JudgedAccess(.write, try path(new), follows: false)])
        default: return nil
        }
    }

    /// FSETSTAT: of the path that the handle was opened with.
    func held(_ file: OpenFile, _ attributes: FileAttributes, _ packet: ClientPacket) -> HeldRequest {
        var accesses = changes(file.path, attributes, follows: true)
        // Writing was judged when it was opened.
        if file.writing != nil { accesses.removeAll { $0.access.operation == .write } }
        return HeldRequest(packet, .changing(file), accesses, size: attributes.size)
    }

    private func act(
        _ packet: ClientPacket, _ operation: FileOperation, _ path: FilePath, follows: Bool, _ expected: ExpectedReply
    ) -> HeldRequest {
        HeldRequest(packet, .acting(expected), [JudgedAccess(operation, path, follows: follows)])
    }

    private func changes(_ path: FilePath, _ attributes: FileAttributes, follows: Bool) -> [JudgedAccess] {
        let operations: [FileOperation] = attributes.size == nil ? [.setstat] : [.setstat, .write]
        return operations.map { JudgedAccess($0, path, follows: follows) }
    }

    /// Where a link leads is a text that is read from the link's folder on.
    private func linking(_ destination: [UInt8], _ link: [UInt8]) throws(Unfit) -> JudgedAccess {
        let path = try path(link)
        var access = JudgedAccess(.symlink, path, follows: false)
        guard !PathText.isAbsolute(destination) else {
            access.access.second = try self.path(destination)
            access.secondFollows = true
            return access
        }
        let folder = PathText.split(path.absolute)?.folder ?? [PathText.slash]
        access.access.second = try fitting(destination, PathText.absolute(destination, startingAt: folder))
        access.secondAsked = PathText.join(PathText.split(link)?.folder ?? link, destination)
        access.secondFollows = true
        return access
    }

    private func path(_ asked: [UInt8]) throws(Unfit) -> FilePath {
        try fitting(asked, PathText.absolute(asked, startingAt: start))
    }

    private func fitting(_ asked: [UInt8], _ absolute: [UInt8]?) throws(Unfit) -> FilePath {
        guard let absolute else {
            throw Unfit(reason: "the target does not say where relative paths begin, so they cannot be judged")
        }
        guard absolute.count <= SFTPLimit.path else { throw Unfit(reason: "the path is longer than \(SFTPLimit.path) bytes") }
        return FilePath(asked: asked, absolute: absolute == asked ? asked : absolute)
    }
}
