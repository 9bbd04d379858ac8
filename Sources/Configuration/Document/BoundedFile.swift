internal import Foundation

/// Why a file could not be read: the end of a sentence that starts with its name.
struct UnreadableFile: Error, Equatable {
    let reason: String
    let isMissing: Bool
    init(_ reason: String, isMissing: Bool = false) {
        self.reason = reason
        self.isMissing = isMissing
    }
}

enum BoundedFile {
    /// All bytes of a regular file. A device or a pipe is refused, not waited for.
    static func read(_ path: String, limit: Int) throws(UnreadableFile) -> [UInt8] {
        // O_NONBLOCK: opening a pipe without a writer would wait for one.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw cannotRead(errno) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw cannotRead(errno) }
        switch information.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw UnreadableFile("is a directory, not a file")
        default: throw UnreadableFile("is not a regular file")
        }
        // Counted while reading: the size can change meanwhile.
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw cannotRead(errno) }
            guard count > 0 else { return bytes }
            guard bytes.count + count <= limit else { throw UnreadableFile("is larger than \(limit >> 10) KiB") }
            bytes += buffer[..<count]
        }
    }

    private static func cannotRead(_ code: Int32) -> UnreadableFile {
        switch code {
        case ENOENT, ENOTDIR: UnreadableFile("does not exist", isMissing: true)
        default: UnreadableFile("cannot be read: \(String(cString: strerror(code)))")
        }
    }
}
