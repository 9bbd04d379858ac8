/// Whatever arrives, nothing traps, what comes out does not depend on how it was cut, and nothing is lost or added but what is masked.
///
/// The input is a byte of settings, then pieces: a byte with a length, and as many bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var input = Array(UnsafeBufferPointer(start: start, count: count))[...]
    guard let settings = input.popFirst(), let set = try? rules.get() else { return 0 }
    let clock = settings & 1 == 0 ? MaskClock.strict : .user(releaseAfter: nil)
    let columns = [nil, 7, 20, 80][Int(settings >> 1 & 3)]
    var whole = MaskedStream(set, known: settings & 8 == 0 ? nil : known, actions: [], clock: clock, columns: columns)
    var pieces = whole
    var silent = MaskedStream(
        set, known: nil, actions: [MaskAction](repeating: .report, count: set.names.count), clock: clock, columns: columns)
    var bytes: [UInt8] = []
    var result: [UInt8] = []
    while let length = input.popFirst() {
        let piece = input.prefix(Int(length))
        input = input.dropFirst(piece.count)
        pieces.feed(piece, at: 0)
        result += pieces.takeOutput()
        _ = pieces.takeFindings()
        bytes += piece
    }
    pieces.finish()
    result += pieces.takeOutput()
    whole.feed(bytes[...], at: 0)
    whole.finish()
    precondition(result == Array(whole.takeOutput()), "another cut, another output")
    guard bytes.count < StringPayload.longestClipboard else { return 0 }  // a longer clipboard would not go out
    silent.feed(bytes[...], at: 0)
    silent.finish()
    precondition(Array(silent.takeOutput()) == bytes, "changed, and nothing was masked")
    return 0
}

private let rules = Result { try MaskSet(compiling: MaskRule.catalogue.filter { $0.category != .entropy }) }
private let known = KnownValues(KnownValues.forms(of: Array("correct horse".utf8)))
