import Testing

@testable import TerminalStream

@Suite struct MaskPatternTests {
    @Test(arguments: [
        ("a(?=b)", 2, "group"), ("^a", 1, "anchor"), ("a$", 2, "anchor"), ("a*?", 3, "lazy"), ("(a", 1, "closed"),
        ("a)", 2, "closes"),
        ("[a", 1, "closed"), ("[]a]", 1, "empty"), ("[z-a]", 2, "range"), ("[[:alpha:]]", 2, "classes"), ("a{", 2, "number"),
        ("a{2,1}", 2, "second"), ("a{9999}", 3, "repetitions"), ("*a", 1, "repeat"), ("\\1", 1, "supported"),
        ("\\b", 1, "supported"),
        ("\\", 1, "follows"), ("\\xZZ", 1, "hexadecimal"), ("\\x1B", 1, "escape"), ("[é]", 2, "ASCII"),
    ])
    func whatIsOutsideTheSubsetIsRefusedWithItsColumn(_ pattern: String, _ column: Int, _ reason: String) {
        do throws(MaskPatternError) {
            _ = try MaskPatternParser.parse(pattern)
            Issue.record("\(pattern) was taken")
        } catch {
            #expect(error.column == column, "\(pattern): \(error.reason)")
            #expect(error.reason.contains(reason), "\(pattern): \(error.reason)")
        }
    }

    @Test func nestingIsBounded() {
        let deep = String(repeating: "(", count: 1000) + "a" + String(repeating: ")", count: 1000)
        #expect(throws: MaskPatternError.self) { try MaskPatternParser.parse(deep) }
        #expect(throws: MaskPatternError.self) { try MaskPatternParser.parse(String(repeating: "a", count: 5000)) }
    }

    @Test func anEscapeNeverMatches() throws {
        for pattern in ["[^a]", ".", "\\W", "\\D", "\\S"] {
            guard case .bytes(let set) = try MaskPatternParser.parse(pattern) else {
                Issue.record("\(pattern) is no class")
                continue
            }
            #expect(!set.contains(0x1B), "\(pattern)")
        }
    }

    @Test func widthsAreKnown() throws {
        let pattern = try MaskPatternParser.parse("a{2,4}(bc|d)?é")
        #expect(pattern.shortest == 4)
        #expect(pattern.longest == 8)
        #expect(try MaskPatternParser.parse("a+").longest == nil)
        #expect(try MaskPatternParser.parse("((a{4096}){4096}){4096}").positions > 1 << 20)
    }
}
