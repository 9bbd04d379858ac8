/// What was read of `sallyport.yaml`, with the lines that name other files.
struct DaemonDocument {
    struct Located<Content> {
        var content: Content
        var line: Int
    }

    /// Nil after a mistake.
    var configuration: DaemonConfiguration?
    /// As the file is named for messages: beside `sallyport.yaml`.
    var access: String?
    var policy: String?
    var hostKeys: [Located<String>] = []
    var authorities: [Located<String>] = []
    var revokedKeys: Located<String>?
    var notificationKeys: [Located<String>] = []

    static let keys = [
        "listen", "host-keys", "state-directory", "recordings", "admin-socket", "vault-key", "user-authorities", "revoked-keys",
        "access", "policy", "public-address", "certificates", "certificate-help", "limits", "environment", "session",
        "approvals",
    ]

    /// Where something is missing or wrong, `document.problems` has it.
    init(_ root: Value, in document: Document) {
        let problems = document.problems
        let before = problems.count
        guard let fields = root.fields(Self.keys, "a mapping of settings") else { return }
        func absolute(_ path: String) -> String { PathText.absolute(path) }
        func path(_ key: String, _ expected: String, default name: String) -> String {
            absolute(fields[key]?.path(expected) ?? PathText.resolve(name, beside: document.file))
        }

        let listen = Self.listen(fields)
        hostKeys = Self.hostKeys(fields)
        let state = path("state-directory", "the path of a folder", default: "state")
        let recordings = path("recordings", "the path of a folder", default: "recordings")
        let adminSocket = fields["admin-socket"]?.path("the path of a socket").map(absolute) ?? state + "/admin.sock"
        Self.checkSocket(adminSocket, fields)
        let vaultKey = Self.vaultKey(fields)
        let (userAuthorities, files) = Self.authorities(fields)
        authorities = files
        revokedKeys = fields["revoked-keys"].flatMap { value in
            value.path("the path of a key revocation list").map { Located(content: $0, line: value.line) }
        }
        let accessPath =
            fields["access"]?.path("the path of access.yaml") ?? PathText.resolve("access.yaml", beside: document.file)
        access = accessPath
        let policyPath =
            fields["policy"]?.path("the path of policy.yaml") ?? PathText.resolve("policy.yaml", beside: document.file)
        policy = policyPath
        let publicAddress = Self.publicAddress(fields, listen: listen)
        let certificates = Self.certificates(fields)
        let help = Self.certificateHelp(fields)
        let limits = Self.limits(fields)
        let environment = Self.environment(fields)
        let session = Self.session(fields)
        let (notify, keys) = Self.notify(fields)
        notificationKeys = keys

        guard problems.count == before, let vaultKey, let publicAddress else { return }
        configuration = DaemonConfiguration(
            listen: listen, hostKeys: hostKeys.map { absolute($0.content) }, stateDirectory: state, recordings: recordings,
            adminSocket: adminSocket, vaultKey: vaultKey, userAuthorities: userAuthorities,
            revokedKeys: revokedKeys.map { absolute($0.content) }, access: absolute(accessPath), policy: absolute(policyPath),
            publicAddress: publicAddress,
            certificates: certificates, certificateHelp: help, limits: limits, environment: environment, session: session,
            notify: notify)
    }
}
