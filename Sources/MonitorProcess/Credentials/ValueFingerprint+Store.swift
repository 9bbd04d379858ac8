internal import MonitorProtocol
internal import OpenSSHKeys
internal import Store
internal import Vault

extension ValueFingerprint {
    /// With its key from the vault, which makes one at the first start. The same for as long as the vault lives, so that a value is recognised years
    /// later.
    convenience init(in store: Store, vault: OpenVault) throws {
        let name = OwnSecret.maskFingerprints.sealName
        let sealed = try store.secret(.maskFingerprints) { try vault.seal(randomBytes(Self.keyLength), name: name) }
        self.init(key: try vault.open(sealed, name: name).withBytes { Array($0) })
    }
}
