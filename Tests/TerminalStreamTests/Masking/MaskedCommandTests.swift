import Testing

@testable import TerminalStream

/// Command lines as they are written down.
struct MaskedCommandTests {
    private let set: MaskSet
    static let actions = [MaskAction](repeating: .mask, count: MaskRule.standard.count)
    static let token = "ghp_" + String(repeating: "0aB", count: 12)

    init() throws { set = try MaskSet(compiling: MaskRule.standard) }

    private func masked(_ text: String) -> String {
        String(decoding: set.masked(Array(text.utf8), actions: Self.actions), as: UTF8.self)
    }

    @Test func `A value in a command is masked as wide as it is`() {
        #expect(
            masked("curl -H 'Authorization: Bearer \(Self.token)' x") == "curl -H 'Authorization: Bearer ghp_\(Self.stars(36))' x"
        )
        #expect(masked("psql postgres://app:s3cr3t-pw@db/x") == "psql postgres://app:*********@db/x")
        #expect(masked("echo 'nothing to hide' | wc -l\n") == "echo 'nothing to hide' | wc -l\n")
    }

    @Test func `What is not ASCII is masked too`() {
        #expect(!masked("echo grün \(Self.token)").contains("0aB"))
        #expect(masked("echo grün") == "echo grün")
    }

    @Test func `Words are masked as they stand beside each other`() {
        let words = ["git", "clone", "https://\(Self.token)@github.com/x", "--password", "hunter2x9"]
        let masked = set.masked(words: words, actions: Self.actions)
        #expect(masked.count == 5 && masked[0] == "git" && masked[3] == "--password")
        #expect(masked[4] == "*********" && !masked[2].contains("0aB"))
        #expect(set.masked(words: ["ls", "-l"], actions: Self.actions) == ["ls", "-l"])
    }

    @Test func `More values than are told one by one are masked`() {
        let text = String(repeating: "\(Self.token) ", count: 400)
        #expect(!masked(text).contains("0aB"))
    }

    private static func stars(_ count: Int) -> String { String(repeating: "*", count: count) }
}
