/// The lines of private keys on a screen that shows a part of one.
///
/// Full-screen programs show a key without its first line, and draw its lines one by one. So once the frame of one was seen, whatever looks like a line of a key
/// is taken for one, until the program leaves the screen: certificates too.
struct KeyRows: Sendable {
    private var isExpected = false

    /// A line of a key is at least so long, but for the last one.
    private static let shortestLine = 24
    private static let frame = Array("PRIVATE KEY".utf8)

    mutating func find(
        in text: borrowing RowText, on emulator: borrowing Emulator, into values: inout [ScreenRules.Value],
        _ rules: Matcher.Rules
    ) {
        if !isExpected { isExpected = Self.hasFrame(text.bytes) }
        guard isExpected, let rule = rules.image.rules.firstIndex(where: { $0.category == .block }), rules.actions[rule] >= .mask
        else { return }
        var above: [Range<Int32>] = []
        var found = ScreenRules.Value(
            cells: [], finding: MaskFinding(rule: rule, offset: 0, cells: 0, value: [], isPartlyReleased: false))
        var index = 0
        while index < text.bytes.count {
            let end = text.bytes[index...].firstIndex { $0 == 0x0A || $0 == LogicalText.cut } ?? text.bytes.count
            above = take(index..<end, below: above, text, into: &found)
            if end < text.bytes.count, text.bytes[end] == LogicalText.cut { above = [] }
            index = end + 1
        }
        if !found.cells.isEmpty { values.append(found) }
    }

    /// Looks at one line; returns the columns of what belongs to a key.
    private func take(
        _ line: Range<Int>, below above: [Range<Int32>], _ text: borrowing RowText, into found: inout ScreenRules.Value
    ) -> [Range<Int32>] {
        var keys: [Range<Int32>] = []
        var index = line.lowerBound
        while index < line.upperBound {
            guard Self.isKeyCharacter(text.bytes[index]) else {
                index += 1
                continue
            }
            let end = text.bytes[index..<line.upperBound].firstIndex { !Self.isKeyCharacter($0) } ?? line.upperBound
            let run = text.bytes[index..<end]
            let start = text.places[index].column
            let isLast = above.contains { $0.lowerBound == start && run.count >= 4 && run.count <= $0.count }
            if isLast || run.count >= Self.shortestLine && Self.looksRandom(run) {
                keys.append(start..<start + Int32(run.count))
                let shown = (index..<end).filter { text.bytes[$0] != UInt8(ascii: "*") }
                if found.finding.value.isEmpty { found.finding.value = shown.map { text.bytes[$0] } }
                found.cells += shown.map { text.places[$0] }
                found.finding.cells = found.cells.count
            }
            index = end
        }
        return keys
    }

    private static func hasFrame(_ text: [UInt8]) -> Bool {
        var index = 0
        while let start = text[index...].firstIndex(of: frame[0]) {
            if text[start...].starts(with: frame) { return true }
            index = start + 1
        }
        return false
    }

    /// Of base64, or masked.
    private static func isKeyCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "*"):
            true
        default: false
        }
    }

    /// Not a rule of one character, nor a word.
    private static func looksRandom(_ run: ArraySlice<UInt8>) -> Bool {
        var kinds = 0
        for byte in run {
            switch byte {
            case 0x30...0x39: kinds |= 1
            case 0x41...0x5A: kinds |= 2
            case 0x61...0x7A: kinds |= 4
            case UInt8(ascii: "*"): kinds |= 7
            default: break
            }
        }
        return kinds == 7
    }
}
