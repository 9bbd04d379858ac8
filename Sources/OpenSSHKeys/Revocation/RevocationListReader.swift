extension RevocationList {
    /// A million revoked serials in ranges of one take 8 MiB.
    static let largestFile = 16 * 1024 * 1024
    /// Ranges, key ids, keys and fingerprints together: bounds the memory of a bitmap, which has 8 numbers in a byte.
    static let mostEntries = 1_000_000
    /// OpenSSH's BITMAP_MAX.
    static let largestBitmapBits = 1 << 24

    /// Reads a binary KRL, as `ssh-keygen -k` writes it.
    ///
    /// A list that is not understood to the end revokes something we do not know, so unknown sections, critical extensions and the
    /// signatures that OpenSSH no longer reads are errors.
    package init(file: [UInt8]) throws(KeyError) {
        guard file.count <= Self.largestFile else { throw .wire(.tooLong(length: file.count, limit: Self.largestFile)) }
        var reader = RevocationListReader()
        do throws(WireError) { try reader.read(file) } catch { throw .wire(error) }
        self = reader.finish()
    }
}

/// Walks the sections of a KRL; section numbers are those of PROTOCOL.krl.
private struct RevocationListReader {
    private var list = RevocationList()
    /// Collected unordered, as sections of one authority may come several times.
    private var serials: [[UInt8]: [ClosedRange<UInt64>]] = [:]
    private var entries = 0

    private static let magic = Array("SSHKRL\n\0".utf8)

    func finish() -> RevocationList {
        var list = list
        for (authority, ranges) in serials { list.certificates[authority, default: .init()].serials = SerialRanges(ranges) }
        return list
    }

    mutating func read(_ file: [UInt8]) throws(WireError) {
        var reader = WireReader(file)
        guard try reader.readBytes(Self.magic.count).elementsEqual(Self.magic) else {
            throw .malformed("magic of another format")
        }
        guard try reader.readUInt32() == 1 else { throw .malformed("KRL of an unknown version") }
        _ = try reader.readUInt64()  // the list's own number
        _ = try reader.readUInt64()  // made at
        _ = try reader.readUInt64()  // flags, none defined
        _ = try reader.readString()  // reserved
        _ = try reader.readString()  // comment
        while !reader.isAtEnd {
            let section = try reader.readByte()
            var content = WireReader(try reader.readString())
            switch section {
            case 1: try readCertificates(&content)
            case 2:
                while !content.isAtEnd { try insert(readPlainKey(&content), into: \.keys) }
            case 3:
                while !content.isAtEnd { try insert(readDigest(20, from: &content), into: \.sha1Fingerprints) }
            case 5:
                while !content.isAtEnd { try insert(readDigest(32, from: &content), into: \.sha256Fingerprints) }
            case 255: try skipExtension(&content)
            default: throw .malformed("KRL section \(section)")
            }
            try content.finish()
        }
    }

    /// PROTOCOL.krl §2.
    private mutating func readCertificates(_ reader: inout WireReader) throws(WireError) {
        let authority = Array(try reader.readString())
        if !authority.isEmpty {
            // Compared byte for byte later: one that is not in canonical form would silently revoke nothing.
            do throws(KeyError) { _ = try PublicKey(blob: authority) } catch {
                throw .malformed("KRL authority: \(error.description)")
            }
        }
        _ = try reader.readString()  // reserved
        while !reader.isAtEnd {
            let section = try reader.readByte()
            var content = WireReader(try reader.readString())
            switch section {
            case 0x20:
                while !content.isAtEnd {
                    let serial = try content.readUInt64()
                    try revoke(serial...serial, of: authority)
                }
            case 0x21:
                let first = try content.readUInt64()
                let last = try content.readUInt64()
                guard first <= last else { throw .malformed("KRL range from \(first) to \(last)") }
                try revoke(first...last, of: authority)
            case 0x22: try readBitmap(&content, of: authority)
            case 0x23:
                while !content.isAtEnd {
                    let keyID = Array(try content.readString(limit: Certificate.largestBlob))
                    guard !keyID.contains(0) else { throw .malformed("KRL key id with a NUL") }
                    try count()
                    list.certificates[authority, default: .init()].keyIDs.insert(keyID)
                }
            case 0x39: try skipExtension(&content)
            default: throw .malformed("KRL certificate section \(section)")
            }
            try content.finish()
        }
    }

    /// PROTOCOL.krl §2.3: bit N of the number stands for serial `offset + N`.
    private mutating func readBitmap(_ reader: inout WireReader, of authority: [UInt8]) throws(WireError) {
        let offset = try reader.readUInt64()
        let bitmap = Array(try reader.readPositiveInteger(bits: RevocationList.largestBitmapBits).reversed())
        var run: ClosedRange<UInt64>?
        // One step past the last bit, which is a zero, so that a run at the end is closed too.
        for bit in 0...bitmap.count * 8 {
            let isSet = bit < bitmap.count * 8 && bitmap[bit / 8] >> UInt8(bit % 8) & 1 == 1
            if isSet {
                let (serial, wraps) = offset.addingReportingOverflow(UInt64(bit))
                guard !wraps else { throw .malformed("KRL bitmap past the last serial") }
                run = (run?.lowerBound ?? serial)...serial
            } else if let ended = run {
                try revoke(ended, of: authority)
                run = nil
            }
        }
    }

    private mutating func revoke(_ range: ClosedRange<UInt64>, of authority: [UInt8]) throws(WireError) {
        // Serial 0 means "not numbered" (PROTOCOL.certkeys); OpenSSH refuses lists that name it.
        guard range.lowerBound > 0 else { throw .malformed("KRL serial 0") }
        try count()
        serials[authority, default: []].append(range)
    }

    /// PROTOCOL.krl §3: never a certificate. The blob may be of an algorithm that we do not read.
    private func readPlainKey(_ reader: inout WireReader) throws(WireError) -> [UInt8] {
        let blob = try reader.readString(limit: Certificate.largestBlob)
        var fields = WireReader(blob)
        guard try !fields.readText(limit: 64).hasSuffix("-cert-v01@openssh.com") else {
            throw .malformed("KRL key that is a certificate")
        }
        return Array(blob)
    }

    private func readDigest(_ length: Int, from reader: inout WireReader) throws(WireError) -> [UInt8] {
        let digest = try reader.readString(limit: length)
        guard digest.count == length else { throw .malformed("KRL fingerprint of \(digest.count) bytes") }
        return Array(digest)
    }

    /// PROTOCOL.krl §2.5 and §5.
    private func skipExtension(_ reader: inout WireReader) throws(WireError) {
        let name = try reader.readText(limit: 256)
        guard try !reader.readBoolean() else { throw .malformed("KRL critical extension \(printable(name))") }
        _ = try reader.readString()
    }

    private mutating func insert(_ entry: [UInt8], into set: WritableKeyPath<RevocationList, Set<[UInt8]>>) throws(WireError) {
        try count()
        list[keyPath: set].insert(entry)
    }

    private mutating func count() throws(WireError) {
        entries += 1
        guard entries <= RevocationList.mostEntries else { throw .tooLong(length: entries, limit: RevocationList.mostEntries) }
    }
}
