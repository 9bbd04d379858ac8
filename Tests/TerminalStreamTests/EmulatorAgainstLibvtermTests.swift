import Testing

@testable import TerminalStream

/// Random output, shown by libvterm and by the emulator.
struct EmulatorAgainstLibvtermTests {
    @Test func `random sequences give the same screen`() throws {
        let libvterm = try LibvtermScreens()
        defer { libvterm.remove() }
        for (columns, rows) in [(20, 6), (80, 24), (2, 2)] {
            let cases = (0..<200 as Range<UInt64>).map { seed in
                var sequences = TerminalSequences(.libvterm, seed: seed, columns: columns, rows: rows)
                for _ in 0..<150 {
                    switch Int.random(in: 0...15, using: &sequences.random) {
                    case 0...5: sequences.addText(wide: false)
                    case 6, 7: sequences.addControl()
                    case 8, 9: sequences.addMovement()
                    case 10: sequences.addErasing()
                    case 11: sequences.addEditing()
                    case 12: sequences.addRegion()
                    case 13: sequences.addStyle()
                    case 14: sequences.addMode()
                    default: sequences.addSilence()
                    }
                }
                return sequences
            }
            try compare(cases, with: libvterm)
        }
    }

    private func compare(_ cases: [TerminalSequences], with libvterm: LibvtermScreens) throws {
        let (columns, rows) = (cases[0].emulator.columns, cases[0].emulator.rows)
        let screens = try libvterm.show(cases.map(\.bytes), columns: columns, rows: rows)
        for (seed, (sequences, screen)) in zip(cases, screens).enumerated() where difference(sequences.emulator, screen) != nil {
            // The first addition after which the two differ.
            let prefixes = sequences.ends.map { Array(sequences.bytes[..<$0]) }
            for (index, screen) in try libvterm.show(prefixes, columns: columns, rows: rows).enumerated() {
                var emulator = Emulator(columns: columns, rows: rows)
                emulator.feed(prefixes[index][...])
                guard let difference = difference(emulator, screen) else { continue }
                let start = index == 0 ? 0 : sequences.ends[index - 1]
                Issue.record(
                    """
                    \(columns)x\(rows), seed \(seed), at \(String(decoding: prefixes[index][start...], as: UTF8.self).debugDescription)
                    after \(String(decoding: prefixes[index][..<start].suffix(200), as: UTF8.self).debugDescription): \(difference)
                    """)
                break
            }
        }
    }

    private func difference(_ emulator: Emulator, _ screen: (cursor: [Int], rows: [[String]])) -> String? {
        if screen.cursor != [emulator.cursor.row, emulator.cursor.column] {
            return "cursor \(emulator.cursor), in libvterm \(screen.cursor)"
        }
        for row in 0..<emulator.rows {
            let mine = (0..<emulator.columns).map { column in
                let cell = emulator.cell(row: row, column: column)
                return cell.text.isEmpty && cell.width == 1 ? " " : String(decoding: cell.text, as: UTF8.self)
            }
            if mine != screen.rows[row] { return "row \(row): \(mine.joined()), in libvterm \(screen.rows[row].joined())" }
        }
        return nil
    }
}
