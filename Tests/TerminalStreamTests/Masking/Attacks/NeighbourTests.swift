import TerminalStream
import Testing

/// What stands directly before or behind a value does not hide it, and the recording never shows what the user did not see.
@Suite struct NeighbourTests {
    private static let token = "ghp_" + String(repeating: "0aB", count: 12)

    private let set: MaskSet

    init() throws { set = try MaskSet(compiling: MaskRule.standard) }

    private func output(_ text: String, _ clock: MaskClock, columns: Int? = 80) -> String {
        var mask = OutputMask(
            set, known: nil, actions: MaskRule.standard.map(\.usual), columnNames: [],
            clock: clock, columns: columns)
        mask.feed(Array(text.utf8)[...], at: 0)
        var bytes = mask.takeOutput()
        mask.finish()
        bytes += mask.takeOutput()
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        "_\(token) ", "x\(token) ", "\\n\(token)\\n", "token%3D\(token)&", "ghp_\(token) ", "\(token)\(token) ",
        "\(token)\(token)\(token)",
        "\(token)_x", "\u{1B}Pq\(token)\u{1B}\\", "\(token)\u{1B}[?2004huser_1@host$ ",
    ])
    func `A token is masked whatever stands next to it`(text: String) {
        for clock in [MaskClock.strict, .user(releaseAfter: nil), .user(releaseAfter: 1)] {
            #expect(!output(text, clock).contains("0aB0aB"), "\(clock)")
        }
    }

    @Test(arguments: [
        "4111111111111111", "AKIAEXA2MPLEEXA2MPLE", "536-22-8145", "npm_" + String(repeating: "0aB", count: 12),
    ])
    func `A value without a line end is not part of the prompt behind it`(value: String) {
        let shown = output(value + "\u{1B}[?2004hroot_1@web:~# ", .strict)
        #expect(!shown.contains(value.suffix(8)) && shown.hasSuffix("root_1@web:~# "))
    }

    @Test func `The recording masks what the user's stream masks`() {
        let texts = MaskRule.standard.map(\.example)
        var random = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            let pieces = (0..<3).map { _ in
                (texts.randomElement(using: &random) ?? "")
                    + (["", " ", "_", "x", "4", "\u{1B}[m", "\r\n", "=", "."].randomElement(using: &random) ?? "")
            }
            let text = pieces.joined()
            #expect(output(text, .strict) == output(text, .user(releaseAfter: nil)), "\(text)")
        }
    }

    @Test(arguments: ["\u{200E}", "\u{202E}", "\u{2066}", "\u{FE0F}", "\u{34F}", "\u{2063}", "\u{E0041}"])
    func `Characters without a width do not hide a value`(hidden: String) {
        #expect(
            output("ghp_0aB0a" + hidden + Self.token.dropFirst(9) + " ", .strict) == "ghp_*****" + hidden
                + String(repeating: "*", count: 31) + " ")
    }
}

extension MaskRule {
    /// As a policy without `mask:` has it.
    fileprivate var usual: MaskAction { category == .entropy ? .report : .mask }
}
