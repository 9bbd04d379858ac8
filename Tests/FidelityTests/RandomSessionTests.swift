import Testing

extension Fidelity {
    struct RandomSessionTests {
        private func texts(seed: UInt64, _ shell: Shell = .bash) -> [String] {
            (0..<50).map { "\(RandomSession.scenario(seed: seed, number: $0, for: shell).steps)" }
        }

        @Test(arguments: Shell.allCases) func `a seed makes the same sessions again`(_ shell: Shell) {
            #expect(texts(seed: 7, shell) == texts(seed: 7, shell))
            #expect(texts(seed: 7, shell) != texts(seed: 8, shell))
            #expect(Set(texts(seed: 7, shell)).count > 45)
        }

        @Test func `SplitMix64 gives the numbers of its reference`() {
            var random = SeededGenerator(seed: 1_234_567)
            #expect(
                (0..<3).map { _ in random.next() } == [
                    6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                ])
        }

        @Test func `keys are bytes`() {
            #expect(
                Keys.parse("a<up><c-r><m-b><lt><xff>é<nosuch").map { $0 } == [
                    [0x61], [0x1B, 0x5B, 0x41], [0x12], [0x1B, 0x62], [0x3C], [0xFF], [0xC3, 0xA9],
                ] + "<nosuch".utf8.map { [$0] })
        }
    }

    struct ComparisonTests {
        private func told(_ text: String, certain: Bool = true, ran: Bool = true) -> Comparison.Told {
            .init(text: Array(text.utf8), isCertain: certain, mayNotHaveRun: !ran)
        }
        private func score(_ truth: [String], _ told: [Comparison.Told]) -> [Int] {
            let comparison = Comparison(truth: truth.map { Array($0.utf8) }, told: told)
            return [comparison.exact, comparison.uncertain, comparison.wrong, comparison.missed, comparison.invented]
        }

        @Test func `what is told is held against what ran`() {
            #expect(score(["a", "b"], [told("a"), told("b")]) == [2, 0, 0, 0, 0])
            #expect(score(["a", "b"], [told("a"), told("b", certain: false)]) == [1, 1, 0, 0, 0])
            #expect(score(["a", "b"], [told("a"), told("c", certain: false)]) == [1, 1, 0, 0, 0])
            #expect(score(["a", "b", "c"], [told("a"), told("x"), told("c")]) == [2, 0, 1, 0, 0])
            #expect(score(["a", "b", "c"], [told("a"), told("c")]) == [2, 0, 0, 1, 0])
            #expect(score(["a"], [told("x"), told("a"), told("y")]) == [1, 0, 0, 0, 2])
            #expect(score(["a"], [told("x", ran: false), told("a")]) == [1, 0, 0, 0, 0])
            #expect(score(["a"], [told("a", ran: false), told("a")]) == [1, 0, 0, 0, 0])
            #expect(score([], []) == [0, 0, 0, 0, 0])
            #expect(score(["a"], []) == [0, 0, 0, 1, 0])
            // What was refused and ran all the same was known; that it ran is the other test's business.
            #expect(score(["a"], [told("a", ran: false)]) == [1, 0, 0, 0, 0])
        }

        @Test func `commands are compared line by line`() {
            #expect(
                CommandText.lines(Array("  for i\n\ndo a \\\n b\ndone \n".utf8)).map { String(decoding: $0, as: UTF8.self) } == [
                    "for i", "do a  b", "done",
                ])
        }

        @Test func `a known failure has a reason and a name that exists`() throws {
            #expect(throws: (any Error).self) { try KnownFailures(text: "allow bash/editing/plain |") }
            let known = try KnownFailures(
                text: "# why\nallow bash/editing/plain | because\nallow bash/editing/nosuch | because\n")
            #expect(known.misspelt(Scenario.named) == ["allow bash/editing/nosuch"])
            let plain = ScenarioResult(scenario: Scenario.named[0], shell: .bash)
            #expect(known.repaired([plain], failed: [], .allow).count == 1)
            #expect(known.unknown([plain], .allow).isEmpty)
            #expect(known.unknown([plain], .deny).count == 1)
        }
    }
}
