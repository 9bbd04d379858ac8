internal import Foundation
internal import OpenSSHKeys

/// A private key as administrators have it, made into the one format that the daemon reads.
enum PrivateKeyInput {
    private static let largest = 64 * 1024

    /// - Parameter path: `-` for standard input.
    /// - Returns: an OpenSSH private key file without passphrase and comment.
    static func unencryptedOpenSSHFile(from path: String, passphrase: String?) throws(ToolFailure) -> String {
        let shown = path == "-" ? "standard input" : SafeText.escaped(path)
        var file = try InputFile.read(path, atMost: largest, called: "private key")
        defer { wipe(&file) }
        try refuseOtherFiles(file, shown)
        let key: PrivateKey
        do throws(KeyError) {
            key = try PrivateKey(openSSHFile: file)
        } catch {
            key = try decoded(file, passphrase: passphrase, unless: error, shown)
        }
        var converted = key.openSSHFile(comment: "")
        defer { wipe(&converted) }
        return String(decoding: converted, as: UTF8.self)
    }

    /// Everything but a plain OpenSSH file: with a passphrase, or PEM.
    private static func decoded(
        _ file: [UInt8], passphrase: String?, unless problem: KeyError, _ shown: String
    ) throws(ToolFailure) -> PrivateKey {
        let isOpenSSH = contains(file, "-----BEGIN OPENSSH PRIVATE KEY-----")
        switch problem {
        // Another layout than ours, such as libssh's longer padding, may still be one that OpenSSH reads.
        case .encrypted, .wire: break
        default: if isOpenSSH { throw unusable(shown, problem) }
        }
        let isEncrypted = problem == .encrypted || (!isOpenSSH && contains(file, "ENCRYPTED"))
        if isEncrypted, passphrase == nil {
            throw ToolFailure("the private key in \(shown) is encrypted: give its passphrase with --passphrase-stdin")
        }
        do {
            if let key = try OpenSSHKeyReader.read(file, passphrase: passphrase ?? "") { return key }
        } catch let error as KeyError {
            throw unusable(shown, error)
        } catch let failure as ToolFailure {
            throw failure
        } catch {
            throw ToolFailure("the private key in \(shown) cannot be read: \(SafeText.escaped(error.localizedDescription))")
        }
        throw isEncrypted
            ? ToolFailure("the private key in \(shown) cannot be opened: the passphrase is wrong, or the file is damaged")
            : ToolFailure("OpenSSH does not read the private key in \(shown): it is damaged or of another format")
    }

    private static func unusable(_ shown: String, _ error: KeyError) -> ToolFailure {
        ToolFailure("the private key in \(shown) cannot be used: \(SafeText.escaped("\(error)"))")
    }

    private static func refuseOtherFiles(_ file: [UInt8], _ shown: String) throws(ToolFailure) {
        if starts(file, "PuTTY-User-Key-File") {
            throw ToolFailure("\(shown) is PuTTY's format; convert it first: puttygen \(shown) -O private-openssh -o NEW-FILE")
        }
        if ["ssh-", "ecdsa-", "sk-"].contains(where: { starts(file, $0) }) {
            throw ToolFailure("\(shown) holds a public key; give the private one, the file without .pub")
        }
        guard contains(file, "PRIVATE KEY-----") else {
            throw ToolFailure("\(shown) holds no private key: an Ed25519, ECDSA or RSA key, OpenSSH or PEM, is needed")
        }
    }

    private static func starts(_ file: [UInt8], _ text: String) -> Bool { file.starts(with: text.utf8) }

    private static func contains(_ file: [UInt8], _ text: String) -> Bool { file.firstRange(of: Array(text.utf8)) != nil }
}
