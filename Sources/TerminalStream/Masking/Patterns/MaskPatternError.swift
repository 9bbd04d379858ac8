/// Why a pattern is refused.
package struct MaskPatternError: Error, Equatable {
    /// Begins in lower case, without a full stop.
    package var reason: String
    /// Of the byte that is to blame, from 1.
    package var column: Int
}
