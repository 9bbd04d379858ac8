internal import MonitorProtocol
internal import OpenSSHKeys
internal import Store
internal import Vault

/// Sallyport's own two certificate authorities, unsealed for as long as the daemon lives.
struct Authorities: Sendable {
    /// Signs users' certificates; the bastion believes it where `user-authorities` says `vault`.
    let users: PrivateKey
    /// Signs the one-session certificates that targets believe.
    let upstream: PrivateKey

    /// Takes them out of the vault, or makes them at the first start.
    init(in store: Store, vault: OpenVault) throws {
        users = try Self.key(of: .users, store, vault)
        upstream = try Self.key(of: .upstream, store, vault)
    }

    subscript(authority: AdminRequest.Authority) -> PrivateKey {
        switch authority {
        case .users: users
        case .upstream: upstream
        }
    }

    private static func key(of authority: AdminRequest.Authority, _ store: Store, _ vault: OpenVault) throws -> PrivateKey {
        let name = Store.sealName(of: authority)
        let sealed = try store.authority(authority) {
            var file = try PrivateKey.generateEd25519().openSSHFile(comment: "sallyport \(authority.rawValue) authority")
            defer { wipe(&file) }
            return try vault.seal(file, name: name)
        }
        var file = try vault.open(sealed, name: name).withBytes { Array($0) }
        defer { wipe(&file) }
        return try PrivateKey(openSSHFile: file)
    }
}
