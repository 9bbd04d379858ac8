import Testing

@testable import TerminalStream

/// Random output, shown by a real tmux and by the emulator.
@Suite(.serialized) struct EmulatorAgainstTmuxTests {
    @Test func `random sequences of ASCII give the same screen`() throws {
        for (columns, rows) in [(20, 6), (80, 24), (2, 2)] {
            let pane = try TmuxPane(columns: columns, rows: rows)
            for seed in 0..<60 as Range<UInt64> {
                var sequences = TerminalSequences(.tmux, seed: seed, columns: columns, rows: rows)
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
                try compare(sequences, in: pane, seed)
            }
        }
    }

    @Test func `random sequences on both screens give the same screen`() throws {
        let pane = try TmuxPane(columns: 20, rows: 6)
        for seed in 0..<60 as Range<UInt64> {
            var sequences = TerminalSequences(.tmux, seed: seed, columns: 20, rows: 6)
            for _ in 0..<100 {
                switch Int.random(in: 0...12, using: &sequences.random) {
                case 0...4: sequences.addText(wide: false)
                case 5, 6: sequences.addControl()
                case 7, 8: sequences.addMovement()
                case 9: sequences.addErasing()
                case 10: sequences.addRegion()
                case 11: sequences.addStyle()
                default: sequences.addScreen()
                }
            }
            try compare(sequences, in: pane, seed)
        }
    }

    @Test func `random sequences with wide and combining characters give the same screen`() throws {
        for (columns, rows) in [(20, 6), (80, 24), (3, 2)] {
            let pane = try TmuxPane(columns: columns, rows: rows)
            for seed in 0..<60 as Range<UInt64> {
                var sequences = TerminalSequences(.tmux, seed: seed, columns: columns, rows: rows)
                for _ in 0..<100 {
                    switch Int.random(in: 0...12, using: &sequences.random) {
                    case 0...6: sequences.addText(wide: true)
                    case 7, 8: sequences.addControl()
                    case 9, 10: sequences.addMovement()
                    case 11: sequences.addStyle()
                    default: sequences.addSilence()
                    }
                }
                try compare(sequences, in: pane, seed)
            }
        }
    }

    private func compare(_ sequences: TerminalSequences, in pane: TmuxPane, _ seed: UInt64) throws {
        guard sequences.emulator.difference(from: try pane.show(sequences.bytes)) != nil else { return }
        // The first addition after which the two differ.
        for (index, end) in sequences.ends.enumerated() {
            var emulator = Emulator(columns: pane.columns, rows: pane.rows)
            emulator.feed(sequences.bytes[..<end])
            guard let difference = emulator.difference(from: try pane.show(Array(sequences.bytes[..<end]))) else { continue }
            let start = index == 0 ? 0 : sequences.ends[index - 1]
            let (before, last) = (sequences.bytes[..<start], sequences.bytes[start..<end])
            Issue.record(
                """
                \(pane.columns)x\(pane.rows), seed \(seed), at \(String(decoding: last, as: UTF8.self).debugDescription)
                after \(String(decoding: before.suffix(200), as: UTF8.self).debugDescription): \(difference)
                """)
            return
        }
        Issue.record("\(pane.columns)x\(pane.rows), seed \(seed): different at times")
    }
}
