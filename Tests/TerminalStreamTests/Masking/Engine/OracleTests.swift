import Testing

@testable import TerminalStream

/// PCRE2 and a loop find what the automata find.
@Suite struct OracleTests {
    @Test(arguments: MaskRule.catalogue + ExampleRules.all)
    func theEngineFindsWhatPCRE2Finds(_ rule: MaskRule) throws {
        let set = try MaskSet(compiling: [rule])
        let oracle = try RuleOracle(rule)
        var random = SeededGenerator(seed: 7)
        let samples = rule.example.isEmpty ? ExampleRules.texts : [rule.example, rule.nearMiss]
        // Where it is not said whether a byte belongs to prefix or value, it is the value's here.
        let isAmbiguous = rule.name == "openai-key"
        for _ in 0..<60 {
            let text = random.mutated(samples.map { Array($0.utf8) })
            let expected = try oracle.values(in: text)
            let findings = masked(random.pieces(of: text), by: set, columns: nil).findings
            #expect(findings.count == expected.count)
            guard !isAmbiguous else { continue }
            #expect(findings.map { Int($0.offset) } == expected.map(\.lowerBound), "\(String(decoding: text, as: UTF8.self))")
            #expect(findings.map(\.cells) == expected.map { CellWidth.of(text[$0]) }, "\(String(decoding: text, as: UTF8.self))")
        }
    }

    @Test func theWholeCatalogueDoesNotDependOnTheCut() throws {
        let set = try MaskSet(compiling: MaskRule.catalogue)
        for seed in 0..<10 {
            var random = SeededGenerator(seed: UInt64(seed))
            let stream = random.terminalOutput(count: 4000, texts: MaskRule.catalogue.map(\.example))
            for clock in [MaskClock.strict, .user(releaseAfter: nil)] {
                let whole = masked([stream], by: set, clock: clock).bytes
                #expect(masked(stream.map { [$0] }, by: set, clock: clock).bytes == whole, "seed \(seed)")
                #expect(masked(random.pieces(of: stream), by: set, clock: clock).bytes == whole, "seed \(seed)")
            }
        }
    }

    /// What a stream keeps is bounded, whatever comes.
    @Test(arguments: [
        "password=", "1", "4111 ", "a@", "([{<", "\u{1B}[m", "x\u{08}x", "\u{1B}]0;", "ghp_", "token=$", "\u{1B}[1",
        "a\u{1B}[38;2;111;111;111m",
    ])
    func littleIsHeld(_ piece: String) throws {
        var stream = MaskedStream(try MaskSet(compiling: MaskRule.standard), known: nil, actions: [], clock: .strict, columns: 80)
        let bytes = Array(String(repeating: piece, count: 3000).utf8)
        for start in stride(from: 0, to: bytes.count, by: 100) {
            stream.feed(bytes[start..<min(start + 100, bytes.count)], at: 0)
            #expect(stream.heldBytes < 64 * 4096)
            #expect(piece.contains("\u{1B}") || stream.heldBytes < 4096)
        }
    }
}
