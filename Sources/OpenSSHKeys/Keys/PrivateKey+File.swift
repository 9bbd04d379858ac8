/// The format `openssh-key-v1` (OpenSSH's PROTOCOL.key).
private enum PrivateKeyFile {
    static let header = Array("-----BEGIN OPENSSH PRIVATE KEY-----".utf8)
    static let footer = Array("-----END OPENSSH PRIVATE KEY-----".utf8)
    /// AUTH_MAGIC with its final NUL.
    static let magic = Array("openssh-key-v1\0".utf8)
    /// RSA with 16384 bits takes 17 KiB of base64.
    static let largestFile = 65_536
    static let largestComment = 1024
    /// The block size of the cipher `none`.
    static let blockSize = 8
    /// As ssh-keygen wraps.
    static let lineLength = 70
}

extension PrivateKey {
    /// Reads an unencrypted OpenSSH private key file with exactly one key: Ed25519, ECDSA or RSA.
    ///
    /// Throws `.encrypted` when it has a passphrase. What was decoded on the way is wiped; `file` is the caller's to wipe.
    package convenience init(openSSHFile file: [UInt8]) throws(KeyError) {
        guard file.count <= PrivateKeyFile.largestFile else {
            throw .wire(.tooLong(length: file.count, limit: PrivateKeyFile.largestFile))
        }
        var content = try Self.unarmored(file)
        defer { wipe(&content) }
        let publicKey: PublicKey
        var fields: PrivateKeyFields
        (publicKey, fields) = try Self.read(content)
        defer { fields.wipeAll() }
        try self.init(fields, publicKey: publicKey)
    }

    /// The key as an OpenSSH private key file without passphrase, for libssh or the vault. The caller wipes it.
    package func openSSHFile(comment: String) -> [UInt8] {
        guard var fields = try? exportFields(), let publicFields = try? publicKey.fields else {
            preconditionFailure("libcrypto does not give back the numbers of a key that was made from them")
        }
        defer { fields.wipeAll() }
        var section = WireWriter(capacity: PrivateKeyFile.largestFile)
        defer { section.wipeAll() }
        let check = randomBytes(4)
        section.writeBytes(check)
        section.writeBytes(check)
        section.writeText(publicKey.algorithm.rawValue)
        fields.write(of: publicFields, to: &section)
        section.writeText(String(comment.unicodeScalars.prefix(PrivateKeyFile.largestComment / 4)))
        var padding: UInt8 = 1
        while section.bytes.count % PrivateKeyFile.blockSize != 0 {
            section.writeByte(padding)
            padding += 1
        }
        var file = WireWriter(capacity: PrivateKeyFile.largestFile)
        defer { file.wipeAll() }
        file.writeBytes(PrivateKeyFile.magic)
        file.writeText("none")
        file.writeText("none")
        file.writeString([])
        file.writeUInt32(1)
        file.writeString(publicKey.blob)
        file.writeString(section.bytes)
        return Self.armored(file.bytes)
    }

    private static func unarmored(_ file: [UInt8]) throws(KeyError) -> [UInt8] {
        var lines = file.split(omittingEmptySubsequences: true) { $0 == 10 || $0 == 13 }
        guard lines.count >= 3, lines.first.map(Array.init) == PrivateKeyFile.header,
            lines.last.map(Array.init) == PrivateKeyFile.footer
        else { throw .invalid("a file that is not an OpenSSH private key") }
        lines.removeFirst()
        lines.removeLast()
        var text = Array(lines.joined())
        defer { wipe(&text) }
        guard let content = Base64.decode(text) else { throw .invalid("text that is not base64") }
        return content
    }

    private static func armored(_ content: [UInt8]) -> [UInt8] {
        var text = Base64.encodedBytes(content)
        defer { wipe(&text) }
        var file: [UInt8] = []
        file.reserveCapacity(text.count * 2 + 200)  // enough, so that the array does not move and leave a copy
        file += PrivateKeyFile.header + [10]
        for start in stride(from: 0, to: text.count, by: PrivateKeyFile.lineLength) {
            file += text[start..<min(start + PrivateKeyFile.lineLength, text.count)]
            file.append(10)
        }
        file += PrivateKeyFile.footer + [10]
        return file
    }

    private static func read(_ content: [UInt8]) throws(KeyError) -> (PublicKey, PrivateKeyFields) {
        var publicBlob: ArraySlice<UInt8>
        var section: WireReader
        do throws(WireError) {
            var reader = WireReader(content)
            guard try reader.readBytes(PrivateKeyFile.magic.count).elementsEqual(PrivateKeyFile.magic) else {
                throw .malformed("magic of another format")
            }
            let cipher = try reader.readText(limit: 64)
            let derivation = try reader.readText(limit: 64)
            let derivationOptions = try reader.readString(limit: 64)
            guard cipher == "none" else { throw .malformed("encrypted") }
            guard derivation == "none", derivationOptions.isEmpty else { throw .malformed("key derivation without a cipher") }
            guard try reader.readUInt32() == 1 else { throw .malformed("number of keys that is not one") }
            publicBlob = try reader.readString()
            let encoded = try reader.readString()
            try reader.finish()
            guard encoded.count % PrivateKeyFile.blockSize == 0 else {
                throw .malformed("private section that is not whole blocks")
            }
            section = WireReader(encoded)
            guard try section.readUInt32() == section.readUInt32() else { throw .malformed("check numbers that differ") }
        } catch WireError.malformed("encrypted") {
            throw .encrypted
        } catch {
            throw .wire(error)
        }
        let publicKey = try PublicKey(blob: Array(publicBlob))
        let name: String
        do throws(WireError) { name = try section.readText(limit: 64) } catch { throw .wire(error) }
        guard name == publicKey.algorithm.rawValue else {
            throw .invalid("a private key of another algorithm than its public key")
        }
        var fields = try PrivateKeyFields.read(of: publicKey, from: &section)
        do throws(WireError) {
            _ = try section.readString(limit: PrivateKeyFile.largestComment)
            guard section.remaining.elementsEqual((1..<PrivateKeyFile.blockSize).prefix(section.remaining.count).map(UInt8.init))
            else {
                throw .malformed("padding that does not count up")
            }
        } catch {
            fields.wipeAll()
            throw .wire(error)
        }
        return (publicKey, fields)
    }
}
