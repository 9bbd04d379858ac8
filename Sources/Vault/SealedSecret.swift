/// A secret as it is stored: sealed under the vault's key, bound to a name.
///
///     byte      version, 1
///     byte[8]   identifier of the key
///     byte[12]  nonce, random
///     byte[]    AES-256-GCM ciphertext
///     byte[16]  tag
///
/// Authenticated with it (AAD): version, key identifier, and the name as UTF-8. A row that is moved to another name does not open.
///
/// What this does not give: that an older secret, put back under its own name, is noticed; that the length of the secret is hidden.
package struct SealedSecret: Equatable, Sendable {
    static let version: UInt8 = 1
    static let nonceLength = 12
    static let tagLength = 16
    static let headLength = 1 + 8 + nonceLength

    /// As above.
    package let bytes: [UInt8]

    /// Takes stored bytes as they are; whether they are a sealed secret shows when they are opened.
    package init(bytes: [UInt8]) { self.bytes = bytes }
}
