/// A plain public key: never a certificate, never one that libcrypto would not take.
///
/// Blobs have one encoding for each key (integers are minimal, points uncompressed), so two keys are the same key exactly when their
/// blobs are equal.
package struct PublicKey: Hashable, Sendable {
    /// RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4 or PROTOCOL.u2f.
    package let blob: [UInt8]
    package let algorithm: KeyAlgorithm

    /// The longest blob: RSA with 16384 bits has 2.1 KiB.
    static let largestBlob = 4096

    /// Reads a key that somebody else wrote. Fails on unknown algorithms, trailing bytes, weak RSA and points off the curve.
    package init(blob: [UInt8]) throws(KeyError) {
        guard blob.count <= Self.largestBlob else { throw .wire(.tooLong(length: blob.count, limit: Self.largestBlob)) }
        var reader = WireReader(blob)
        let algorithm = try Self.readAlgorithm(from: &reader)
        let fields = try PublicKeyFields.read(algorithm, from: &reader)
        do throws(WireError) { try reader.finish() } catch { throw .wire(error) }
        try fields.requireStrength()
        _ = try EVPKey(publicKey: fields)  // a point off the curve must fail here, not when a signature is looked at
        self.blob = blob
        self.algorithm = algorithm
    }

    /// Puts a key together from fields that were read out of a certificate.
    init(_ algorithm: KeyAlgorithm, encodedFields: ArraySlice<UInt8>) throws(KeyError) {
        var writer = WireWriter()
        writer.writeText(algorithm.rawValue)
        writer.writeBytes(encodedFields)
        try self.init(blob: writer.bytes)
    }

    /// `SHA256:` and the unpadded base64 of the blob's digest, as `ssh-keygen -l` prints it.
    package var fingerprint: String { "SHA256:" + Base64.encode(sha256(blob), padding: false) }

    /// The fields after the name.
    var fields: PublicKeyFields {
        get throws(KeyError) {
            var reader = WireReader(blob)
            _ = try Self.readAlgorithm(from: &reader)
            return try PublicKeyFields.read(algorithm, from: &reader)
        }
    }

    private static func readAlgorithm(from reader: inout WireReader) throws(KeyError) -> KeyAlgorithm {
        let name: String
        do throws(WireError) { name = try reader.readText(limit: 64) } catch { throw .wire(error) }
        guard let algorithm = KeyAlgorithm(rawValue: name) else { throw .unsupportedAlgorithm(name) }
        return algorithm
    }
}
