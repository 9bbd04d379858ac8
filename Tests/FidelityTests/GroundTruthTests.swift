import EndToEndHarness
import Testing

/// Real shells, real `ssh`, real `sshd`: what Sallyport tells of the lines that are typed, against what ran.
@Suite(.serialized) enum Fidelity {}

extension Fidelity {
    /// The truth is true, without Sallyport and through it.
    struct GroundTruthTests {
        private static let typed = [
            "t one", "t 'two  words' \"a b\"", "t wide 日本語 e\u{301}", "t \(String(repeating: "long ", count: 60))end",
            "echo x | cat; t three",
            "true && t four", "nosuchprogram", "t forbidden",
        ]

        @Test(arguments: [Mode.direct, .allow]) func `what is typed plainly is what the shell tells`(_ mode: Mode) throws {
            let steps = Self.typed.map { Scenario.Step.keys($0 + "<enter>") }
            let scenario = Scenario(name: "plain", group: .editing, shells: Shell.all, steps: steps)
            let results = Rehearsal([scenario]).play(on: try Stage(mode, width: 1))
            #expect(results.count == 5)
            for result in results {
                #expect(result.failure == nil)
                #expect(result.truth.map { String(decoding: $0, as: UTF8.self) } == Self.typed, "\(result.explanation)")
                try #require(result.executed.count == 7, "\(result.explanation)")
                #expect(result.executed[1] == ["two  words", "a b"])
                #expect(result.ranForbidden)
            }
        }

        /// Scenarios are only good for showing that nothing forbidden runs if it does run without a guard.
        @Test func `scenarios run what is forbidden when nobody forbids it`() throws {
            let options = try FidelityOptions()
            guard options.modes.contains(.direct) else { return }
            let results = try Unguarded.results.get()
            print("direct:\n\(ScoreTable(mode: .direct, results: results).text)")
            let harmless = results.filter { $0.scenario.group != .random && !$0.ranForbidden }
            for result in options.isComplete ? harmless : [] { print("harmless: \(result.explanation)") }
            #expect(results.filter { $0.failure != nil }.map(\.key) == [])
            #expect(harmless.count * 10 < results.count, "of \(results.count), these never run it: \(harmless.map(\.key))")
            // Each call of `t` comes from a line that somebody told.
            #expect(results.filter { $0.truth.isEmpty && !$0.executed.isEmpty && !$0.scenario.truthIsBlind }.map(\.key) == [])
        }
    }
}
