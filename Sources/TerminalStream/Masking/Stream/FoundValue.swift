/// A value in the stream that is to be masked, or more of one that is masked as it comes.
struct FoundValue: Equatable, Sendable {
    /// The same for all parts of one value.
    var serial: Int
    var rule: Int
    /// In raw bytes; whole characters, and what was printed over them.
    var range: Range<Int>
    /// More may come, so it is masked by cells whatever the style.
    var isProgressive: Bool
}
