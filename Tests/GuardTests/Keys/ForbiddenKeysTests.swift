import Testing

@testable import Guard

struct ForbiddenKeysTests {
    private func passed(_ text: String, without sequence: String) -> String {
        var keys = ForbiddenKeys(Array(sequence.utf8))
        return String(decoding: text.utf8.filter { keys.admits($0) }, as: UTF8.self)
    }

    @Test func `The last byte of the sequence never passes`() {
        #expect(passed("xabaabcyabc", without: "abc") == "xabaabyab")
    }

    /// A search that starts anew after a failed match would miss these.
    @Test(arguments: ["aabab", "aaab", "abab", "aabaab"])
    func `A sequence that overlaps with itself is found`(sequence: String) {
        for prefix in 0...sequence.utf8.count {
            let text = String(sequence.prefix(prefix)) + sequence
            #expect(!passed(text, without: sequence).contains(sequence), "\(text)")
        }
    }

    @Test func `What never completes it passes as it came`() {
        #expect(passed("\u{1B}[7;\u{1B}[7;12", without: "\u{1B}[7;123~") == "\u{1B}[7;\u{1B}[7;12")
    }
}
