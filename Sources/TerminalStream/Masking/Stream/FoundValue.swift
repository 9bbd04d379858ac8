/// A value in the stream that is to be masked, or more of one that is masked as it comes.
struct FoundValue: Equatable, Sendable {
    var rule: Int
    /// In raw bytes; whole characters, and what was printed over them.
    var range: Range<Int>
    /// More may come, of which this is the beginning; so it is masked by cells whatever the style.
    var isProgressive: Bool
}
