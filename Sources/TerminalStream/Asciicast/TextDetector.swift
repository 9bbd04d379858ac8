/// Decides where a stream without a terminal stops being text. The decision depends on the bytes alone, not on how they were cut.
///
/// Two things end text: a NUL, which text does not contain and which rsync, tar, git packs and sftp send within their first bytes; and too much
/// that is not UTF-8. For the second, an ill-formed sequence costs `costOfIllFormed`, a well-formed byte earns one back, and text
/// ends when the balance passes `limit`. Text in an eight-bit encoding (Latin-1 prose: fewer than one such letter in five) stays text for ever;
/// random or compressed bytes, of which every second is ill-formed, pass the limit within some hundred.
struct TextDetector: Sendable {
    static let costOfIllFormed = 4
    static let limit = 256

    private var balance = 0

    /// Counts `length` well-formed bytes.
    mutating func sawText(_ length: Int) { balance = max(0, balance - length) }

    /// Counts an ill-formed sequence. True if the stream is not text from here on.
    mutating func sawIllFormed() -> Bool {
        balance += Self.costOfIllFormed
        return balance > Self.limit
    }
}
