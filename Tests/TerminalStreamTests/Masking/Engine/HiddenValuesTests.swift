import Testing

@testable import TerminalStream

/// What stands between the characters of a value does not hide it, and what a window shows is as wide as before.
@Suite struct HiddenValuesTests {
    private let rules = [ExampleRules.token, ExampleRules.open, ExampleRules.card]

    @Test(arguments: [
        ("ghp_\u{1B}[31m0aB0\u{1B}[m\u{1B}[KaB0aB0aB ", "ghp_\u{1B}[31m****\u{1B}[m\u{1B}[K******** "),
        ("ghp_0aB0\u{1B}]0;title\u{07}aB0aB0aB ", "ghp_****\u{1B}]0;title\u{07}******** "),
        ("ghp_0aB0\u{1B}(B\0\u{07}\u{1B}7aB0aB0aB ", "ghp_****\u{1B}(B\0\u{07}\u{1B}7******** "),
        ("ghp_0aB0\u{200B}aB0\u{FEFF}aB0aB ", "ghp_****\u{200B}***\u{FEFF}***** "),
        ("g\u{08}gh\u{08}hp_0\u{08}0aB0aB0aB0aB\u{08}B ", "g\u{08}gh\u{08}hp_*\u{08}************\u{08}* "),
        (
            "g\u{08}_h\u{08}_p\u{08}__\u{08}_0\u{08}_a\u{08}_B0aB0aB0aB\u{08}_ ",
            "g\u{08}_h\u{08}_p\u{08}__\u{08}_*\u{08}_*\u{08}_**********\u{08}_ "
        ),
        (
            "_\u{08}g_\u{08}h_\u{08}p__\u{08}0_\u{08}aB0_\u{08}aB0aB0_\u{08}a_\u{08}B ",
            "_\u{08}g_\u{08}h_\u{08}p__\u{08}*_\u{08}***_\u{08}******_\u{08}*_\u{08}* "
        ),
        ("ghp__\u{08}0\u{08}0_\u{08}a\u{08}aB0aB0aB0aB ", "ghp__\u{08}*\u{08}*_\u{08}*\u{08}*********** "),
        ("_ghp_0aB0aB0aB0aB_", "_ghp_0aB0aB0aB0aB_"), ("\u{08}_ghp_0aB0aB0aB0aB ", "\u{08}_ghp_0aB0aB0aB0aB "),
        ("_\u{08}_ghp_0aB0aB0aB0aB ", "_\u{08}_ghp_0aB0aB0aB0aB "),
        ("ghp_0aB0\u{1B}[5Cab0aB0aB0aB ", "ghp_0aB0\u{1B}[5Cab0aB0aB0aB "),
        ("ghp_0aB0\u{08}x\u{08}aB0aB0aB0aB ", "ghp_0aB0\u{08}x\u{08}aB0aB0aB0aB "),
        ("４１１１１１１１１１１１１１１１ ", "４１１１１１" + "************" + "１１１１ "),
        ("\u{1B}]2;ghp_0aB0aB0aB0aB\u{07}", "\u{1B}]2;ghp_************\u{07}"),
        ("\u{1B}]8;;http://x/?ghp_0aB0aB0aB0aB\u{1B}\\", "\u{1B}]8;;http://x/?ghp_************\u{1B}\\"),
        ("\u{1B}]52;c;Z2hwXzBhQjBhQjBhQjBhQg==\u{07}", "\u{1B}]52;c;Z2hwXyoqKioqKioqKioqKg==\u{07}"),
        ("\u{1B}]52;c;aGVsbG8=\u{07}", "\u{1B}]52;c;aGVsbG8=\u{07}"),
        ("\u{1B}]2;ghp_0aB0\u{1B}[maB0aB0aB ", "\u{1B}]2;ghp_0aB0\u{1B}[maB0aB0aB "),
    ])
    func aValueIsFoundBetweenEscapes(_ stream: String, _ expected: String) throws {
        #expect(try masked(stream, by: rules) == expected)
    }

    @Test func aValueThatIsUnderlinedIsMaskedAsAWhole() throws {
        let underlined = "hunter22".map { "_\u{08}\($0)" }.joined()
        #expect(try masked("password=\(underlined) ", by: [ExampleRules.password]) == "password=_\u{08}******** ")
        #expect(try masked("_\u{08}é_\u{08}x", by: [ExampleRules.cyrillic]) == "_\u{08}é_\u{08}x")
    }

    /// An underscore may underline what comes, but it is seen in any case unless a value could begin with it.
    @Test func anUnderscoreGoesOutAtOnceWhereNoValueCanBegin() throws {
        var stream = MaskedStream(
            try MaskSet(compiling: [ExampleRules.password]), known: nil, actions: [], clock: .strict, columns: 80)
        stream.feed(Array("name_".utf8)[...], at: 0)
        #expect(stream.heldBytes == 0)
        stream.feed(Array("\u{08}x password=_".utf8)[...], at: 0)
        #expect(stream.heldBytes == 1)
        stream.finish()
        #expect(String(decoding: stream.takeOutput(), as: UTF8.self) == "name_\u{08}x password=_")
    }

    @Test func wideCharactersGiveTwoStarsAndCombiningOnesNone() throws {
        #expect(try masked("пароль=яя漢e ", by: [ExampleRules.cyrillic]) == "пароль=***** ")
        #expect(try masked("password=e\u{301}漢xyz ", by: [ExampleRules.password], columns: 80).contains("e") == false)
    }

    @Test func aLineThatAProgramBrokeIsTriedBothWays() throws {
        let broken = "see: ghp_0aB0a\r\nB0aB0aB ghp_"
        #expect(try masked(broken, by: rules, columns: 14) == "see: ghp_*****\r\n******* ghp_")
        #expect(try masked(broken, by: rules, columns: 15) == broken)
        #expect(try masked("see: ghp_0aB0a \rB0aB0aB ", by: rules, columns: 14) == "see: ghp_***** \r******* ")
        // Not joined it is one too.
        #expect(try masked("ghp_0aB0aB0aB0\r\nx", by: rules, columns: 14) == "ghp_**********\r\n*")
    }

    @Test func onTheAlternateScreenWidthsAreKept() throws {
        #expect(try masked("password=geheim ", by: [ExampleRules.password]) == "password=******** ")
        let alternate = try masked("\u{1B}[?1049hpassword=geheim \u{1B}[?1049lpassword=geheim ", by: [ExampleRules.password])
        #expect(alternate == "\u{1B}[?1049hpassword=****** \u{1B}[?1049lpassword=******** ")
    }

    @Test func aClipboardThatIsTooLargeDoesNotGoOut() throws {
        let large = "\u{1B}]52;c;" + String(repeating: "QUFB", count: 30_000) + "\u{07}x"
        #expect(try masked(large, by: rules) == "x")
    }

    @Test func aLongStringIsNotHeld() throws {
        var stream = MaskedStream(try MaskSet(compiling: rules), known: nil, actions: [], clock: .strict, columns: 80)
        stream.feed(Array(("\u{1B}]1337;File=:" + String(repeating: "A", count: 100_000)).utf8)[...], at: 0)
        #expect(stream.heldBytes < 200)
        stream.feed(Array(" ghp_0aB0aB0aB0aB+\u{07}".utf8)[...], at: 0)
        stream.finish()
        #expect(String(decoding: stream.takeOutput().suffix(18), as: UTF8.self) == "ghp_************+\u{07}")
    }
}
