internal import COpenSSL
internal import Glibc

/// The key under which all secrets of the vault are sealed: 32 random bytes (AES-256).
///
/// It lives in a file of exactly these bytes, readable by the daemon only and kept apart from backups of the database, or comes as a systemd credential.
package final class VaultKey: Sendable {
    /// Bytes of the key file.
    package static let length = 32

    private let bytes: KeyMemory
    /// Names the key without giving it away: the first 8 bytes of SHA-256 over a label and the key. Tells a wrong key from tampering.
    package let identifier: [UInt8]

    private init(_ raw: [UInt8]) throws(VaultError) {
        bytes = KeyMemory(raw)
        identifier = Array(try digest(Array("sallyport vault key 1".utf8) + raw).prefix(8))
    }

    /// A new random key that is in no file.
    package static func generate() throws(VaultError) -> VaultKey {
        var raw = [UInt8](repeating: 0, count: length)
        defer { OPENSSL_cleanse(&raw, raw.count) }
        guard RAND_bytes(&raw, Int32(length)) == 1 else { throw .cryptography("RAND_bytes") }
        return try VaultKey(raw)
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
        guard let directory, !name.isEmpty, !name.contains("/") else {
            throw .unusableKeyFile(
                path: "credential:\(name)",
                reason: "there is no $CREDENTIALS_DIRECTORY: start sallyportd by its unit, with LoadCredential=\(name):…")
        }
        let path = "\(directory)/\(name)"
        // systemd keeps the folder away from others; the files in it are mode 0400 and may belong to root.
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unusableKeyFile(path: path, reason: reason(errno)) }
        defer { close(descriptor) }
        return try read(descriptor, path)
    }

    /// Writes the key to a new file with mode 0600, and to the disk before it returns.
    package func write(toNewFile path: String) throws(VaultError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unusableKeyFile(path: path, reason: Self.reason(errno)) }
        defer { close(descriptor) }
        let written = withBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard written == Self.length, fsync(descriptor) == 0 else {
            let why = Self.reason(errno)
            unlink(path)
            throw .unusableKeyFile(path: path, reason: why)
        }
    }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result { bytes.withBytes(body) }

    private static func read(_ descriptor: Int32, _ path: String) throws(VaultError) -> VaultKey {
        // One more than a key has, so that a longer file is noticed.
        var raw = [UInt8](repeating: 0, count: length + 1)
        defer { OPENSSL_cleanse(&raw, raw.count) }
        var count = 0
        while count < raw.count {
            let more = raw.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if more < 0 && errno == EINTR { continue }
            guard more >= 0 else { throw .unusableKeyFile(path: path, reason: reason(errno)) }
            if more == 0 { break }
            count += more
        }
        guard count == length else {
            throw .unusableKeyFile(path: path, reason: "holds \(count > length ? "more" : "\(count)") bytes instead of \(length)")
        }
        return try VaultKey(Array(raw.prefix(length)))
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// The key's bytes for as long as the key lives. Never changed after `init`, so threads may share it.
private final class KeyMemory: @unchecked Sendable {
    private let memory: UnsafeMutableRawBufferPointer

    init(_ bytes: [UInt8]) {
        memory = .allocate(byteCount: bytes.count, alignment: 16)
        memory.copyBytes(from: bytes)
    }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result { body(UnsafeRawBufferPointer(memory)) }

    deinit {
        OPENSSL_cleanse(memory.baseAddress, memory.count)
        memory.deallocate()
    }
}

private func digest(_ bytes: [UInt8]) throws(VaultError) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: 32)
    guard EVP_Digest(bytes, bytes.count, &result, nil, EVP_sha256(), nil) == 1 else { throw .cryptography("SHA-256") }
    return result
}
