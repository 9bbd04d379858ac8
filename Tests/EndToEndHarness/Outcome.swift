/// What a program that ran to its end left behind.
package struct Outcome: CustomStringConvertible {
    package var command: [String]
    package var exit: Exit
    package var stdout: [UInt8]
    package var stderr: [UInt8]

    package var output: String { String(decoding: stdout, as: UTF8.self) }
    package var errors: String { String(decoding: stderr, as: UTF8.self) }

    package var description: String {
        "\(command.joined(separator: " ")): \(exit), stdout “\(output.suffix(800))”, stderr “\(errors.suffix(1500))”"
    }

    /// For steps that a test only builds on: anything but exit 0 ends it.
    @discardableResult package func orThrow() throws -> Outcome {
        guard exit == .status(0) else { throw HarnessError(description) }
        return self
    }
}

/// Runs a program to its end.
package func run(
    _ command: [String], input: [UInt8] = [], environment: [String: String] = Programs.environment,
    within limit: Duration = .seconds(30)
) throws -> Outcome {
    let program = try RunningProgram(command, environment: environment)
    if !input.isEmpty { try program.write(input, within: limit) }
    program.closeInput()
    let exit = try program.waitForExit(within: limit)
    return Outcome(command: command, exit: exit, stdout: program.stdout, stderr: program.stderr)
}
