internal import COpenSSL

/// HMAC-SHA-256 (RFC 2104, RFC 4231): 32 bytes.
///
/// Traps when libcrypto cannot compute it, which happens without memory: no caller could go on with a wrong code.
///
/// - Parameter key: not empty.
package func hmacSHA256(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
    precondition(!key.isEmpty, "a key that somebody chose")
    var code = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    let done = HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, &length)
    precondition(done != nil && length == 32, "libcrypto cannot compute HMAC-SHA-256")
    return code
}
