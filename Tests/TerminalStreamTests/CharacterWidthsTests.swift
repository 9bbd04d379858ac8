import Foundation
import Testing

@testable import TerminalStream

struct CharacterWidthsTests {
    @Test(
        arguments: [
            ("a", 1), ("é", 1), ("\u{AD}", 1), ("\u{301}", 0), ("\u{200B}", 0), ("\u{200D}", 0), ("\u{FE0F}", 0), ("漢", 2),
            ("ｱ", 1), ("ｗ", 2), ("가", 2),
            ("\u{1161}", 0), ("😀", 2), ("❤", 1), ("─", 1), ("α", 1), ("\u{1F1E9}", 1), ("\u{903}", 1), ("\u{10FFFF}", 1),
            ("\u{20000}", 2), ("\u{E0100}", 0),
        ] as [(Unicode.Scalar, Int)]) func `a character has its width`(_ scalar: Unicode.Scalar, _ width: Int)
    {
        #expect(CharacterWidths.width(of: scalar) == width)
    }

    @Test func `tables are in order and do not overlap`() {
        for table in [CharacterWidths.zeroWidth, CharacterWidths.doubleWidth] {
            for (one, next) in zip(table, table.dropFirst()) { #expect(one.last + 1 < next.first) }
        }
    }

    /// Of the characters that Debian's C library knows, and tmux with it, only those differ that CharacterWidths.swift lists.
    @Test func `the C library differs in what is listed`() throws {
        let listed: [ClosedRange<UInt32>] = [
            0x2630...0x2637, 0x268A...0x268F, 0x302E...0x302F, 0xFFA0...0xFFA0, 0x1171E...0x1171E, 0x3164...0x3164,
            0x3248...0x324F, 0x16FF0...0x16FF1,
            0x1D300...0x1D356,
            0x1D360...0x1D376,
        ]
        var different: [String] = []
        for run in try widthsOfTheCLibrary() {
            for value in run.first...run.last {
                guard run.width >= 0, let scalar = Unicode.Scalar(value), !listed.contains(where: { $0.contains(value) }) else {
                    continue
                }
                if run.width != CharacterWidths.width(of: scalar) { different.append(String(value, radix: 16)) }
            }
        }
        #expect(different == [])
    }

    /// wcwidth(3) of all characters from U+00A0 on; -1 for those it does not know.
    private func widthsOfTheCLibrary() throws -> [(first: UInt32, last: UInt32, width: Int)] {
        let program = """
            import ctypes, itertools, locale
            locale.setlocale(locale.LC_ALL, "C.UTF-8")
            width = ctypes.CDLL("libc.so.6").wcwidth
            for value, run in itertools.groupby(range(0xA0, 0x110000), width):
                run = list(run)
                print(run[0], run[-1], value)
            """
        let python = Process()
        python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        python.arguments = ["python3", "-c", program]
        let pipe = Pipe()
        python.standardOutput = pipe
        try python.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        python.waitUntilExit()
        let runs = try output.split(separator: "\n").map { line in
            let numbers = line.split(separator: " ").compactMap { Int($0) }
            try #require(numbers.count == 3)
            return (first: UInt32(numbers[0]), last: UInt32(numbers[1]), width: numbers[2])
        }
        #expect(runs.count > 500)
        return runs
    }
}
