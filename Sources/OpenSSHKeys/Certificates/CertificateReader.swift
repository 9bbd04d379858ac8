extension Certificate {
    /// OpenSSH's are below 4 KiB; the client sends it in one packet of at most 32 KiB.
    package static let largestBlob = 16_384
    /// OpenSSH's SSHKEY_CERT_MAX_PRINCIPALS.
    package static let mostPrincipals = 256
    /// OpenSSH knows three critical options and six extensions. For each of the two lists.
    package static let mostOptions = 64

    /// Reads a certificate. Nothing in it is believed yet: the signature is not looked at.
    ///
    /// Stricter than sshd, which takes unsorted and repeated options (PROTOCOL.certkeys forbids both), a NUL at the end of texts, empty
    /// principals, and texts that are not UTF-8: what is compared, logged and put in paths has one reading here.
    package init(blob: [UInt8]) throws(KeyError) {
        guard blob.count <= Self.largestBlob else { throw .wire(.tooLong(length: blob.count, limit: Self.largestBlob)) }
        var reader = WireReader(blob)
        let algorithm = try Self.readAlgorithm(from: &reader)
        let fieldsStart = reader.remaining
        _ = try PublicKeyFields.read(algorithm, from: &reader)
        let encodedFields = fieldsStart.prefix(fieldsStart.count - reader.remaining.count)
        let authority: ArraySlice<UInt8>
        do throws(WireError) {
            serial = try reader.readUInt64()
            kind =
                switch try reader.readUInt32() {
                case 1: .user
                case 2: .host
                case let number: .other(number)
                }
            keyID = try reader.readPlainText()
            principals = try Self.readPrincipals(try reader.readString())
            validAfter = try reader.readUInt64()
            validBefore = try reader.readUInt64()
            criticalOptions = try Self.readOptions(try reader.readString())
            extensions = try Self.readOptions(try reader.readString())
            _ = try reader.readString()  // reserved; PROTOCOL.certkeys: ignored
            authority = try reader.readString()
            signedLength = blob.count - reader.remaining.count
            signature = Array(try reader.readString())
            try reader.finish()
        } catch {
            throw .wire(error)
        }
        certifiedKey = try PublicKey(algorithm, encodedFields: encodedFields)
        signatureKey = try PublicKey(blob: Array(authority))  // a certificate here has no name that PublicKey knows: no chains
        self.blob = blob
    }

    /// Reads a line of a `-cert.pub` file: name, base64, optional comment.
    package init(line: String) throws(KeyError) {
        let words = line.split(maxSplits: 2) { $0 == " " || $0 == "\t" || $0.isNewline }
        guard words.count >= 2, line.utf8.count <= 2 * Self.largestBlob else {
            throw .invalid("a certificate line has a name and base64 text")
        }
        guard let named = KeyAlgorithm(certificateName: String(words[0])) else { throw .unsupportedAlgorithm(String(words[0])) }
        guard let blob = Base64.decode(words[1]) else { throw .invalid("text that is not base64") }
        try self.init(blob: blob)
        guard named == certifiedKey.algorithm else {
            throw .invalid("a line that names another algorithm than its certificate has")
        }
    }

    /// The name and the nonce. The nonce may have any length: it only makes collisions in the signature's hash harder to prepare.
    private static func readAlgorithm(from reader: inout WireReader) throws(KeyError) -> KeyAlgorithm {
        let name: String
        do throws(WireError) {
            name = try reader.readText(limit: 64)
            _ = try reader.readString()
        } catch {
            throw .wire(error)
        }
        guard let algorithm = KeyAlgorithm(certificateName: name) else { throw .unsupportedAlgorithm(name) }
        return algorithm
    }

    private static func readPrincipals(_ section: ArraySlice<UInt8>) throws(WireError) -> [String] {
        var reader = WireReader(section)
        var principals: [String] = []
        while !reader.isAtEnd {
            guard principals.count < mostPrincipals else { throw .tooLong(length: principals.count + 1, limit: mostPrincipals) }
            let principal = try reader.readPlainText()
            guard !principal.isEmpty else { throw .malformed("empty principal") }
            principals.append(principal)
        }
        return principals
    }

    private static func readOptions(_ section: ArraySlice<UInt8>) throws(WireError) -> [CertificateOption] {
        var reader = WireReader(section)
        var options: [CertificateOption] = []
        while !reader.isAtEnd {
            guard options.count < mostOptions else { throw .tooLong(length: options.count + 1, limit: mostOptions) }
            let name = try reader.readPlainText()
            if let previous = options.last?.name {
                guard previous.utf8.lexicographicallyPrecedes(name.utf8) else {
                    throw .malformed(previous == name ? "option that stands twice" : "options that are not in order")
                }
            }
            options.append(CertificateOption(name: name, data: Array(try reader.readString())))
        }
        return options
    }
}

extension WireReader {
    /// UTF-8 text without NUL: sshd ends a text at the NUL, and both must read the same.
    fileprivate mutating func readPlainText() throws(WireError) -> String {
        let text = try readText()
        guard !text.utf8.contains(0) else { throw .malformed("text with a NUL") }
        return text
    }
}
