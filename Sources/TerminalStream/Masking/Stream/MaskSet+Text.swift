extension MaskSet {
    /// A text by itself with its values masked: a command line that is written down, for instance.
    ///
    /// - Parameter actions: one for each rule.
    /// - Returns: of a text that is ASCII, as many bytes, whatever the styles of the rules are.
    package func masked(_ text: [UInt8], actions: [MaskAction]) -> [UInt8] {
        var stream = MaskedStream(self, known: nil, actions: actions, clock: .strict, columns: nil)
        stream.feed(text[...], at: 0)
        stream.finish()
        let found = stream.takeFindings()
        let isPlain = text.allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x09 || $0 == 0x0A }
        // Where each byte is a cell, a finding says which bytes.
        guard isPlain, stream.findingsLost.allSatisfy({ $0 == 0 }) else { return Array(stream.takeOutput()) }
        var masked = text
        for finding in found where finding.rule >= actions.count || actions[finding.rule] >= .mask {
            let start = Int(clamping: finding.offset)
            for index in start..<min(start + finding.cells, masked.count) where masked[index] > 0x20 { masked[index] = 0x2A }
        }
        return masked
    }

    /// Words of one command, masked as they stand beside each other.
    package func masked(words: [String], actions: [MaskAction]) -> [String] {
        let text = Array(words.joined(separator: " ").utf8)
        let masked = masked(text, actions: actions)
        if masked == text { return words }
        // Not ASCII, and so not as long as before: told as one.
        guard masked.count == text.count else { return [String(decoding: masked, as: UTF8.self)] }
        var rest = masked[...]
        return words.map { word in
            let piece = rest.prefix(word.utf8.count)
            rest = rest.dropFirst(piece.count + 1)
            return String(decoding: piece, as: UTF8.self)
        }
    }
}
