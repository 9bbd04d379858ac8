/// Whatever a recording's file holds, in any pieces, traps nothing; the same bytes in one piece give the same events; and its screen can be shown on a
/// terminal of any size, by nothing but characters, styles and the cursor.
///
/// The input is a size of that terminal, the length of the pieces, and the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var input = Array(UnsafeBufferPointer(start: start, count: count))[...]
    guard let columns = input.popFirst(), let rows = input.popFirst(), let length = input.popFirst() else { return 0 }
    let header = Array("{\"version\": 2, \"width\": 40, \"height\": 10}\n".utf8)
    var whole = CastFollower()
    var cut = CastFollower()
    _ = whole.read(header[...])
    _ = cut.read(header[...])
    let expected = whole.read(input)
    var events: [CastEvent] = []
    while !input.isEmpty {
        let piece = input.prefix(Int(length) + 1)
        events += cut.read(piece)
        input = input.dropFirst(piece.count)
    }
    precondition(events == expected && whole.skippedLines == cut.skippedLines, "another cut, other events")
    let shown = cut.repaint(columns: Int(columns), rows: Int(rows))
    precondition(!shown.contains { $0 < 0x20 && $0 != 0x1B && $0 != 0x0F }, "a control is written")
    var terminal = Emulator(columns: Int(columns), rows: Int(rows))
    terminal.feed(shown[...])
    precondition(terminal.isGround && !terminal.oddities.contains(.unsupported), "something is left open")
    return 0
}
