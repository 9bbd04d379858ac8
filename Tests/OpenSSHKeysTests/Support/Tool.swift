import Foundation
import Testing

/// Runs a program of the system to its end.
struct Tool {
    struct Result: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameter seconds: after this long it is killed, and the call fails.
    static func run(_ path: String, _ arguments: [String], seconds: Int = 30, environment: [String: String] = [:]) throws
        -> Result
    {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        // Files, not pipes: nobody has to read while the program runs, however much it writes.
        let folder = try TemporaryFolder()
        let output = try folder.createFile("output")
        let errors = try folder.createFile("errors")
        process.standardOutput = output
        process.standardError = errors
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        if ended.wait(timeout: .now() + .seconds(seconds)) == .timedOut {
            kill(process.processIdentifier, SIGKILL)
            throw Failure(description: "\(path) \(arguments.joined(separator: " ")) did not end within \(seconds) s")
        }
        try output.close()
        try errors.close()
        return Result(
            status: process.terminationStatus, output: try folder.text(of: "output"), errors: try folder.text(of: "errors"))
    }

    /// `ssh-keygen`, which has to succeed.
    @discardableResult
    static func keygen(_ arguments: String...) throws -> String { try keygen(arguments) }

    @discardableResult
    static func keygen(_ arguments: [String]) throws -> String {
        let result = try run("/usr/bin/ssh-keygen", arguments)
        guard result.status == 0 else {
            throw Failure(description: "ssh-keygen \(arguments.joined(separator: " ")): \(result.output)\(result.errors)")
        }
        return result.output
    }
}

/// A folder of one's own, removed with the last reference.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/sallyport-keys-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func callAsFunction(_ name: String) -> String { path + "/" + name }

    func createFile(_ name: String) throws -> FileHandle {
        _ = FileManager.default.createFile(atPath: self(name), contents: nil)
        return try #require(FileHandle(forWritingAtPath: self(name)))
    }

    func bytes(of name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: self(name)))) }

    func text(of name: String) throws -> String {
        String(decoding: try bytes(of: name), as: UTF8.self)
    }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: self(name)))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: self(name))
    }

    func write(_ text: String, to name: String) throws { try write(text.utf8, to: name) }
}
