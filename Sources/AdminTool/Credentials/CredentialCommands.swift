internal import ArgumentParser
internal import MonitorProtocol

struct CredentialGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credential",
        abstract: "Keep in the vault how Sallyport logs in to targets; users never see it.",
        subcommands: [CredentialSet.self, CredentialList.self, CredentialRemove.self, CredentialRekey.self])
    @OptionGroup var instance: InstanceOption
    func run() throws { throw MissingSubcommand(of: Self.self) }
}

struct CredentialList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the logins that have a credential, without the secrets.")
    @OptionGroup var instance: InstanceOption
    @OptionGroup var json: JSONOption

    func run() throws {
        guard case .credentials(let credentials) = try instance.ask(.listCredentials) else { throw ToolFailure.unexpectedReply }
        if json.isOn { return try JSONDocument.write(credentials.map(Document.init)) }
        guard !credentials.isEmpty else { return try StandardOutput.write("no credential is set yet\n") }
        var table = Table(["LOGIN@TARGET", "KIND", "CHANGED", "DETAIL"])
        for credential in credentials {
            table.add([
                "\(credential.login)@\(credential.target)", credential.kind.rawValue, credential.changedAt.forPeople,
                credential.detail,
            ])
        }
        try StandardOutput.write(table.text)
    }

    /// A credential in JSON. The keys are a contract.
    struct Document: Encodable {
        var login, target, kind, changedAt: String
        @AlwaysThere var detail: String?
        init(_ credential: StoredCredential) {
            login = credential.login
            target = credential.target
            kind = credential.kind.rawValue
            changedAt = credential.changedAt.rfc3339
            detail = credential.detail
        }
    }
}

struct CredentialRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Delete a credential: nobody logs in with it any more.")
    @OptionGroup var instance: InstanceOption
    @Argument(help: "As in `credential list`.") var name: LoginAtTarget

    func run() throws { try instance.done(.removeCredential(name.value)) }
}

struct CredentialRekey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rekey",
        abstract: "Seal every secret with a new vault key.",
        discussion: "Copies of the vault key and of the database that were made before belong together; make new ones after it.")
    @OptionGroup var instance: InstanceOption

    func run() throws { try instance.done(.rekeyCredentials) }
}

/// `LOGIN@TARGET`. The login may have an `@` in it, the target cannot: the last one counts.
struct LoginAtTarget: ExpressibleByArgument {
    let value: AdminRequest.CredentialName

    init?(argument: String) {
        guard let at = argument.lastIndex(of: "@") else { return nil }
        let login = argument[..<at]
        let target = argument[argument.index(after: at)...]
        guard !login.isEmpty, !target.isEmpty else { return nil }
        value = AdminRequest.CredentialName(login: String(login), target: String(target))
    }
    static var defaultCompletionKind: CompletionKind { .default }
}
