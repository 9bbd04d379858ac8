import Testing

@testable import Vault

struct ValueFingerprintTests {
    @Test func `It is HMAC-SHA-256 of the rule, a zero byte and the digest, cut to 64 bits`() throws {
        // Python: hmac.new(bytes(range(32)), b"github-token\\0" + bytes([7]) * 32, "sha256").hexdigest()[:16]
        let fingerprint = ValueFingerprint(key: [UInt8](0..<32))
        #expect(try fingerprint.text(of: "github-token", digest: [UInt8](repeating: 7, count: 32)) == "c66ffaf714dda1ab")
    }

    @Test func `Another rule, value or key makes another`() throws {
        let (one, other) = (ValueFingerprint(key: [UInt8](0..<32)), ValueFingerprint(key: [UInt8](1..<33)))
        let digest = [UInt8](repeating: 7, count: 32)
        let all = [
            try one.text(of: "a", digest: digest), try one.text(of: "b", digest: digest),
            try one.text(of: "a", digest: [UInt8](repeating: 8, count: 32)), try other.text(of: "a", digest: digest),
        ]
        #expect(Set(all).count == 4)
    }
}
