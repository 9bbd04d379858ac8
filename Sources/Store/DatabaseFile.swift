internal import Glibc

/// The file below SQLite: it belongs to the daemon's user, and nobody else can read or replace it.
enum DatabaseFile {
    /// Makes an empty file with mode 0600 if there is none, and checks the one that is there, and its folder.
    ///
    /// SQLite gives its `-wal` and `-shm` files the mode of the database, so the file has to be there before SQLite is.
    static func prepare(_ path: String) throws(StoreError) {
        try checkFolder(of: path)
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else {
            throw .unsafeFile(path: path, errno == ELOOP ? "is a symbolic link" : "cannot be opened: \(reason(errno))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unsafeFile(path: path, reason(errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unsafeFile(path: path, "is not a regular file") }
        guard status.st_uid == geteuid() else {
            throw .unsafeFile(path: path, "belongs to uid \(status.st_uid), not to uid \(geteuid()) that sallyportd runs as")
        }
        guard status.st_mode & 0o077 == 0 else { throw .unsafeFile(path: path, "can be reached by others: chmod 0600 \(path)") }
    }

    private static func checkFolder(of path: String) throws(StoreError) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        var status = stat()
        guard stat(folder, &status) == 0 else { throw .unsafeFile(path: folder, "cannot be used: \(reason(errno))") }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw .unsafeFile(path: folder, "belongs to uid \(status.st_uid), who could replace the database")
        }
        guard status.st_mode & 0o022 == 0 else {
            throw .unsafeFile(path: folder, "can be written by others, who could replace the database: chmod 0700 \(folder)")
        }
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
