internal import Foundation
internal import OpenSSHKeys

/// A bastion that is being made: all of it, or nothing.
final class NewInstance {
    let path: String
    /// What was made so far, in order; removed backwards after a failure.
    private var made: [String] = []

    /// - Throws: if something is there already.
    init(at directory: String) throws(ToolFailure) {
        // Absolute before Foundation sees it, which would take a leading ~ for somebody's home; that is the shell's affair.
        let absolute = directory.hasPrefix("/") ? directory : FileManager.default.currentDirectoryPath + "/" + directory
        path = URL(filePath: absolute).standardizedFileURL.path
        let shown = SafeText.escaped(path)
        var information = stat()
        guard lstat(path, &information) == 0 else { return }
        guard information.st_mode & S_IFMT == S_IFDIR else { throw ToolFailure("\(shown) exists and is not a directory") }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw ToolFailure("cannot look into \(shown): \(describe(errno))")
        }
        guard names.isEmpty else {
            throw ToolFailure(
                "\(shown) is not empty: a new bastion needs a new directory, so that no key of another is overwritten")
        }
    }

    func make(listening addresses: [String], layout: ConfigurationTemplate.Layout) throws {
        // Modes are what this file says, neither more nor less.
        umask(0o022)
        do {
            try makeDirectory("")
            let parts = layout == .systemd ? ["hostkeys"] : ["hostkeys", layout.state, layout.recordings]
            for name in parts { try makeDirectory("/" + name) }
            try makeHostKey("/hostkeys/ssh_host_ed25519_key")
            try makeVaultKey("/vault.key")
            try makeFile("/access.yaml", Array(ConfigurationTemplate.access.utf8), mode: 0o600)
            try makeFile("/policy.yaml", PackageResources.policy_yaml, mode: 0o600)
            try makeFile(
                "/sallyport.yaml", Array(ConfigurationTemplate.daemon(listening: addresses, layout: layout).utf8), mode: 0o600)
        } catch {
            for path in made.reversed() { remove(path) }
            throw error
        }
    }

    private func makeHostKey(_ name: String) throws {
        let key = try PrivateKey.generateEd25519()
        var file = key.openSSHFile(comment: "sallyport")
        defer { wipe(&file) }
        try makeFile(name, file, mode: 0o600)
        try makeFile(name + ".pub", Array((key.publicKey.line + " sallyport\n").utf8), mode: 0o644)
    }

    private func makeVaultKey(_ name: String) throws {
        var key = randomBytes(32)
        defer { wipe(&key) }
        try makeFile(name, key, mode: 0o600)
    }

    private func makeDirectory(_ name: String) throws(ToolFailure) {
        guard mkdir(path + name, 0o700) != 0 else { return made.append(path + name) }
        // The directory itself may have been there, empty.
        guard errno == EEXIST, name.isEmpty else {
            throw ToolFailure("cannot make \(SafeText.escaped(path + name)): \(describe(errno))")
        }
        guard chmod(path, 0o700) == 0 else {
            throw ToolFailure("cannot close \(SafeText.escaped(path)) to others: \(describe(errno))")
        }
    }

    private func makeFile(_ name: String, _ content: [UInt8], mode: mode_t) throws(ToolFailure) {
        let file = try NewFile(path + name, mode: mode)
        made.append(file.path)
        try file.write(content)
        try file.finish()
    }
}
