import Foundation
import Testing

@testable import TerminalStream

struct AsciinemaPlaysTests {
    @Test func `asciinema prints what the terminal was sent`() throws {
        var random = SeededGenerator(seed: 3)
        let bytes = Array("\u{1B}[31mr\u{E9}d\u{2028}\u{85} 😀\r\n".utf8) + random.almostText(count: 5000)
        var lines: [UInt8] = []
        var cast = TestCast(
            AsciicastHeader(columns: 80, rows: 24, timestamp: 1, command: [0xFF], title: "a \"title\"", term: "xterm"),
            isTerminal: true, at: 0,
            into: &lines)
        for piece in random.pieces(of: bytes) {
            cast.output(piece[...], from: .stdout, at: 0, into: &lines)
            cast.resize(columns: 132, rows: 43, at: 0, into: &lines)
            cast.note("marker", at: 0, into: &lines)
        }
        cast.finish(at: 0, into: &lines)
        #expect(try asciinemaCat(lines) == Array(String(decoding: bytes, as: UTF8.self).utf8))
    }

    /// `asciinema cat` opens /dev/tty, so `script` gives it one; what it prints goes into a file, past that terminal.
    private func asciinemaCat(_ recording: [UInt8]) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sallyport-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(recording).write(to: folder.appendingPathComponent("recording.cast"))
        let script = Process()
        script.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        script.arguments = ["script", "--quiet", "--return", "--command", "asciinema cat recording.cast > printed", "/dev/null"]
        script.currentDirectoryURL = folder
        script.environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C.UTF-8"]) { $1 }
        script.standardInput = FileHandle.nullDevice
        script.standardOutput = FileHandle.nullDevice
        try script.run()
        script.waitUntilExit()
        #expect(script.terminationStatus == 0)
        return [UInt8](try Data(contentsOf: folder.appendingPathComponent("printed")))
    }
}
