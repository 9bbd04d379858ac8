import Testing

@testable import TerminalStream

@Suite struct MaskStyleTests {
    @Test(arguments: [
        ("4111 1111 1111 1111!", "4111 11** **** 1111!"), ("a@b.cd x", "<email> x"), ("PWD: \"s3cret!\"", "PWD: \"********\""),
        ("pg://app:geheim@db", "pg://app:******@db"), ("ghp_0aB0aB0aB", "ghp_*********"),
        ("-----BEGIN KEY-----\r\nAAAAAAAA\r\nBB==\r\n-----END", "-----BEGIN KEY-----\r\n********\r\n****\r\n-----END"),
        // The outer value decides, and what goes on behind it is masked too.
        ("pwd=ghp_0aB0aB0aB0aB x", "pwd=******** x"),
        ("4111 1111 4111 1111 1111 1111", "4111 1111 4111 11** **** 1111"),
    ])
    func aValueLooksAsItsRuleSays(_ text: String, _ expected: String) throws {
        #expect(try masked(text, by: ExampleRules.all) == expected)
    }

    @Test func whatIsOnlyReportedIsSeen() throws {
        let set = try MaskSet(compiling: [ExampleRules.token])
        let reported = masked([Array("ghp_0aB0aB0aB ".utf8)], by: set, actions: [.report])
        #expect(String(decoding: reported.bytes, as: UTF8.self) == "ghp_0aB0aB0aB ")
        #expect(reported.findings.map(\.offset) == [4])
        #expect(masked([Array("ghp_0aB0aB0aB ".utf8)], by: set, actions: [.off]).findings.isEmpty)
    }

    @Test func aFindingTellsWhatWasFound() throws {
        let text = "\u{1B}[1m4111 1111\u{1B}[m 1111 1111 пароль=яя漢e"
        let findings = masked([Array(text.utf8)], by: try MaskSet(compiling: [ExampleRules.card, ExampleRules.cyrillic])).findings
        #expect(findings.map(\.rule) == [0, 1])
        #expect(findings.map(\.offset) == [4, 40])
        #expect(findings.map(\.cells) == [19, 5])
        #expect(findings.first?.value == Array("4111111111111111".utf8))
    }

    @Test func aFloodOfFindingsIsCounted() throws {
        var stream = MaskedStream(
            try MaskSet(compiling: [ExampleRules.token]), known: nil, actions: [], clock: .strict, columns: nil)
        for _ in 0..<1000 { stream.feed(Array("ghp_0aB0aB0aB ".utf8)[...], at: 0) }
        #expect(stream.takeFindings().count == 256)
        #expect(stream.findingsLost == [744, 0])
    }
}
