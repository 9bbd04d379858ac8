internal import CLibSSH

/// The bastion's host keys, in the form that libssh gives to every server session of this process (libssh: `ssh_bind`).
///
/// libssh signs the key exchange itself, so the private keys are in this process; SECURITY.md says what follows from that.
package final class HostIdentity {
    let bind: ssh_bind

    /// - Parameter keys: OpenSSH private key files without passphrase, at most one for each of Ed25519, ECDSA and RSA. Wipe them afterwards.
    /// - Throws: `unusableKey` if one cannot be read or none is given.
    package init(keys: [[UInt8]], softwareName: String) throws(LibSSHError) {
        guard let bind = ssh_bind_new() else { throw .failed("ssh_bind_new") }
        self.bind = bind
        var processConfiguration = false
        var smallestRSAKey = AlgorithmPreferences.smallestRSAKey
        try Self.set(bind, SSH_BIND_OPTIONS_PROCESS_CONFIG, &processConfiguration)
        try Self.set(bind, SSH_BIND_OPTIONS_RSA_MIN_SIZE, &smallestRSAKey)
        try Self.set(bind, SSH_BIND_OPTIONS_BANNER, softwareName)
        try Self.set(bind, SSH_BIND_OPTIONS_KEY_EXCHANGE, AlgorithmPreferences.keyExchange)
        try Self.set(bind, SSH_BIND_OPTIONS_CIPHERS_C_S, AlgorithmPreferences.ciphers)
        try Self.set(bind, SSH_BIND_OPTIONS_CIPHERS_S_C, AlgorithmPreferences.ciphers)
        try Self.set(bind, SSH_BIND_OPTIONS_HMAC_C_S, AlgorithmPreferences.messageAuthentication)
        try Self.set(bind, SSH_BIND_OPTIONS_HMAC_S_C, AlgorithmPreferences.messageAuthentication)
        try Self.set(bind, SSH_BIND_OPTIONS_PUBKEY_ACCEPTED_KEY_TYPES, AlgorithmPreferences.userKeys)
        guard !keys.isEmpty else { throw .unusableKey }
        for key in keys { try load(key) }
    }

    deinit { ssh_bind_free(bind) }

    private func load(_ file: [UInt8]) throws(LibSSHError) {
        var key: ssh_key?
        var text = file.map { CChar(bitPattern: $0) } + [0]
        let result = ssh_pki_import_privkey_base64(text, nil, nil, nil, &key)
        for index in text.indices { text[index] = 0 }
        guard result == SSH_OK, let key else { throw .unusableKey }
        // libssh takes the key over and frees it with the bind, but only when the call succeeds.
        guard ssh_bind_options_set(bind, SSH_BIND_OPTIONS_IMPORT_KEY, UnsafeRawPointer(key)) == SSH_OK else {
            ssh_key_free(key)
            throw .unusableKey
        }
    }

    private static func set<Value>(_ bind: ssh_bind, _ option: ssh_bind_options_e, _ value: inout Value) throws(LibSSHError) {
        let result = withUnsafePointer(to: &value) { ssh_bind_options_set(bind, option, $0) }
        guard result == SSH_OK else { throw .failed("ssh_bind option \(option.rawValue)") }
    }

    private static func set(_ bind: ssh_bind, _ option: ssh_bind_options_e, _ value: String) throws(LibSSHError) {
        let result = value.withCString { ssh_bind_options_set(bind, option, $0) }
        guard result == SSH_OK else { throw .failed("ssh_bind option \(option.rawValue)") }
    }
}
