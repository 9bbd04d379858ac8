internal import COpenSSL
internal import Glibc

/// The key under which all secrets of the vault are sealed: 32 random bytes (AES-256).
///
/// It lives in a file of exactly these bytes, readable by the daemon only and kept apart from backups of the database, or comes as a systemd credential.
package final class VaultKey: Sendable {
    /// Bytes of the key file.
    package static let length = 32

    private let bytes: SecretBytes
    /// Names the key without giving it away: the first 8 bytes of SHA-256 over a label and the key. Tells a wrong key from tampering.
    package let identifier: [UInt8]

    private init(_ bytes: consuming SecretBytes) throws(VaultError) {
        identifier = Array(try digest(Array("sallyport vault key 1".utf8), bytes).prefix(8))
        self.bytes = bytes
    }

    /// A new random key that is in no file.
    package static func generate() throws(VaultError) -> VaultKey {
        try VaultKey(
            SecretBytes(count: length) { (memory) throws(VaultError) in
                guard RAND_priv_bytes(memory.baseAddress, Int32(length)) == 1 else { throw .cryptography("RAND_priv_bytes") }
            })
    }

    /// Reads a key file.
    ///
    /// Refused: a symbolic link or anything that is not a regular file, one that others could read or write (mode beyond 0600), one that
    /// belongs to somebody else, one of another length.
    package static func load(file path: String) throws(VaultError) -> VaultKey {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw .unusableKeyFile(path: path, reason: errno == ELOOP ? "is a symbolic link" : reason(errno))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unusableKeyFile(path: path, reason: reason(errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unusableKeyFile(path: path, reason: "is not a regular file") }
        guard status.st_uid == geteuid() else {
            throw .unusableKeyFile(
                path: path, reason: "belongs to uid \(status.st_uid), not to uid \(geteuid()) that sallyportd runs as")
        }
        guard status.st_mode & 0o177 == 0 else {
            let mode = String(status.st_mode & 0o7777, radix: 8)
            throw .unusableKeyFile(path: path, reason: "has mode 0\(mode); others must not read it: chmod 0600 \(path)")
        }
        return try read(descriptor, path)
    }

    /// Reads a systemd credential (systemd.exec(5), LoadCredential): `NAME` in the folder that `$CREDENTIALS_DIRECTORY` names.
    package static func load(credential name: String, directory: String?) throws(VaultError) -> VaultKey {
        guard let directory, directory.hasPrefix("/"), Self.isCredentialName(name) else {
            throw .unusableKeyFile(
                path: "credential:\(name)",
                reason: "there is no $CREDENTIALS_DIRECTORY: start sallyportd by its unit, with LoadCredential=\(name):…")
        }
        let path = "\(directory)/\(name)"
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unusableKeyFile(path: path, reason: reason(errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unusableKeyFile(path: path, reason: reason(errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unusableKeyFile(path: path, reason: "is not a regular file") }
        // systemd gives the file to the unit's user (0400), or leaves it with root and adds an access list, which shows as 0440.
        guard status.st_uid == geteuid() || status.st_uid == 0, status.st_mode & 0o137 == 0 else {
            throw .unusableKeyFile(path: path, reason: "is not as systemd leaves it: others could use it")
        }
        return try read(descriptor, path)
    }

    /// One name in one folder (systemd: credential_name_valid, narrowed to what is sane in a unit file).
    private static func isCredentialName(_ name: String) -> Bool {
        let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-".utf8)
        return (1...255).contains(name.utf8.count) && name != "." && name != ".." && name.utf8.allSatisfy(letters.contains)
    }

    /// Writes the key to a new file with mode 0600, and to the disk before it returns.
    package func write(toNewFile path: String) throws(VaultError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unusableKeyFile(path: path, reason: Self.reason(errno)) }
        defer { close(descriptor) }
        // Whatever the umask: a key that its owner cannot read is lost.
        let written = fchmod(descriptor, 0o600) == 0 ? withBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) } : -1
        guard written == Self.length, fsync(descriptor) == 0 else {
            // A short write has no errno: the disk is full.
            let why =
                (0..<Self.length).contains(written) ? "was not written to its end: make room on its disk" : Self.reason(errno)
            unlink(path)
            throw .unusableKeyFile(path: path, reason: why)
        }
    }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result { bytes.withBytes(body) }

    private static func read(_ descriptor: Int32, _ path: String) throws(VaultError) -> VaultKey {
        let bytes = try SecretBytes(count: length) { (memory) throws(VaultError) in
            let count = try read(descriptor, path, into: memory)
            guard count == length else { throw .unusableKeyFile(path: path, reason: "holds \(count) bytes instead of \(length)") }
            var next: UInt8 = 0
            let more = try withUnsafeMutableBytes(of: &next) { (one) throws(VaultError) in try read(descriptor, path, into: one) }
            guard more == 0 else { throw .unusableKeyFile(path: path, reason: "holds more bytes instead of \(length)") }
        }
        return try VaultKey(bytes)
    }

    /// Fills the memory, or as much of it as there is.
    private static func read(
        _ descriptor: Int32, _ path: String, into memory: UnsafeMutableRawBufferPointer
    ) throws(VaultError) -> Int {
        var count = 0
        while count < memory.count {
            let more = Glibc.read(descriptor, memory.baseAddress?.advanced(by: count), memory.count - count)
            if more < 0 && errno == EINTR { continue }
            guard more >= 0 else { throw .unusableKeyFile(path: path, reason: reason(errno)) }
            if more == 0 { break }
            count += more
        }
        return count
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// SHA-256 of a label and a secret, without a copy of that.
private func digest(_ label: [UInt8], _ secret: borrowing SecretBytes) throws(VaultError) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: 32)
    guard let context = EVP_MD_CTX_new() else { throw .cryptography("EVP_MD_CTX_new") }
    defer { EVP_MD_CTX_free(context) }
    let done = secret.withBytes { secret in
        EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
            && EVP_DigestUpdate(context, label, label.count) == 1
            && EVP_DigestUpdate(context, secret.baseAddress, secret.count) == 1
            && EVP_DigestFinal_ex(context, &result, nil) == 1
    }
    guard done else { throw .cryptography("SHA-256") }
    return result
}
