import Foundation
import Testing

@testable import TerminalStream

/// What the real `sqlite3` prints in its modes.
@Suite struct SQLiteTables {
    private static let table = """
        create table p(id int, ssn text, name text);
        insert into p values (1,'123-45-6789','alice'),(2,NULL,'bob'),(3,'12,3"4','carol'),(5,'é日x','wide'),(6,'a longer value than the name','zed');
        """

    private func sqlite(_ mode: String, _ query: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        process.arguments = ["-header", "-" + mode, ":memory:", Self.table + query]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = Array(pipe.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return bytes
    }

    private func masked(_ bytes: [UInt8], pieces size: Int) -> String {
        var mask = ColumnMask(["SSN"])
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            mask.feed(bytes[start..<min(start + size, bytes.count)], into: &output)
        }
        return String(decoding: output, as: UTF8.self)
    }

    @Test(
        arguments: ["column", "csv", "table", "box", "markdown", "line", "quote", "tabs", "list"],
        ["select * from p", "select ssn from p", "select ssn, name from p", "select name, id, ssn from p"])
    func `The column is masked in every mode, and no other one`(mode: String, query: String) throws {
        let plain = try sqlite(mode, query)
        let terminal = Array(String(decoding: plain, as: UTF8.self).replacing("\n", with: "\r\n").utf8)
        for bytes in [plain, terminal] {
            let shown = masked(bytes, pieces: bytes.count)
            for size in [1, 2, 3, 7] { #expect(masked(bytes, pieces: size) == shown) }
            for value in ["123-45", "12,3", "日", "longer"] { #expect(!shown.contains(value), "\(shown)") }
            guard query.contains("name") || query.contains("*") else { continue }
            for value in ["alice", "bob", "carol", "wide", "zed"] { #expect(shown.contains(value), "\(shown)") }
        }
    }

    @Test(arguments: ["column", "csv", "table", "box", "markdown", "quote"])
    func `A value of several lines is masked to its end`(mode: String) throws {
        let bytes = try sqlite(mode, "insert into p values (7, 'erste' || char(10) || 'zweite', 'last'); select * from p")
        let shown = masked(bytes, pieces: bytes.count)
        #expect(!shown.contains("erst") && !shown.contains("zweit") && !shown.contains("123-45"))
    }

    /// docs/masking.md: What it does not do.
    @Test(arguments: ["list", "tabs", "line"]) func `Without quotes nobody knows where a value of several lines ends`(
        mode: String
    ) throws {
        let bytes = try sqlite(
            mode, "insert into p values (7, 'erste' || char(10) || 'zweite', 'last'); select * from p where id = 7")
        #expect(masked(bytes, pieces: bytes.count).contains("zweite"))
    }
}
