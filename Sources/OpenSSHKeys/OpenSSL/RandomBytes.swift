internal import COpenSSL

/// `count` bytes nobody can foresee (libcrypto: RAND_bytes). Traps when there is no randomness: there is no safe way on.
package func randomBytes(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    precondition(RAND_bytes(&bytes, Int32(count)) == 1, "libcrypto has no random bytes")
    return bytes
}

/// Overwrites a secret with zeros, in a way that the optimizer does not remove. Only reaches this array's own storage: end other
/// uses of it (slices, copies) first.
package func wipe(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
}
