import OpenSSHKeys
import Testing

struct DigestTests {
    /// FIPS 180-4 examples.
    @Test func `SHA-256 gives the published digests`() {
        #expect(
            Base64.encode(sha256([])) == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            "e3b0c442… of nothing")
        #expect(
            sha256(Array("abc".utf8)).prefix(4) == [0xBA, 0x78, 0x16, 0xBF])
    }

    @Test func `hashing in pieces is hashing at once`() {
        let bytes = randomBytes(1000)
        for cut in stride(from: 0, through: 1000, by: 37) {
            var hasher = SHA256Hasher()
            hasher.update(bytes[..<cut])
            hasher.update([])
            hasher.update(bytes[cut...])
            let digest = hasher.finalize()
            #expect(digest == sha256(bytes))
        }
    }

    @Test func `random bytes have the length asked for and differ`() {
        #expect(randomBytes(0).isEmpty)
        #expect(randomBytes(33).count == 33)
        #expect(randomBytes(32) != randomBytes(32))
    }

    @Test func `wiping leaves zeros`() {
        var secret = randomBytes(64)
        wipe(&secret)
        #expect(secret == [UInt8](repeating: 0, count: 64))
    }
}
