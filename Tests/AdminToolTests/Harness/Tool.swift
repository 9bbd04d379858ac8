import Foundation

/// The built `sallyport`, run for real.
struct Tool {
    struct Outcome: Equatable {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Beside the test bundle, where SwiftPM puts executables.
    static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "sallyport")

    /// Where the package's own files are.
    static let packageFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// - Parameter input: standard input; nothing for none.
    static func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:], folder: String = "/"
    ) throws -> Outcome {
        try run(arguments, input: Data(input.utf8), environment: environment, folder: folder)
    }

    static func run(
        _ arguments: [String], input: Data, environment: [String: String] = [:], folder workingFolder: String = "/"
    ) throws -> Outcome {
        let folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: workingFolder)
        process.environment = ["PATH": "/usr/bin:/bin:/usr/sbin"].merging(environment) { $1 }
        // Files, not pipes: nobody waits for anybody.
        process.standardInput = try folder.file("input", holding: input)
        let output = try folder.file("output", holding: Data())
        let errors = try folder.file("errors", holding: Data())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
            output: try folder.text("output"), errors: try folder.text("errors"))
    }
}

/// Another program of the system, which has to succeed.
@discardableResult
func runProgram(_ path: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
        throw ProgramFailed(
            description: "\(path) \(arguments): \(process.terminationStatus) \(String(decoding: text, as: UTF8.self))")
    }
    return String(decoding: text, as: UTF8.self)
}

struct ProgramFailed: Error, CustomStringConvertible { var description: String }
