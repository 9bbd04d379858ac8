/// Why a key, a certificate or a revocation list could not be read, made or used.
package enum KeyError: Error, Equatable, Sendable {
    /// The bytes are not laid out as the format says.
    case wire(WireError)
    /// The format is right and Sallyport does not take this algorithm (DSA, Ed448, …).
    case unsupportedAlgorithm(String)
    /// The layout is right and the content is not: an RSA modulus of 1024 bits, a point off its curve, unsorted options.
    case invalid(String)
    /// The private key file is protected by a passphrase.
    case encrypted
    /// libcrypto failed where the input was not to blame.
    case libcrypto(String)
}

extension KeyError: CustomStringConvertible {
    /// One sentence without a full stop and without bytes of the input, fit for a log.
    package var description: String {
        switch self {
        case .wire(.truncated(let needed, let available)): "\(needed) bytes expected where \(available) are left"
        case .wire(.trailingBytes(let count)): "\(count) bytes after the end"
        case .wire(.tooLong(let length, let limit)): "a field of \(length) where at most \(limit) is accepted"
        case .wire(.malformed(let what)): what
        case .unsupportedAlgorithm(let name): "unsupported algorithm \(printable(name))"
        case .invalid(let what): what
        case .encrypted: "the private key is encrypted with a passphrase"
        case .libcrypto(let what): "libcrypto: \(what)"
        }
    }
}
