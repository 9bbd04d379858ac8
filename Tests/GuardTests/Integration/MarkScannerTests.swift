import Testing

@testable import Guard

struct MarkScannerTests {
    static let nonce = [UInt8](repeating: 0x5A, count: GuardTerms.nonceLength)
    static let introducer = "\u{1B}]7717;" + String(repeating: "5a", count: GuardTerms.nonceLength) + ";"

    /// What comes of `chunks`: output as one text, marks in their places.
    private func scan(_ chunks: [[UInt8]]) -> [Found] {
        var scanner = MarkScanner(nonce: Self.nonce)
        var found: [Found] = []
        func take(_ piece: MarkScanner.Piece) {
            switch piece {
            case .output(let bytes):
                let text = String(decoding: bytes, as: UTF8.self)
                if case .output(let before) = found.last {
                    found[found.count - 1] = .output(before + text)
                } else {
                    found.append(.output(text))
                }
            case .mark(let mark): found.append(.mark(mark))
            }
        }
        for chunk in chunks { scanner.feed(chunk[...], take) }
        scanner.finish(take)
        return found
    }
    private func scan(_ text: String) -> [Found] { scan([Array(text.utf8)]) }

    private enum Found: Equatable {
        case output(String)
        case mark(Mark)
    }

    @Test func `Marks come out of the output, however it is cut`() {
        let token = "0123456789abcdef"
        let text =
            "\u{1B}[31mred\u{1B}" + Self.introducer + "A;;1\u{07}$ " + Self.introducer + "B\u{07}ls\r\n"
            + Self.introducer + "C;\(token)\u{07}\u{1B}]0;title\u{07}" + Self.introducer + "D;3;1\u{07}"
        let expected: [Found] = [
            .output("\u{1B}[31mred\u{1B}"), .mark(.promptStart(isContinuation: false)), .output("$ "), .mark(.editStart),
            .output("ls\r\n"),
            .mark(.commandStart(token: Array(token.utf8))), .output("\u{1B}]0;title\u{07}"),
            .mark(.commandEnd(status: 3, level: 1)),
        ]
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count { #expect(scan([Array(bytes[..<cut]), Array(bytes[cut...])]) == expected, "cut at \(cut)") }
        #expect(scan(bytes.map { [$0] }) == expected)
    }

    @Test(arguments: [
        "\u{1B}]7717;" + String(repeating: "5b", count: 16) + ";A\u{07}",  // another nonce
        "\u{1B}]7717;" + String(repeating: "5A", count: 16) + ";A\u{07}",
        "\u{1B}]133;A;sp=" + String(repeating: "5a", count: 16) + "\u{07}",
        "\u{1B}\u{1B}]7717;", "]7717;" + String(repeating: "5a", count: 16) + ";A\u{07}", "\u{1B}]7717;5a5a",
    ]) func `What is not ours stays where it is`(text: String) {
        #expect(scan(text) == [.output(text)])
        #expect(scan(text.utf8.map { [$0] }) == [.output(text)])
    }

    @Test func `Only a beginning of our introducer is held back`() {
        var scanner = MarkScanner(nonce: Self.nonce)
        var passed: [UInt8] = []
        for byte in "plain \u{1B}[1m \u{1B}]7717;5".utf8 {
            scanner.feed([byte]) { if case .output(let bytes) = $0 { passed += bytes } }
            if !scanner.isHoldingOutput { #expect(!passed.isEmpty) }
        }
        #expect(scanner.isHoldingOutput)
        #expect(String(decoding: passed, as: UTF8.self) == "plain \u{1B}[1m ")
    }

    @Test func `A mark that other output cut is malformed, and the output is kept`() {
        #expect(scan(Self.introducer + "r;0123\u{1B}[0m!") == [.mark(.malformed), .output("\u{1B}[0m!")])
        #expect(scan(Self.introducer + "r;01\r\nx") == [.mark(.malformed), .output("\r\nx")])
        #expect(scan(Self.introducer + "A") == [.mark(.malformed)])
        #expect(
            scan(Self.introducer + Self.introducer + "A\u{07}") == [
                .mark(.malformed), .mark(.promptStart(isContinuation: false)),
            ])
    }

    @Test func `A mark has a greatest length`() {
        let most = Self.introducer + "n;" + String(repeating: "x", count: MarkScanner.longestMark - 2)
        #expect(scan(most + "\u{07}") == [.mark(.noIntegration)])
        #expect(scan(most + "x\u{07}y") == [.mark(.malformed), .output("y")])
        #expect(scan([Array(most.utf8), [0x78], [0x78], [0x07, 0x79]]) == [.mark(.malformed), .output("y")])
    }

    @Test func `The same prompt drawn again does not begin again`() {
        let text = ["A;;1", "B", "A;;1", "B", "A;k;2", "A;k;2", "A;;3", "A;k;", "A;k;"].map { Self.introducer + $0 + "\u{07}" }
            .joined()
        #expect(
            scan(text) == [
                .mark(.promptStart(isContinuation: false)), .mark(.editStart), .mark(.editStart),
                .mark(.promptStart(isContinuation: true)),
                .mark(.promptStart(isContinuation: false)), .mark(.promptStart(isContinuation: true)),
                .mark(.promptStart(isContinuation: true)),
            ])
    }
}
