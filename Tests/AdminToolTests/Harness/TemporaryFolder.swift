import Foundation

/// A new folder that is gone when nobody holds it any more.
final class TemporaryFolder: Sendable {
    let url: URL
    var path: String { url.path }

    init() throws {
        // Not below TMPDIR: the path of a socket has at most 107 bytes.
        var template = Array("/tmp/sallyport-test.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        url = URL(filePath: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    subscript(_ name: String) -> String { url.appending(path: name).path }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: url.appending(path: name))
        return self[name]
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
    }

    func mode(_ name: String) throws -> Int {
        var information = stat()
        guard lstat(self[name], &information) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        return Int(information.st_mode & 0o7777)
    }

    func file(_ name: String, holding data: Data) throws -> FileHandle {
        try data.write(to: url.appending(path: name))
        return try FileHandle(forUpdating: url.appending(path: name))
    }
}
