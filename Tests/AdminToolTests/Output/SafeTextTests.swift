import Foundation
import MonitorProtocol
import Testing

@testable import AdminTool

@Suite struct `Text of foreign origin` {
    @Test func `keeps what is visible and writes the rest as numbers`() {
        #expect(SafeText.escaped("grep 'é' 日本 ✓ 🙂") == "grep 'é' 日本 ✓ 🙂")
        #expect(SafeText.escaped("\u{1b}[2J") == "\\u{1b}[2J")
        #expect(SafeText.escaped("\u{9b}31m") == "\\u{9b}31m")
        #expect(SafeText.escaped("\r\n") == "\\u{d}\\u{a}")
        #expect(SafeText.escaped("a\nb\rc", keepingNewlines: true) == "a\nb\\u{d}c")
    }

    @Test func `has no control or formatting character left, whichever it was`() {
        for value in UInt32(0)...0x10ffff {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let escaped = SafeText.escaped(String(scalar))
            guard escaped.unicodeScalars.count == 1 else { continue }
            let category = scalar.properties.generalCategory
            #expect(
                ![.control, .format, .lineSeparator, .paragraphSeparator, .privateUse].contains(category),
                "U+\(String(value, radix: 16))")
        }
    }

    @Test func `in JSON means the same after escaping`() throws {
        let plain = try JSONEncoder().encode([hostileText, "\u{1f468}\u{200d}\u{1f469}", "\u{e0001}"])
        let escaped = VisibleJSON.text(String(decoding: plain, as: UTF8.self))
        #expect(
            !escaped.unicodeScalars.contains { $0.value == 0x9b || $0.value == 0x202e || $0.value == 0x7f || $0.value == 0xe0001 }
        )
        #expect(
            try JSONDecoder().decode([String].self, from: Data(escaped.utf8)) == [
                hostileText, "\u{1f468}\u{200d}\u{1f469}", "\u{e0001}",
            ])
    }
}
