/// The handles that the target has given out, and how many it may give out yet.
///
/// Places are taken when a request to open goes on and not when its handle comes, so that the target can never give more than there are places for.
struct HandleTable {
    private var files: [[UInt8]: OpenFile] = [:]
    private var reserved = 0
    /// Bytes of the files' names, and of the handles themselves, which the target chooses.
    private var names = 0
    private var handles = 0

    subscript(handle: [UInt8]) -> OpenFile? { files[handle] }

    /// Takes a place. False: there is none.
    mutating func reserve(_ path: FilePath) -> Bool {
        guard files.count + reserved < SFTPLimit.handles, names + path.byteCount <= SFTPLimit.handleNames else { return false }
        reserved += 1
        names += path.byteCount
        return true
    }

    /// Gives back the place of a request that got no handle.
    mutating func release(_ path: FilePath) {
        reserved -= 1
        names -= path.byteCount
    }

    /// Puts a file into the place that its request has taken. False: the handle is in use, or handles take too much room.
    mutating func insert(_ file: OpenFile, _ handle: [UInt8]) -> Bool {
        guard files[handle] == nil, handles + handle.count <= SFTPLimit.handleBytes else { return false }
        reserved -= 1
        handles += handle.count
        files[handle] = file
        return true
    }

    /// From here on the client cannot use it.
    mutating func remove(_ handle: [UInt8]) -> OpenFile? {
        guard let file = files.removeValue(forKey: handle) else { return nil }
        names -= file.path.byteCount
        handles -= handle.count
        return file
    }

    mutating func removeAll() -> [OpenFile] {
        defer {
            files = [:]
            names = 0
            handles = 0
        }
        return Array(files.values)
    }
}
