internal import Foundation
internal import MonitorProtocol

/// Where recordings lie: `YYYY/MM/DD/<session>.cast` below one folder, days in UTC.
///
/// Each folder is opened by its descriptor and never through a symbolic link, so that nothing below the top can lead elsewhere.
struct RecordingFolder: Sendable {
    /// The folder that the configuration names; it may be a symbolic link itself, the administrator's choice.
    let path: String

    init(_ path: String) { self.path = path }

    /// Creates the folder if it is missing, with 0700.
    func create() throws(SystemError) {
        if mkdir(path, 0o700) == -1 && errno != EEXIST { throw SystemError("mkdir \(path)", errno) }
        _ = try openTop()
    }

    /// The path of a session's recording below the folder: `2026/11/24/<id>.cast`.
    static func name(of session: SessionID, startedAt: Timestamp) -> String {
        var seconds = time_t(startedAt.seconds)
        var day = tm()
        gmtime_r(&seconds, &day)
        return String(format: "%04d/%02d/%02d/", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday) + session.text + ".cast"
    }

    /// Opens a new recording, for appending only (O_APPEND cannot be cleared by the session: its system call filter sees to that).
    ///
    /// - Throws: EEXIST when there is such a file, ENOSPC, EDQUOT, EROFS: no recording, no session.
    func openNew(_ name: String) throws(SystemError) -> OwnedDescriptor {
        let place = try openFolder(of: name, isCreated: true)
        return try open(place.file, in: place.folder, O_CREAT | O_EXCL | O_WRONLY | O_APPEND | O_NOFOLLOW)
    }

    /// Opens a recording for reading.
    func openExisting(_ name: String) throws(SystemError) -> OwnedDescriptor {
        let place = try openFolder(of: name, isCreated: false)
        return try open(place.file, in: place.folder, O_RDONLY | O_NOFOLLOW)
    }

    /// Takes back a recording that was opened for a session that then could not begin.
    func remove(_ name: String) throws(SystemError) {
        let place = try openFolder(of: name, isCreated: false)
        if unlinkat(place.folder.number, place.file, 0) == -1 { throw SystemError("unlinkat", errno) }
    }

    private func openTop() throws(SystemError) -> OwnedDescriptor {
        let number = Foundation.open(path, O_DIRECTORY | O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw SystemError("open \(path)", errno) }
        return OwnedDescriptor(owning: number)
    }
}

extension RecordingFolder {
    /// The open folder of a name, and the name's last part.
    private func openFolder(of name: String, isCreated: Bool) throws(SystemError) -> FolderAndFile {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let file = parts.last, !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else {
            throw SystemError("openat", EINVAL)
        }
        var folder = try openTop()
        for part in parts.dropLast() {
            if isCreated, mkdirat(folder.number, part, 0o700) == -1, errno != EEXIST { throw SystemError("mkdirat", errno) }
            folder = try open(part, in: folder, O_DIRECTORY | O_RDONLY | O_NOFOLLOW)
        }
        return FolderAndFile(folder: folder, file: file)
    }

    private func open(_ name: String, in folder: borrowing OwnedDescriptor, _ flags: Int32) throws(SystemError) -> OwnedDescriptor
    {
        let number = openat(folder.number, name, flags | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw SystemError("openat", errno) }
        return OwnedDescriptor(owning: number)
    }

    private struct FolderAndFile: ~Copyable {
        let folder: OwnedDescriptor
        let file: String
    }
}
