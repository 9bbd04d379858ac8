import Testing

@testable import TerminalStream

@Suite struct KnownValuesTests {
    @Test func aKnownValueIsMaskedInAllItsForms() throws {
        let secret = "S3cr3t/\"p' w$rd~"
        let forms = KnownValues.forms(of: Array(secret.utf8))
        let known = KnownValues(forms)
        let texts = [
            secret, "UzNjcjN0LyJwJyB3JHJkfg", "S3cr3t%2F%22p%27%20w%24rd~", "S3cr3t/\\\"p' w$rd~",
            "5333637233742f22702720772472647e",
            "S3cr3t/\"p'\\'' w$rd~", "S3cr3t/\\\"p' w\\$rd~",
        ]
        for text in texts {
            let result = try masked("<\(text)>", by: [ExampleRules.token], known: known)
            #expect(result.filter { $0 != "*" }.count <= 4, "\(text) gave \(result)")
        }
        // In the middle of more, at each offset.
        for offset in 0..<3 {
            let text = String(repeating: "x", count: offset) + secret + "yy"
            let encoded = Base64.encode(Array(text.utf8))
            let result = try masked(String(decoding: encoded, as: UTF8.self), by: [ExampleRules.token], known: known)
            #expect(result.filter { $0 == "*" }.count >= 20, "offset \(offset): \(result)")
        }
    }

    @Test func shortValuesAndOverlapsAreWhatTheyAre() throws {
        let known = KnownValues([
            Array("short".utf8), Array("abcdefgh".utf8), Array("efghijkl".utf8), Array("cdefghij-more".utf8),
        ])
        #expect(try masked("short abcdefghijkl.", by: [ExampleRules.token], known: known) == "short ************.")
        #expect(try masked("cdefghij-mor", by: [ExampleRules.token], known: known) == "cdefghij-mor")
    }

    @Test func everyByteMayBeInOne() throws {
        let value = Array(UInt8(0x20)...0x7E)
        let known = KnownValues([value, Array(UInt8(0x80)...0xFF), Array(UInt8(0)...0xFE), Array(UInt8(1)...0xFF)])
        #expect(
            try masked(String(decoding: value, as: UTF8.self), by: [ExampleRules.token], known: known)
                == String(repeating: "*", count: 95))
    }
}
