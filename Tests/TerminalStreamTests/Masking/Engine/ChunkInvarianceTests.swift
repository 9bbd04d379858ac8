import TerminalStream
import Testing

/// Promise 3: the result is the same however the stream was cut.
@Suite struct ChunkInvarianceTests {
    @Test(arguments: [MaskClock.strict, .user(releaseAfter: nil)], [nil, 20, 80])
    func theOutputIsAFunctionOfTheStream(_ clock: MaskClock, _ columns: Int?) throws {
        let set = try MaskSet(compiling: ExampleRules.all)
        let known = KnownValues(KnownValues.forms(of: Array("correct horse".utf8)))
        for seed in 0..<60 {
            var random = SeededGenerator(seed: UInt64(seed))
            let stream = random.terminalOutput(count: 1500, texts: ExampleRules.texts + ["correct horse", "Y29ycmVjdCBob3JzZQ"])
            let whole = masked([stream], by: set, known: known, clock: clock, columns: columns)
            let single = masked(stream.map { [$0] }, by: set, known: known, clock: clock, columns: columns)
            #expect(single.bytes == whole.bytes, "seed \(seed), single bytes")
            for _ in 0..<3 {
                let cut = masked(random.pieces(of: stream), by: set, known: known, clock: clock, columns: columns)
                #expect(cut.bytes == whole.bytes, "seed \(seed)")
                #expect(cut.findings.map(\.offset).sorted() == whole.findings.map(\.offset).sorted(), "seed \(seed), findings")
            }
        }
    }

    /// What is held is only what is not decided: all rules' values are masked in the stream at once, and nothing waits behind a line end.
    @Test func nothingWaitsBehindALineEnd() throws {
        let set = try MaskSet(compiling: ExampleRules.all)
        for text in ExampleRules.texts {
            var stream = MaskedStream(set, known: nil, actions: [], clock: .strict, columns: nil)
            stream.feed(Array((text + "\r\n$ ").utf8)[...], at: 0)
            #expect(stream.heldBytes == 0, "\(text)")
            #expect(!stream.takeFindings().isEmpty || text.hasPrefix("a@"), "\(text)")
        }
    }
}
