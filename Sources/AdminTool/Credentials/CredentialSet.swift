internal import ArgumentParser
internal import MonitorProtocol

struct CredentialSet: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set how Sallyport logs in to a target; replaces what was set for that login.",
        discussion: """
            Secrets come from a file or from standard input, never from an argument that others see in the process list. \
            Standard input may be a terminal: then it asks without echo.
            """)
    @OptionGroup var instance: InstanceOption

    @Option(help: "A private key file, OpenSSH or PEM. - for standard input.", completion: .file())
    var privateKey: String?
    @Flag(help: "Read the private key's passphrase from standard input. The vault keeps the key without it.")
    var passphraseStdin = false
    @Flag(help: "Read the password, one line, from standard input.")
    var passwordStdin = false
    @Flag(help: "Keep nothing: sign a certificate for each session. The target has to trust `certificate authority`.")
    var certificate = false
    @Argument(help: "The login on the target, and the target's name in access.yaml.")
    var name: LoginAtTarget

    func validate() throws {
        let chosen = [privateKey != nil, passwordStdin, certificate].count { $0 }
        guard chosen == 1 else {
            throw ValidationError("say one of --private-key FILE, --password-stdin and --certificate")
        }
        guard !passphraseStdin || privateKey != nil else {
            throw ValidationError("--passphrase-stdin belongs to --private-key FILE; a password is read with --password-stdin")
        }
        guard !(passphraseStdin && privateKey == "-") else {
            throw ValidationError("the key and its passphrase cannot both come from standard input: give the key as a file")
        }
    }

    func run() throws { try instance.done(.setCredential(.init(name: name.value, secret: try secret()))) }

    private func secret() throws -> AdminRequest.SetCredential.Secret {
        if certificate { return .certificate }
        guard let privateKey else { return .password(try SecretInput.line(named: "password")) }
        let passphrase = passphraseStdin ? try SecretInput.line(named: "passphrase") : nil
        return .privateKey(try PrivateKeyInput.unencryptedOpenSSHFile(from: privateKey, passphrase: passphrase))
    }
}
