import Foundation
import Testing

/// The repository, three folders above this file.
private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// What stands between backquotes in a page of the repository.
private func quotations(in page: String) throws -> [String] {
    let text = try String(contentsOf: root.appending(path: page), encoding: .utf8)
    return text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
}

@Suite struct `The documents` {
    @Test func `name only source files that exist`() throws {
        let named = try quotations(in: "ARCHITECTURE.md").filter { $0.hasSuffix(".swift") || $0.hasSuffix(".c") }
        #expect(named.count > 30)
        let sources = root.appending(path: "Sources")
        let targets = try FileManager.default.contentsOfDirectory(atPath: sources.path)
        for name in named {
            let places =
                [root.appending(path: name), sources.appending(path: name)]
                + targets.map { sources.appending(path: "\($0)/\(name)") }
            #expect(places.contains { FileManager.default.fileExists(atPath: $0.path) }, "ARCHITECTURE.md names \(name)")
        }
    }

    @Test func `number decisions one after the other, each with its reasons`() throws {
        let folder = root.appending(path: "docs/decisions")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(files.map { String($0.prefix(4)) } == (1...files.count).map { String(format: "%04d", $0) })
        for file in files {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            #expect(text.hasPrefix("# \(file.prefix(4)) "), "\(file)")
            for part in ["Motivation", "Decision", "Alternatives"] { #expect(text.contains(part), "\(file) lacks \(part)") }
        }
    }
}
