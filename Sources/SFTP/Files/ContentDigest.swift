/// What is known of the content that was read from or written to one open file.
package enum ContentDigest: Equatable, Sendable {
    /// Nothing was read or written, or the operation has no content.
    case none
    /// SHA-256 of the whole file, 32 bytes: from the first byte to the end that the target told, or that writing made.
    case whole([UInt8])
    /// SHA-256 of the file's first bytes, as many as were read or written; whether more followed is not known.
    case beginning([UInt8])
    /// Not in order, or not all of it succeeded: no digest.
    case partial
}
