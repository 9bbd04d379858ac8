import Testing

@testable import Policy

struct RobustnessTests {
    static let texts: [String] = {
        var texts: [String] = []
        for vectors in [
            QuotingTests.plain, QuotingTests.cEscapes, CompoundCommandTests.compounds, CompoundCommandTests.words,
            ExpansionTests.parameters,
            ExpansionTests.substitutions, BraceAndPatternTests.braces, BraceAndPatternTests.patterns, RedirectionTests.files,
            RedirectionTests.documents,
            RedirectionTests.strings, PipelineTests.pipes, PipelineTests.printed, VariableTests.candidates, DirectoryTests.moves,
            SyntaxErrorTests.mistakes,
        ] {
            texts += vectors.map(\.text)
        }
        return texts + VariableTests.putIn + DialectTests.hidden + DialectTests.ordinaryLines + ExpansionTests.evaluated
    }()

    @Test func `every prefix and every suffix of every vector is read`() {
        for text in Self.texts {
            let bytes = Array(text.utf8)
            for length in 0..<bytes.count {
                _ = ShellReader.read(Array(bytes[..<length]), atPrompt: true)
                _ = ShellReader.read(Array(bytes[length...]))
            }
        }
    }

    @Test func `vectors that are cut up and mixed are read`() {
        var random = SplitMix(seed: 7)
        let pool = Self.texts.map { Array($0.utf8) }
        for _ in 0..<6000 {
            var text = pool[Int.random(in: 0..<pool.count, using: &random)]
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0...text.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: if place < text.count { text.remove(at: place) }
                case 1: text.insert(UInt8.random(in: 0...255, using: &random), at: place)
                case 2: if place < text.count { text[place] = UInt8.random(in: 0...127, using: &random) }
                default: text.insert(contentsOf: pool[Int.random(in: 0..<pool.count, using: &random)], at: place)
                }
            }
            let reading = ShellReader.read(text, atPrompt: true)
            #expect(reading.commands.allSatisfy { $0.words.allSatisfy { $0.source.count <= 200 } })
        }
    }

    @Test func `a reading says the same each time`() {
        for text in Self.texts { #expect(ShellReader.read(text) == ShellReader.read(text)) }
    }
}

/// The same numbers in every run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
