import Testing

@testable import OpenSSHKeys

/// Keys that nobody has, put together to be taken for some.
struct PublicKeyAttackTests {
    let keys = GeneratedKeys.shared

    private func rsa(exponent: [UInt8], modulus: [UInt8]) -> [UInt8] {
        var writer = WireWriter()
        writer.writeText("ssh-rsa")
        writer.writeInteger(exponent)
        writer.writeInteger(modulus)
        return writer.bytes
    }

    private func ecdsa(name: String, curve: String, point: [UInt8]) -> [UInt8] {
        var writer = WireWriter()
        writer.writeText(name)
        writer.writeText(curve)
        writer.writeString(point)
        return writer.bytes
    }

    private func modulus() throws -> [UInt8] {
        guard case .rsa(_, let modulus) = try keys.publicKey("rsa").fields else { return [] }
        return modulus
    }

    @Test func `an RSA exponent of 1, with which everybody signs, is refused`() throws {
        let modulus = try modulus()
        for exponent: [UInt8] in [[], [1], [2], [4], [1, 0, 0]] {
            #expect(throws: KeyError.self) { try PublicKey(blob: rsa(exponent: exponent, modulus: modulus)) }
        }
        _ = try PublicKey(blob: rsa(exponent: [3], modulus: modulus))
    }

    @Test func `an RSA exponent or modulus that makes verification slow is refused`() throws {
        let modulus = try modulus()
        #expect(throws: KeyError.self) {
            try PublicKey(blob: rsa(exponent: [1] + [UInt8](repeating: 1, count: 8), modulus: modulus))
        }
        #expect(throws: KeyError.self) { try PublicKey(blob: rsa(exponent: modulus, modulus: modulus)) }
        #expect(throws: KeyError.self) { try PublicKey(blob: rsa(exponent: [3], modulus: [UInt8](repeating: 0xFF, count: 2049))) }
        _ = try PublicKey(blob: rsa(exponent: [3], modulus: [UInt8](repeating: 0xFF, count: 2048)))
    }

    @Test func `an even RSA modulus, or one of 2047 bits, is refused`() throws {
        var modulus = try modulus()
        modulus[255] &= 0xFE
        #expect(throws: KeyError.invalid("an even RSA modulus")) { try PublicKey(blob: rsa(exponent: [3], modulus: modulus)) }
        modulus[255] |= 1
        modulus[0] = 0x7F
        #expect(throws: KeyError.self) { try PublicKey(blob: rsa(exponent: [3], modulus: modulus)) }
    }

    @Test func `an RSA modulus with a needless zero in front is another blob, and refused`() throws {
        var writer = WireWriter()
        writer.writeText("ssh-rsa")
        writer.writeInteger([1, 0, 1])
        writer.writeString([0, 0] + (try modulus()))
        #expect(throws: KeyError.self) { try PublicKey(blob: writer.bytes) }
    }

    @Test func `the curve inside has to be the curve of the name`() throws {
        let point = Array(try keys.publicBlob("ecdsa256").suffix(65))
        for curve in ["nistp384", "nistp521", "nistp25", "nistp256\0", "", "NISTP256"] {
            #expect(throws: KeyError.self) { try PublicKey(blob: ecdsa(name: "ecdsa-sha2-nistp256", curve: curve, point: point)) }
        }
        #expect(throws: KeyError.self) {
            try PublicKey(blob: ecdsa(name: "ecdsa-sha2-nistp384", curve: "nistp384", point: point))
        }
        #expect(throws: KeyError.self) {
            try PublicKey(blob: ecdsa(name: "ecdsa-sha2-nistp384", curve: "nistp256", point: point))
        }
    }

    @Test func `a point off its curve, at infinity, compressed or hybrid is refused`() throws {
        for (name, curve, length) in [("ecdsa256", "nistp256", 65), ("ecdsa384", "nistp384", 97), ("ecdsa521", "nistp521", 133)] {
            let algorithm = "ecdsa-sha2-" + curve
            let point = Array(try keys.publicBlob(name).suffix(length))
            var off = point
            off[length - 1] ^= 1
            var hybrid = point
            hybrid[0] = 6 | (point[length - 1] & 1)
            let compressed = [2 | (point[length - 1] & 1)] + point[1...(length / 2)]
            let origin = [4] + [UInt8](repeating: 0, count: length - 1)
            let beyondField = [4] + [UInt8](repeating: 0xFF, count: length - 1)
            for bad in [off, hybrid, compressed, [0], [], origin, beyondField, point + [0]] {
                #expect(throws: KeyError.self) { try PublicKey(blob: ecdsa(name: algorithm, curve: curve, point: bad)) }
            }
            _ = try PublicKey(blob: ecdsa(name: algorithm, curve: curve, point: point))
        }
    }

    @Test func `an Ed25519 key has 32 bytes`() throws {
        for length in [0, 31, 33, 64] {
            var writer = WireWriter()
            writer.writeText("ssh-ed25519")
            writer.writeString([UInt8](repeating: 9, count: length))
            #expect(throws: KeyError.self) { try PublicKey(blob: writer.bytes) }
        }
    }

    @Test func `names that OpenSSH also takes for a key type are unknown here`() throws {
        let fields = try keys.publicBlob("rsa").dropFirst(4 + 7)
        for name in ["rsa-sha2-256", "rsa-sha2-512", "RSA", "SSH-RSA", "ssh-rsa\0", ""] {
            var writer = WireWriter()
            writer.writeText(name)
            writer.writeBytes(fields)
            #expect(throws: KeyError.unsupportedAlgorithm(name)) { try PublicKey(blob: writer.bytes) }
        }
    }

    @Test func `errors do not stay in libcrypto's queue, where libssh would find them`() throws {
        var point = Array(try keys.publicBlob("ecdsa256").suffix(65))
        point[64] ^= 1
        _ = try? PublicKey(blob: ecdsa(name: "ecdsa-sha2-nistp256", curve: "nistp256", point: point))
        #expect(takeLibcryptoError() == .libcrypto("no reason given"))
    }
}
