internal import Configuration
internal import Foundation
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Store
internal import Synchronization
internal import Vault

/// The vault and the rows it sealed. What takes both happens under the vault's lock, so that a change of its key comes before or after, never
/// between.
extension Bastion {
    /// A credential's kind and its secret, which the caller wipes; nil if there is none of that name.
    func unsealed(_ name: AdminRequest.CredentialName) throws -> UnsealedCredential? {
        try vault.withLock { vault in
            guard let stored = try store.credential(name) else { return nil }
            guard let sealed = stored.sealed else { return UnsealedCredential(kind: stored.kind, secret: []) }
            let secret = try vault.open(sealed, name: Store.sealName(of: name, stored.kind))
            return UnsealedCredential(kind: stored.kind, secret: secret.withBytes { Array($0) })
        }
    }

    /// - Parameter secret: nil for a certificate, which has none.
    func put(_ kind: StoredCredential.Kind, _ name: AdminRequest.CredentialName, secret: [UInt8]?, detail: String?) throws {
        try vault.withLock { vault in
            let sealed = try secret.map { try vault.seal($0, name: Store.sealName(of: name, kind)) }
            try store.put(kind, name, sealed, detail: detail, at: now())
        }
    }

    /// Seals everything under a new key and puts that in the place of the old one.
    /// - Returns: what could not be done, if anything.
    func rekey() throws -> String? {
        guard case .file(let path) = running.daemon.vaultKey else {
            throw AdminFailure(
                .refused,
                "the vault's key is a systemd credential, which only systemd can change; use a key file to change it here")
        }
        return try vault.withLock { vault in
            let changed = try VaultKeyFile(path: path).change(vault, in: store)
            vault = changed.vault
            return changed.remark
        }
    }
}

struct UnsealedCredential {
    let kind: StoredCredential.Kind
    var secret: [UInt8]
}

extension OpenVault {
    /// The vault under the key that the configuration names.
    static func open(_ source: VaultKeySource, for store: Store, credentials directory: String?) throws -> OpenVault {
        switch source {
        case .file(let path): return OpenVault(key: try VaultKeyFile(path: path).open(for: store))
        case .credential(let name):
            let key = try VaultKey.load(credential: name, directory: directory)
            guard try store.vaultKeyIdentifier() ?? key.identifier == key.identifier else {
                throw StoreError.wrongVaultKey(path: "credential:\(name)")
            }
            try store.noteVaultKey(key)
            return OpenVault(key: key)
        }
    }
}
