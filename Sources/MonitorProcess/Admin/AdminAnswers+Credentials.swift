internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Store
internal import Vault

extension AdminAnswers {
    /// Seals a credential for one login on one target, and opens it again before saying that it is there.
    func answerSetCredential(_ set: AdminRequest.SetCredential) throws -> String {
        let name = try knownName(set.name)
        switch set.secret {
        case .privateKey(let text):
            var file = Array(text.utf8)
            defer { wipe(&file) }
            let key = try Self.privateKey(file)
            try bastion.put(.privateKey, name, secret: file, detail: Self.detail(of: key))
            var back = try stored(name)
            defer { wipe(&back) }
            guard try PrivateKey(openSSHFile: back).publicKey == key.publicKey else {
                throw AdminFailure(.failed, "the vault gave another key back")
            }
            return "\(name.text): private key \(Self.detail(of: key))"
        case .password(let text):
            var password = Array(text.utf8)
            defer { wipe(&password) }
            guard (1...1024).contains(password.count), !password.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
                throw AdminFailure(.invalid, "a password is 1 to 1024 bytes in one line")
            }
            try bastion.put(.password, name, secret: password, detail: nil)
            var back = try stored(name)
            defer { wipe(&back) }
            guard back == password else { throw AdminFailure(.failed, "the vault gave another password back") }
            return "\(name.text): password"
        case .certificate:
            let authority = bastion.authorities.upstream.publicKey
            try bastion.put(.certificate, name, secret: nil, detail: nil)
            return "\(name.text): a certificate for each session, signed by \(authority.fingerprint)"
        }
    }

    /// The target's own name, whatever alias was written: a credential that no route would ever find is a mistake.
    private func knownName(_ asked: AdminRequest.CredentialName) throws -> AdminRequest.CredentialName {
        guard let target = bastion.running.access.target(named: asked.target) else {
            throw AdminFailure(.notFound, "access.yaml has no target \"\(escaped(asked.target))\"; add it and reload first")
        }
        guard target.logins.contains(asked.login) else {
            throw AdminFailure(
                .notFound,
                "\(target.name) has no login \"\(escaped(asked.login))\" in access.yaml; it has \(target.logins.joined(separator: ", "))"
            )
        }
        return AdminRequest.CredentialName(login: asked.login, target: target.name)
    }

    /// The secret as the vault gives it back.
    private func stored(_ name: AdminRequest.CredentialName) throws -> [UInt8] {
        guard let credential = try bastion.unsealed(name) else {
            throw AdminFailure(.failed, "the vault did not keep the credential")
        }
        return credential.secret
    }

    private static func privateKey(_ file: [UInt8]) throws -> PrivateKey {
        do { return try PrivateKey(openSSHFile: file) } catch {
            throw AdminFailure(.invalid, "this private key cannot be used: \(error)")
        }
    }

    private static func detail(of key: PrivateKey) -> String {
        "\(key.publicKey.algorithm.rawValue) \(key.publicKey.fingerprint)"
    }

    /// Connections go on: nothing of them is sealed.
    func answerRekeyCredentials() throws -> String {
        let remark = try bastion.rekey().map { " But \($0)." } ?? ""
        return "All secrets are sealed under a new key. Back up the new key file; the old one opens nothing any more." + remark
    }

    /// Also of a target that access.yaml no longer has.
    func answerRemoveCredential(_ asked: AdminRequest.CredentialName) throws -> String {
        let target = bastion.running.access.target(named: asked.target)?.name ?? asked.target
        let name = AdminRequest.CredentialName(login: asked.login, target: target)
        guard try bastion.store.removeCredential(name) else {
            throw AdminFailure(.notFound, "there is no credential for \(name.text)")
        }
        return "\(name.text): removed. Sessions that are open go on."
    }
}
