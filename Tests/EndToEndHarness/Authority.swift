/// A certificate authority outside Sallyport, by ssh-keygen: for certificates that `sallyport certificate issue` would never make.
package final class Authority {
    private let folder: TemporaryFolder

    package init(keyType: String = "ed25519") throws {
        folder = try TemporaryFolder()
        try run(["ssh-keygen", "-q", "-t", keyType, "-N", "", "-C", "authority", "-f", folder.path + "/ca"]).orThrow()
    }

    package var publicKeyFile: String { folder.path + "/ca.pub" }

    /// Signs the user's key, replacing the certificate the user had. `options` are words for ssh-keygen.
    package func certify(
        _ user: User, keyID: String? = nil, principals: String? = nil, validity: String = "-1m:+1h", options: [String] = []
    ) throws {
        try run(
            ["ssh-keygen", "-q", "-s", folder.path + "/ca", "-I", keyID ?? user.name]
                + (principals == "" ? [] : ["-n", principals ?? user.name]) + ["-V", validity, "-z", "4711"] + options
                + [user.key + ".pub"]
        ).orThrow()
    }
}

extension Scene {
    /// A scene whose bastion also trusts this authority.
    package convenience init(trusting authority: Authority) throws {
        try self.init(bastionLines: ["user-authorities: [vault, \(authority.publicKeyFile)]"])
    }
}
