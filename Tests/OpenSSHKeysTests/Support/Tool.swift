import Testing

/// Runs a program of the system to its end.
enum Tool {
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
        let folder = try TemporaryFolder()
        let process = try ChildProcess(
            path, arguments, output: folder("output"), errors: folder("errors"), environment: environment)
        let status = process.waitForExit(seconds: seconds)
        guard let status else {
            throw Failure(
                description:
                    "\(path) \(arguments.joined(separator: " ")) did not end within \(seconds) s: \(try folder.text(of: "errors").suffix(500))"
            )
        }
        return Result(status: status, output: try folder.text(of: "output"), errors: try folder.text(of: "errors"))
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
