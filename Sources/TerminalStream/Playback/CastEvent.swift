/// One line of an asciicast v2 file, read.
package enum CastEvent: Equatable, Sendable {
    /// The header: the size of the terminal at the beginning.
    case header(columns: Int, rows: Int)
    /// Terminal output, in UTF-8. Times are nanoseconds since the recording began.
    case output([UInt8], at: UInt64)
    case resize(columns: Int, rows: Int, at: UInt64)
    case marker([UInt8], at: UInt64)
}
