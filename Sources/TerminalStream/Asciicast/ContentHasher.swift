/// Computes the digest of bytes that are not recorded. TerminalStream has no cryptography of its own; the session process brings SHA-256.
package protocol ContentHasher: ~Copyable {
    init()
    mutating func update(_ bytes: ArraySlice<UInt8>)
    consuming func finalize() -> [UInt8]
}
