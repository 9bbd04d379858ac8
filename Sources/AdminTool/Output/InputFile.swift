internal import Foundation
internal import OpenSSHKeys

/// A small file of the caller's, or standard input.
enum InputFile {
    static func read(_ path: String, atMost limit: Int, called name: String) throws(ToolFailure) -> [UInt8] {
        let shown = path == "-" ? "standard input" : SafeText.escaped(path)
        let descriptor = path == "-" ? dup(STDIN_FILENO) : Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw ToolFailure("cannot read the \(name) \(shown): \(describe(errno))") }
        defer { close(descriptor) }
        // The whole buffer at once: a growing array would leave copies of a secret behind.
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { all in
                let rest = UnsafeMutableRawBufferPointer(rebasing: all[count...])
                return Glibc.read(descriptor, rest.baseAddress, rest.count)
            }
            if got < 0 {
                if errno == EINTR { continue }
                let problem = errno
                wipe(&bytes)
                throw ToolFailure("cannot read the \(name) \(shown): \(describe(problem))")
            }
            if got == 0 { break }
            count += got
        }
        guard count <= limit else {
            wipe(&bytes)
            throw ToolFailure("the \(name) \(shown) is longer than \(limit) bytes")
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}
