import Foundation

/// Where the programs of this build are, and the environment everything runs in.
package enum Programs {
    /// SwiftPM puts executables and the test bundle into one folder.
    package static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path

    package static let sallyport = folder + "/sallyport"
    package static let sallyportd = folder + "/sallyportd"
    package static let sallyportSession = folder + "/sallyport-session"

    /// No agent, no ~/.ssh, no messages in other languages.
    package static let environment = [
        "PATH": "\(folder):/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/nonexistent",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
    ]
}

/// A folder that is gone when the test lets go of it.
package final class TemporaryFolder {
    package let path: String

    package init() throws {
        var template = Array("/tmp/sallyport-test.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw HarnessError("mkdtemp: \(String(cString: strerror(errno)))") }
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress.unsafelyUnwrapped) }
        chmod(path, 0o755)  // the target's users live below it
    }

    /// A home for shells. Behind its first start in a new one, fish makes completions of all manual pages, for minutes, unless their folder is there.
    package static func home() throws -> TemporaryFolder {
        let home = try TemporaryFolder()
        _ = try home.makeFolder(".local/share/fish/generated_completions")
        return home
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    package func write(_ text: String, to name: String, mode: Int = 0o644) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)")
    }

    package func makeFolder(_ name: String, mode: Int = 0o755) throws -> String {
        let folder = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: mode])
        return folder
    }
}

/// The text of a file, empty if there is none.
package func contents(of file: String) -> String {
    String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
}

extension [UInt8] {
    package func contains(_ text: String.UTF8View) -> Bool {
        guard !text.isEmpty else { return true }
        return Data(self).range(of: Data(text)) != nil
    }
}

package func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
