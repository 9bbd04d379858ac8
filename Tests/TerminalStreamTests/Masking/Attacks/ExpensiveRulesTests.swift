import Testing

@testable import TerminalStream

/// Rules that would take long to compile, or much memory, are refused before they do.
@Suite struct ExpensiveRulesTests {
    /// Two hundred of them took half a minute and 300 MB to be refused.
    @Test func `Many rules that begin with anything are refused early`() {
        let rules = (0..<200).map { number in
            MaskRule(
                "own-\(number)", .own, value: "\\w{3,60}\(number)-", trigger: "\\w{3,50}\(number)-", widest: 256, source: "",
                example: "", nearMiss: "")
        }
        let reason = { () throws(MaskSetError) in _ = try MaskSet(compiling: rules) }
        #expect { try reason() } throws: { ($0 as? MaskSetError)?.reason.contains("stand for too much at once") == true }
    }

    @Test func `The whole catalogue is far from that`() throws {
        var doubled = MaskRule.catalogue
        for number in doubled.indices where doubled[number].category != .entropy {
            var copy = doubled[number]
            copy.name += "-again"
            doubled.append(copy)
        }
        #expect(try MaskSet(compiling: doubled).names.count == doubled.count)
    }
}
