/// Whatever arrives, in any pieces and between any resizes, traps nothing; the cursor stays on the screen, all that can be read is well-formed, and the
/// same bytes in one piece give the same screen.
///
/// The input is a size, then steps: a byte that says what comes, a byte with a length, and as many bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var input = Array(UnsafeBufferPointer(start: start, count: count))[...]
    guard let columns = input.popFirst(), let rows = input.popFirst() else { return 0 }
    var emulator = Emulator(columns: Int(columns % 40), rows: Int(rows % 20))
    var whole = emulator
    var waiting: [UInt8] = []
    while let step = input.popFirst(), let length = input.popFirst() {
        switch step % 16 {
        case 0:
            whole.feed(waiting[...])
            waiting = []
            emulator.resize(columns: Int(step / 4), rows: Int(length % 32))
            whole.resize(columns: Int(step / 4), rows: Int(length % 32))
        case 1:
            whole.feed(waiting[...])
            waiting = []
            emulator.setAnchor(Int(length % 8))
            whole.setAnchor(Int(length % 8))
        default:
            let bytes = input.prefix(Int(length))
            input = input.dropFirst(bytes.count)
            emulator.feed(bytes)
            waiting += bytes
        }
        check(emulator)
    }
    whole.feed(waiting[...])
    precondition(whole.screenshot == emulator.screenshot, "another cut, another screen")
    return 0
}

private func check(_ emulator: Emulator) {
    let (columns, rows) = (emulator.columns, emulator.rows)
    precondition(
        (0..<rows).contains(emulator.cursor.row) && (0..<columns).contains(emulator.cursor.column), "the cursor left the screen")
    precondition(!emulator.isWrapPending || emulator.cursor.column == columns - 1, "a wrap in the middle of a row")
    precondition(
        (0..<rows).contains(emulator.scrollRegion.lowerBound) && (0..<rows).contains(emulator.scrollRegion.upperBound),
        "no region")
    precondition(emulator.tabStops.count == columns, "tab stops of another size")
    for row in emulator.readableRows.suffix(rows + 3) {
        for column in 0..<columns {
            let cell = emulator.screen[row, column]
            precondition(
                cell.width != 2 || column + 1 < columns && emulator.screen[row, column + 1].isSecondHalf,
                "a wide character without its half")
            precondition(
                !cell.isSecondHalf || column > 0 && emulator.screen[row, column - 1].width == 2, "half of a wide character")
        }
    }
    for anchor in 0..<Emulator.anchorCount {
        guard let place = emulator.anchor(anchor) else { continue }
        precondition(
            emulator.readableRows.contains(place.row) && (0...columns).contains(place.column), "an anchor off the screen")
        let text = emulator.text(from: place, to: emulator.position)
        precondition(String(validating: text.bytes, as: UTF8.self) != nil, "text that is not UTF-8")
        precondition(text.characters.reduce(0) { $0 + $1.range.count } == text.bytes.count, "bytes of no character")
    }
}

extension Emulator {
    fileprivate var screenshot: [[UInt8]] {
        readableRows.map { text(row: $0) + [isWrapped(row: $0) ? 1 : 0] } + [
            [UInt8(cursor.row), UInt8(cursor.column), isWrapPending ? 1 : 0]
        ]
    }
}
