internal import Foundation

extension NotificationSettings {
    /// Reads the key that signs what a webhook is sent, for the daemon when it loads its configuration.
    ///
    /// The file's text without one line end after it, so that what `openssl rand -hex 32` prints can be pasted elsewhere as it is shown.
    /// - Throws: a mistake that names the file: it cannot be read, others may read it, or the key is too short or too long.
    package static func readKey(_ path: String) throws(ConfigurationErrors) -> [UInt8] {
        func mistake(_ what: String) -> ConfigurationErrors {
            ConfigurationErrors([ConfigurationProblem(file: shown(path, limit: 4096), line: nil, message: what)])
        }
        var key: [UInt8]
        do throws(UnreadableFile) { key = try BoundedFile.read(path, limit: 2 * longestKey) } catch {
            throw mistake(error.reason)
        }
        if key.last == UInt8(ascii: "\n") { key.removeLast() }
        if key.last == UInt8(ascii: "\r") { key.removeLast() }
        guard (shortestKey...longestKey).contains(key.count) else {
            throw mistake("holds a key of \(key.count) bytes: a key has \(shortestKey) to \(longestKey)")
        }
        var information = stat()
        guard stat(path, &information) == 0, information.st_mode & 0o077 == 0 else {
            throw mistake("others may read it: chmod 600 it")
        }
        return key
    }
}
