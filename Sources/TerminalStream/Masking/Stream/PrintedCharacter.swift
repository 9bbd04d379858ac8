/// The last character that was printed, in case it is printed over itself.
struct PrintedCharacter: Equatable, Sendable {
    var scalar: Unicode.Scalar
    /// Where it begins, a raw position.
    var start: Int
}
