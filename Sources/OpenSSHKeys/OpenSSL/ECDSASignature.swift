internal import COpenSSL

/// The two numbers of an ECDSA signature, between SSH's encoding and ASN.1.
struct ECDSASignature {
    /// Big-endian, no leading zeros, not zero.
    let r: [UInt8]
    let s: [UInt8]

    /// Reads RFC 5656 §3.1.2: two mpints and nothing after them.
    init(_ encoded: ArraySlice<UInt8>, on curve: EllipticCurve) throws(WireError) {
        var reader = WireReader(encoded)
        r = Array(try reader.readPositiveInteger(bits: curve.bits))
        s = Array(try reader.readPositiveInteger(bits: curve.bits))
        try reader.finish()
    }

    /// Reads what libcrypto made (libcrypto: d2i_ECDSA_SIG).
    init(asn1: [UInt8]) throws(KeyError) {
        let signature: OpaquePointer? = asn1.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            return d2i_ECDSA_SIG(nil, &position, bytes.count)
        }
        guard let signature else { throw takeLibcryptoError() }
        defer { ECDSA_SIG_free(signature) }
        r = magnitude(of: ECDSA_SIG_get0_r(signature))
        s = magnitude(of: ECDSA_SIG_get0_s(signature))
    }

    /// RFC 5656 §3.1.2.
    var encoded: [UInt8] {
        var writer = WireWriter()
        writer.writeInteger(r)
        writer.writeInteger(s)
        return writer.bytes
    }

    /// What libcrypto verifies (libcrypto: i2d_ECDSA_SIG).
    var asn1: [UInt8] {
        get throws(KeyError) {
            guard let signature = ECDSA_SIG_new() else { throw takeLibcryptoError() }
            defer { ECDSA_SIG_free(signature) }
            guard
                let first = BN_bin2bn(r, Int32(r.count), nil), let second = BN_bin2bn(s, Int32(s.count), nil),
                ECDSA_SIG_set0(signature, first, second) == 1
            else { throw takeLibcryptoError() }
            var start: UnsafeMutablePointer<UInt8>?
            let length = i2d_ECDSA_SIG(signature, &start)
            guard length > 0, let start else { throw takeLibcryptoError() }
            defer { CRYPTO_free(start, #fileID, #line) }
            return Array(UnsafeBufferPointer(start: start, count: Int(length)))
        }
    }
}

/// The number as big-endian bytes without leading zeros.
func magnitude(of number: OpaquePointer?) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (Int(BN_num_bits(number)) + 7) / 8)
    BN_bn2bin(number, &bytes)
    return bytes
}
