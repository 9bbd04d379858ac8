import CLibSSH
import Testing

/// Logs in with libssh, which sends certificates that OpenSSH's client would not: it does not look at their signature or their names.
enum LibSSHClient {
    static func answer(of server: SSHServer, key: String, certificate: String) throws -> SSHServer.Answer {
        let folder = try TemporaryFolder()
        try folder.write(certificate + "\n", to: "certificate")
        var publicPart: ssh_key?
        var privatePart: ssh_key?
        defer {
            ssh_key_free(publicPart)
            ssh_key_free(privatePart)
        }
        guard ssh_pki_import_privkey_file(GeneratedKeys.shared.path(key), nil, nil, nil, &privatePart) == SSH_OK else {
            throw Tool.Failure(description: "libssh cannot read the key \(key)")
        }
        guard
            ssh_pki_import_cert_file(folder("certificate"), &publicPart) == SSH_OK,
            ssh_pki_copy_cert_to_privkey(publicPart, privatePart) == SSH_OK
        else { return .notOffered }

        let session = try #require(ssh_new())
        defer { ssh_free(session) }
        var port = UInt32(server.port)
        var no: Int32 = 0
        var seconds = 10
        ssh_options_set(session, SSH_OPTIONS_PROCESS_CONFIG, &no)
        ssh_options_set(session, SSH_OPTIONS_HOST, "127.0.0.1")
        ssh_options_set(session, SSH_OPTIONS_PORT, &port)
        ssh_options_set(session, SSH_OPTIONS_USER, server.user)
        ssh_options_set(session, SSH_OPTIONS_TIMEOUT, &seconds)
        guard ssh_connect(session) == SSH_OK else { throw Tool.Failure(description: "libssh cannot connect to sshd") }
        defer { ssh_disconnect(session) }
        switch ssh_userauth_publickey(session, nil, privatePart) {
        case Int32(SSH_AUTH_SUCCESS.rawValue): return .accepted(output: "", hasTerminal: false)
        case Int32(SSH_AUTH_DENIED.rawValue): return .refused
        case let other:
            throw Tool.Failure(
                description: "libssh: \(other): \(String(cString: ssh_get_error(UnsafeMutableRawPointer(session))))")
        }
    }
}
