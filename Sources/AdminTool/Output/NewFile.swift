internal import Foundation

/// A file that did not exist before, for its owner alone until `mode` says otherwise. What it holds is on disk after `finish`.
struct NewFile {
    let path: String
    private let handle: FileHandle

    /// Refuses whatever is there already, also a symbolic link to nowhere.
    init(_ path: String, mode: mode_t = 0o600) throws(ToolFailure) {
        self.path = path
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            let shown = SafeText.escaped(path)
            throw errno == EEXIST
                ? ToolFailure("\(shown) exists already and is not overwritten")
                : ToolFailure("cannot make \(shown): \(describe(errno))")
        }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    func write(_ bytes: [UInt8]) throws(ToolFailure) {
        guard let problem = writeAll(bytes, to: handle.fileDescriptor) else { return }
        throw ToolFailure("cannot write \(SafeText.escaped(path)): \(describe(problem))")
    }

    func finish() throws(ToolFailure) {
        guard fsync(handle.fileDescriptor) == 0 || errno == EINVAL else {
            throw ToolFailure("cannot write \(SafeText.escaped(path)): \(describe(errno))")
        }
    }

    /// After a failure: half a file is worse than none.
    func remove() { unlink(path) }
}
