extension DaemonDocument {
    static func hostKeys(_ fields: Fields) -> [Located<String>] {
        let meaning = "a list of private key files, as in [hostkeys/ssh_host_ed25519_key]"
        guard let value = fields.required("host-keys", meaning), let items = value.list(meaning) else { return [] }
        if items.isEmpty { value.report("is empty: SSH needs one to prove who the bastion is; write \(meaning)") }
        return items.compactMap { item in
            guard let path = item.keyPath("the path of a private key file") else { return nil }
            guard !path.hasSuffix(".pub") else {
                item.report("\(quoted(path)) is the public key's file: write the private key's, without .pub")
                return nil
            }
            return Located(content: path, line: item.line)
        }
    }

    static func vaultKey(_ fields: Fields) -> VaultKeySource? {
        let meaning = "the path of the vault's key, or credential:NAME for one that systemd passes on"
        guard let value = fields.required("vault-key", meaning), let text = value.text(meaning) else { return nil }
        guard text.hasPrefix("credential:") else { return value.keyPath(meaning).map { .file(PathText.absolute($0)) } }
        let name = text.dropFirst("credential:".count)
        // systemd.exec(5): a credential's name is a file name.
        let isName = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "-")...UInt8(ascii: ".")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
        }
        guard (1...255).contains(name.utf8.count), isName, name != ".", name != ".." else {
            value.report("is not the name of a systemd credential: letters, digits, and . _ - are, as in credential:vault-key")
            return nil
        }
        return .credential(String(name))
    }

    /// All authorities, and the files among them.
    static func authorities(_ fields: Fields) -> ([UserAuthority], [Located<String>]) {
        guard let value = fields["user-authorities"] else { return ([.vault], []) }
        let meaning = "a list of \"vault\" and of paths of public key files"
        guard let items = value.list(meaning) else { return ([], []) }
        if items.isEmpty { value.report("is empty: nobody could log in; write [vault] for Sallyport's own authority") }
        var authorities: [UserAuthority] = []
        var files: [Located<String>] = []
        for item in items {
            guard let path = item.keyPath("\"vault\", or the path of a public key file") else { continue }
            let authority = item.text("") == "vault" ? UserAuthority.vault : .file(PathText.absolute(path))
            guard !authorities.contains(authority) else {
                item.report("\(authority == .vault ? "vault" : quoted(path)) is there twice")
                continue
            }
            authorities.append(authority)
            if authority != .vault { files.append(Located(content: path, line: item.line)) }
        }
        return (authorities, files)
    }

    /// sockaddr_un(3): 108 bytes with the NUL at the end.
    static func checkSocket(_ path: String, _ fields: Fields) {
        guard path.utf8.count > 107 else { return }
        let value = fields["admin-socket"] ?? fields["state-directory"] ?? fields.whole
        value.document.report(
            value.line, "admin-socket: the path of a socket has at most 107 bytes, \(quoted(path)) has \(path.utf8.count)")
    }
}

extension Value {
    /// A path whose place may hold, by mistake, the key itself; it is not shown then.
    fileprivate func keyPath(_ expected: String) -> String? {
        guard let text = text(expected) else { return nil }
        guard !text.contains("PRIVATE KEY"), !text.hasPrefix("ssh-"), !text.hasPrefix("ecdsa-"), !text.contains("\n") else {
            report("is a key itself, where \(expected) was expected")
            return nil
        }
        return path(expected)
    }
}
