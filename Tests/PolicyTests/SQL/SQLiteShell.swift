import Glibc

/// A folder with a database in it, and Debian's sqlite3 to run on it.
///
/// Not Foundation's `Process`: this target has none.
final class SQLiteShell {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let folder: String

    init() throws {
        // In memory: each text drops and makes tables, and a disk would be waited for each time.
        var template = Array("\(access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp")/sallyport-sql-XXXXXX".utf8CString)
        guard let path = mkdtemp(&template) else { throw Failure(description: "mkdtemp: errno \(errno)") }
        folder = String(cString: path)
    }

    deinit {
        for name in ["db", "db-journal", "input", "output", "flag"] { unlink(file(name)) }
        rmdir(folder)
    }

    func file(_ name: String) -> String { "\(folder)/\(name)" }

    func exists(_ name: String) -> Bool { access(file(name), F_OK) == 0 }

    /// Starts again with an empty database, and runs the text in it.
    func make(_ text: String) throws {
        for name in ["db", "db-journal", "flag"] { unlink(file(name)) }
        try run(text)
    }

    /// What sqlite3 writes when it reads the text from its standard input, mistakes included.
    @discardableResult
    func run(_ text: String, _ arguments: [String] = []) throws -> String {
        try write(text, to: file("input"))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, file("input"), O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, file("output"), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Dispatch blocks all signals in its threads, and a child would inherit that.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        var words: [UnsafeMutablePointer<CChar>?] = (["sqlite3", file("db")] + arguments).map { strdup($0) }
        words.append(nil)
        let environment = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=\(folder)"]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) }
        variables.append(nil)
        defer { for word in words + variables { free(word) } }
        var child = pid_t()
        let error = posix_spawn(&child, "/usr/bin/sqlite3", &actions, &attributes, &words, &variables)
        guard error == 0 else { throw Failure(description: "sqlite3 does not start: \(String(cString: strerror(error)))") }
        var status: Int32 = 0
        while waitpid(child, &status, 0) == -1, errno == EINTR {}
        return try read(file("output"))
    }

    private func write(_ text: String, to path: String) throws {
        guard let stream = fopen(path, "w") else { throw Failure(description: "\(path): errno \(errno)") }
        defer { fclose(stream) }
        let bytes = Array(text.utf8)
        guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else { throw Failure(description: "\(path): errno \(errno)") }
    }

    private func read(_ path: String) throws -> String {
        guard let stream = fopen(path, "r") else { throw Failure(description: "\(path): errno \(errno)") }
        defer { fclose(stream) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, stream)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
