import TerminalStream

/// What comes out of a stream that arrives in these pieces.
func masked(
    _ pieces: [[UInt8]], by set: MaskSet, known: KnownValues? = nil, actions: [MaskAction] = [], clock: MaskClock = .strict,
    columns: Int? = 80
) -> (bytes: [UInt8], findings: [MaskFinding]) {
    var stream = MaskedStream(set, known: known, actions: actions, clock: clock, columns: columns)
    var bytes: [UInt8] = []
    var findings: [MaskFinding] = []
    for piece in pieces {
        stream.feed(piece[...], at: 0)
        bytes += stream.takeOutput()
        findings += stream.takeFindings()
    }
    stream.finish()
    return (bytes + stream.takeOutput(), findings + stream.takeFindings())
}

/// The same for a text in one piece.
func masked(
    _ text: String, by rules: [MaskRule], known: KnownValues? = nil, clock: MaskClock = .strict, columns: Int? = nil
) throws -> String {
    let bytes = masked([Array(text.utf8)], by: try MaskSet(compiling: rules), known: known, clock: clock, columns: columns).bytes
    return String(decoding: bytes, as: UTF8.self)
}
