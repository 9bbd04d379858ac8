internal import COpenSSL

/// Recognises a value when it comes again, without telling anything of it (HMAC-SHA-256, RFC 2104, cut to 64 bits). A plain hash would: there are few
/// enough card numbers to try them all.
package final class ValueFingerprint: Sendable {
    package static let keyLength = 32
    private let key: [UInt8]

    /// - Parameter key: `keyLength` random bytes from the vault.
    package init(key: [UInt8]) {
        precondition(key.count == Self.keyLength, "a key that was made for this")
        self.key = key
    }

    deinit {
        var key = key
        key.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
    }

    /// - Returns: 16 lower-case hexadecimal digits.
    package func text(of rule: String, digest: [UInt8]) throws(VaultError) -> String {
        // A name has no zero byte, so no rule and digest make the text of others.
        let message = Array(rule.utf8) + [0] + digest
        var code = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        guard HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, &length) != nil, length == 32 else {
            throw .cryptography("HMAC")
        }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: code.prefix(8).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
