import Desk
import Testing

@Suite struct `Visible text` {
    @Test(arguments: [
        ("plain é 漢字 ü", "plain é 漢字 ü"),
        ("\u{1B}[2J\u{7F}\0\t\r\n", "\\x1b[2J\\x7f\\x00\\x09\\x0d\\x0a"),
        ("\u{9B}2J\u{85}", "\\u{9B}2J\\u{85}"),
        ("rm \u{202E}txt.\u{2066}sh\u{2069}\u{200F}\u{61C}", "rm \\u{202E}txt.\\u{2066}sh\\u{2069}\\u{200F}\\u{61C}"),
        (
            "a\u{200B}b\u{200D}c\u{FEFF}d\u{AD}e\u{FE0F}\u{E0041}\u{3164}\u{2800}\u{115F}",
            "a\\u{200B}b\\u{200D}c\\u{FEFF}d\\u{AD}e\\u{FE0F}\\u{E0041}\\u{3164}\\u{2800}\\u{115F}"
        ),
        ("a\u{A0}b\u{3000}c\u{2028}d\u{E000}\u{FFFD}↵", "a\\u{A0}b\\u{3000}c\\u{2028}d\\u{E000}\\u{FFFD}\\u{21B5}"),
        ("שלום עולם", "\\u{5E9}\\u{5DC}\\u{5D5}\\u{5DD} \\u{5E2}\\u{5D5}\\u{5DC}\\u{5DD}"),
        ("e\u{301}\u{302}\u{303}\u{304}", "e\u{301}\u{302}\\u{303}\\u{304}"),
        ("\u{301}a;\u{338}", "\\u{301}a;\\u{338}"),
        ("printf '\\n' | sed 's/\\./x/'", "printf '\\n' | sed 's/\\./x/'"),
        ("\\x1b \\u{202E} \\\\ \\\u{1B}", "\\\\x1b \\\\u{202E} \\\\\\ \\\\\\x1b"),
    ])
    func `shows`(text: String, visible: String) {
        #expect(Array(VisibleText.line(text).unicodeScalars) == Array(visible.unicodeScalars))
    }

    @Test func `shows bytes that are not UTF-8`() {
        let bytes: [UInt8] = [0x61, 0xFF, 0xC0, 0x80, 0x9B, 0xED, 0xA0, 0x80, 0xE2, 0x82, 0x62, 0xF4, 0x90, 0x80, 0x80, 0xE2]
        #expect(VisibleText.line(bytes) == "a\\xff\\xc0\\x80\\x9b\\xed\\xa0\\x80\\xe2\\x82b\\xf4\\x90\\x80\\x80\\xe2")
    }

    @Test func `is cut where it is too long`() {
        #expect(VisibleText.line("abcdef", limit: 6) == "abcdef")
        #expect(VisibleText.line("abcdefg", limit: 6) == "abcdef...")
        #expect(VisibleText.lines(Array("a\nb\nc\nd".utf8), limit: 2) == ["a↵", "b↵", "..."])
    }

    @Test func `comes in lines`() {
        #expect(VisibleText.lines([]) == [""])
        #expect(VisibleText.lines(Array("a\n\nb\n".utf8)) == ["a↵", "↵", "b↵"])
        #expect(VisibleText.lines(Array("\u{1B}c\u{9D}".utf8)) == ["\\x1bc\\u{9D}"])
    }

    /// What an approver sees must tell two commands apart.
    @Test func `is different for different bytes`() {
        let alphabet: [[UInt8]] = [
            Array("\\".utf8), Array("x".utf8), Array("1b".utf8), Array("u".utf8), Array("{85}".utf8), [0x1B], [0x85],
            Array("\u{85}".utf8),
            [0x0A], Array("0a".utf8), Array("a\u{301}".utf8), Array("\u{301}".utf8), [0xE2, 0x80], [0xAE],
        ]
        var seen: [String: [UInt8]] = [:]
        for first in alphabet {
            for second in alphabet {
                for third in alphabet {
                    for fourth in alphabet {
                        let bytes = first + second + third + fourth
                        let text = VisibleText.line(bytes)
                        if let other = seen[text] { #expect(other == bytes, "\(text)") }
                        seen[text] = bytes
                    }
                }
            }
        }
        #expect(seen.count > 10_000)
    }

    @Test func `holds nothing that a terminal obeys, for every character`() {
        for value: UInt32 in 0...0x1FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = VisibleText.line(String(scalar))
            for shown in text.unicodeScalars {
                switch shown.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .nonspacingMark,
                    .enclosingMark:
                    Issue.record("U+\(String(value, radix: 16)) is shown as \(text.debugDescription)")
                default: break
                }
            }
        }
    }
}
