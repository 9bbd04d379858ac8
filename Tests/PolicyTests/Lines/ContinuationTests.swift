import Foundation
import Guard
import Testing

@testable import Policy

/// Real shells, asked whether a text is complete: each reads it, with a command behind that is only reached if they take it for one.
@Suite struct ContinuationTests {
    /// bash says of a text that ends too early what it was looking for, or that it met the end of the file.
    private func isUnfinished(_ text: String, in shell: String) throws -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = shell == "bash" ? ["bash", "--norc", "-n", "-c", text] : [shell, "-f", "-n", "-c", text]
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        process.environment = ["LC_ALL": "C", "PATH": "/usr/bin:/bin"]
        try process.run()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return ["unexpected end of file", "looking for matching", "here-document", "unexpected EOF", "token `EOF'"].contains {
            said.contains($0)
        }
    }

    /// A backslash at the end is kept by `-c`, and taken for the beginning of the next line at a prompt.
    static let texts = (UnfinishedLineTests.unfinished + UnfinishedLineTests.finished).filter { !$0.hasSuffix("\\") }

    @Test(arguments: texts) func `bash finds the same lines unfinished`(text: String) throws {
        let reading = TypedLine(text: Array(text.utf8), language: .bash).reading
        #expect(try isUnfinished(text, in: "bash") == reading.isUnfinished)
    }
}
