internal import CLibSSH

/// The client's side of an SSH connection: towards a target.
///
/// `step()` takes it through its stages without blocking; the owner calls it whenever the socket is ready, decides on the host key, and
/// says how to log in.
package final class ClientSession: Session {
    package enum Stage: Sendable, Equatable {
        case exchangingKeys
        /// The key exchange is done: compare `hostKeyBase64`, then `logIn`.
        case hostKeyShown
        case loggingIn
        case loggedIn
        /// The server took nothing of what was offered.
        case refused
        /// The connection failed; `errorText` tells.
        case failed
    }

    package enum Credential: Sendable {
        /// A socket that speaks the agent protocol (RFC 9987); owned by the session from here on.
        case agent(socket: Int32)
        /// Tried as `password`, then as the answer to a single hidden prompt of `keyboard-interactive` (RFC 4256).
        case password([UInt8])
    }

    package private(set) var stage = Stage.exchangingKeys
    private var credential: Credential?
    private var password: [CChar] = []
    private var isKeyboardInteractive = false
    /// RFC 4256 lets a server ask again and again.
    private var promptsAnswered = 0

    /// - Parameters:
    ///   - socket: connected, non-blocking; owned from here on.
    ///   - login: the user name on the target.
    ///   - hostKeyAlgorithms: what the server may show, best first (RFC 4253 §7.1): only algorithms of pinned keys.
    package init(socket: Int32, login: String, hostKeyAlgorithms: [String]) throws(LibSSHError) {
        try super.init()
        var socket = socket
        var processConfiguration = false
        var smallestRSAKey = AlgorithmPreferences.smallestRSAKey
        // SSH_OPTIONS_HOST stays unset: with a host, libssh looks for known_hosts files, which would kill a confined process.
        try set(SSH_OPTIONS_FD, &socket)
        try set(SSH_OPTIONS_PROCESS_CONFIG, &processConfiguration)
        try set(SSH_OPTIONS_RSA_MIN_SIZE, &smallestRSAKey)
        // A folder that is never looked into: without it libssh asks for the home directory.
        try set(SSH_OPTIONS_SSH_DIR, "/nonexistent")
        try set(SSH_OPTIONS_USER, login)
        try set(SSH_OPTIONS_KEY_EXCHANGE, AlgorithmPreferences.keyExchange)
        try set(SSH_OPTIONS_HOSTKEYS, hostKeyAlgorithms.joined(separator: ","))
        try set(SSH_OPTIONS_CIPHERS_C_S, AlgorithmPreferences.ciphers)
        try set(SSH_OPTIONS_CIPHERS_S_C, AlgorithmPreferences.ciphers)
        try set(SSH_OPTIONS_HMAC_C_S, AlgorithmPreferences.messageAuthentication)
        try set(SSH_OPTIONS_HMAC_S_C, AlgorithmPreferences.messageAuthentication)
        try set(SSH_OPTIONS_COMPRESSION, "no")
        step()
    }

    deinit { wipe() }

    override var closesSocketItself: Bool { true }

    /// Base64 of the public key that the server proved to hold, once the key exchange is done.
    package var hostKeyBase64: String? {
        var key: ssh_key?
        var text: UnsafeMutablePointer<CChar>?
        guard ssh_get_server_publickey(handle, &key) == SSH_OK, let key else { return nil }
        defer { ssh_key_free(key) }
        guard ssh_pki_export_pubkey_base64(key, &text) == SSH_OK, let text else { return nil }
        defer { ssh_string_free_char(text) }
        return string(of: text)
    }

    /// Starts logging in. Only after the host key has been compared.
    package func logIn(with credential: Credential) {
        precondition(stage == .hostKeyShown, "log in only after the host key has been looked at")
        switch credential {
        case .agent(let socket): ssh_set_agent_socket(handle, socket)
        case .password(let bytes): password = bytes.map { CChar(bitPattern: $0) } + [0]
        }
        self.credential = credential
        stage = .loggingIn
        step()
    }

    override package func process() {
        switch stage {
        case .exchangingKeys, .loggingIn: step()
        case .loggedIn: super.process()
        case .hostKeyShown, .refused, .failed: break
        }
    }

    /// Goes on as far as the socket allows.
    private func step() {
        switch stage {
        case .exchangingKeys:
            switch ssh_connect(handle) {
            case SSH_OK: stage = .hostKeyShown
            case SSH_AGAIN: break
            default: stage = .failed
            }
        case .loggingIn: authenticate()
        case .hostKeyShown, .loggedIn, .refused, .failed: break
        }
    }

    private func authenticate() {
        switch credential {
        case .agent: conclude(ssh_userauth_agent(handle, nil))
        case .password: isKeyboardInteractive ? answerPrompts() : tryPassword()
        case nil: stage = .failed
        }
    }

    private func tryPassword() {
        let result = ssh_userauth_password(handle, nil, password)
        let denied = Int32(SSH_AUTH_DENIED.rawValue)
        if result == denied, ssh_userauth_list(handle, nil) & Int32(SSH_AUTH_METHOD_INTERACTIVE) != 0 {
            isKeyboardInteractive = true
            answerPrompts()
        } else {
            conclude(result)
        }
    }

    private func answerPrompts() {
        while true {
            let result = ssh_userauth_kbdint(handle, nil, nil)
            guard result == Int32(SSH_AUTH_INFO.rawValue) else { return conclude(result) }
            let prompts = ssh_userauth_kbdint_getnprompts(handle)
            promptsAnswered += Int(prompts)
            // One hidden prompt is the password's; anything more is a conversation that nobody is here for.
            guard prompts <= 1, promptsAnswered <= 1 else { return conclude(Int32(SSH_AUTH_DENIED.rawValue)) }
            var echo: CChar = 1
            if prompts == 1 {
                guard ssh_userauth_kbdint_getprompt(handle, 0, &echo) != nil, echo == 0,
                    ssh_userauth_kbdint_setanswer(handle, 0, password) == 0
                else { return conclude(Int32(SSH_AUTH_DENIED.rawValue)) }
            }
        }
    }

    private func conclude(_ result: Int32) {
        switch result {
        case Int32(SSH_AUTH_SUCCESS.rawValue): stage = .loggedIn
        case Int32(SSH_AUTH_AGAIN.rawValue): return
        case Int32(SSH_AUTH_ERROR.rawValue): stage = .failed
        default: stage = .refused
        }
        wipe()
        joinEvent()
    }

    private func wipe() {
        for index in password.indices { password[index] = 0 }
        password = []
        credential = nil
    }

    private func set<Value>(_ option: ssh_options_e, _ value: inout Value) throws(LibSSHError) {
        let result = withUnsafePointer(to: &value) { ssh_options_set(handle, option, $0) }
        guard result == SSH_OK else { throw .failed("ssh_options \(option.rawValue)") }
    }

    private func set(_ option: ssh_options_e, _ value: String) throws(LibSSHError) {
        let result = value.withCString { ssh_options_set(handle, option, $0) }
        guard result == SSH_OK else { throw .failed("ssh_options \(option.rawValue)") }
    }
}
