/// Why a secret or its key could not be had. Never holds a byte of either.
package enum VaultError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The key file cannot be used; the text says why and what to do.
    case unusableKeyFile(path: String, reason: String)
    /// The secret was sealed under another key.
    case wrongKey
    /// The sealed bytes, or the name they were sealed for, are not what they were.
    case tampered
    /// libcrypto failed at something that does not depend on the data.
    case cryptography(String)

    package var description: String {
        switch self {
        case .unusableKeyFile(let path, let reason): "vault key \(path): \(reason)"
        case .wrongKey: "the secret was sealed under another vault key"
        case .tampered: "the sealed secret, or its name, was changed"
        case .cryptography(let what): "libcrypto failed: \(what)"
        }
    }
}
