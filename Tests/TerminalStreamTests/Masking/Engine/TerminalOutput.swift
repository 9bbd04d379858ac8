/// Random output of programs with values in it, in all the ways in which one can be hidden between escapes.
extension SeededGenerator {
    mutating func terminalOutput(count: Int, texts: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            switch Int.random(in: 0..<14, using: &self) {
            case 0...3: bytes += Array((texts.randomElement(using: &self) ?? "").utf8)
            case 4: bytes += sprinkled(Array((texts.randomElement(using: &self) ?? "").utf8))
            case 5:
                let text = Array((texts.randomElement(using: &self) ?? "").utf8)
                bytes += text.prefix(Int.random(in: 0...text.count, using: &self))
            case 6: bytes += Array("0123456789 -.@:/=_abcxyzABC\"'\\$".utf8).shuffled(using: &self).prefix(12)
            case 7: bytes += sequences.randomElement(using: &self) ?? []
            case 8:
                let text = Array((texts.randomElement(using: &self) ?? "").utf8).filter { $0 >= 0x20 }
                bytes += [0x1B] + Array((["]0;", "]8;;", "]2;x", "Pq", "]52;c;"].randomElement(using: &self) ?? "").utf8) + text
                bytes += [[0x07], [0x1B, 0x5C], [0x18], [0xC2, 0x9C]].randomElement(using: &self) ?? []
            case 9: bytes += almostText(count: 4)
            case 10: bytes += [UInt8](repeating: 0x20, count: Int.random(in: 0...20, using: &self))
            case 11: bytes += Array([" ", "\r\n", "\r\n", "\t", ", "].randomElement(using: &self)?.utf8 ?? "".utf8)
            case 12: bytes += Array("pwd=".utf8) + Array((texts.randomElement(using: &self) ?? "").utf8)
            default: bytes += overstruck(Array((texts.randomElement(using: &self) ?? "").utf8))
            }
        }
        return bytes
    }

    private var sequences: [[UInt8]] {
        [
            "\u{1B}[m", "\u{1B}[1;31m", "\u{1B}[K", "\u{1B}(B", "\u{1B}7", "\u{07}", "\0", "\u{200B}", "\u{FEFF}", "\u{AD}",
            "\u{1B}[2;3H",
            "\u{1B}[A", "\u{1B}8", "\u{08}", "\u{1B}[?25l", "\u{1B}[?1049h", "\u{1B}[?1049l", "\u{9B}1m", "４１１１",
            "\u{1B}[38;2;1;2;3m",
            "\u{1B}", "\u{1B}[", "é", "漢", "e\u{301}", "\u{FF0D}",
        ].map { Array($0.utf8) }
    }

    /// Sequences that move nothing between the bytes, and a line that breaks at some width.
    private mutating func sprinkled(_ text: [UInt8]) -> [UInt8] {
        text.flatMap { byte -> [UInt8] in
            guard byte < 0x80, Int.random(in: 0..<3, using: &self) == 0 else { return [byte] }
            return (sequences.prefix(11).randomElement(using: &self) ?? []) + [byte]
        }
    }

    private mutating func overstruck(_ text: [UInt8]) -> [UInt8] {
        text.flatMap { byte -> [UInt8] in
            guard 0x20..<0x7F ~= byte else { return [byte] }
            switch Int.random(in: 0..<6, using: &self) {
            case 0: return [byte, 0x08, byte]
            case 1: return [byte, 0x08, UInt8(ascii: "_")]
            case 2: return [UInt8(ascii: "_"), 0x08, byte]
            case 3: return [UInt8(ascii: "_"), 0x08, byte, 0x08, byte]
            default: return [byte]
            }
        }
    }
}

extension SeededGenerator {
    /// Texts one after the other, with pieces left out, doubled and changed: what nearly matches.
    mutating func mutated(_ texts: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            var text = texts.randomElement(using: &self) ?? []
            for _ in 0..<Int.random(in: 0...3, using: &self) where !text.isEmpty {
                let place = Int.random(in: 0..<text.count, using: &self)
                let piece = text[place..<min(text.count, place + Int.random(in: 1...6, using: &self))]
                switch Int.random(in: 0..<4, using: &self) {
                case 0: text.removeSubrange(piece.indices)
                case 1: text.insert(contentsOf: Array(piece), at: place)
                case 2: text[place] = text.randomElement(using: &self) ?? 0
                default: text[place] = Array(" \n-.:/\"'=@0aZ_".utf8).randomElement(using: &self) ?? 0
                }
            }
            bytes += text
            if Bool.random(using: &self) {
                bytes += Array([" ", "\n", "-", "x", "1"].randomElement(using: &self)?.utf8 ?? "".utf8)
            }
        }
        return bytes
    }
}
