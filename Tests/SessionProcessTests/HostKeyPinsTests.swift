import OpenSSHKeys
import Testing

@testable import SessionProcess

@Suite struct `Pinned host keys` {
    private func blob(_ type: String, _ content: UInt8) -> [UInt8] {
        var writer = WireWriter()
        writer.writeText(type)
        writer.writeString([content])
        return writer.bytes
    }

    @Test func `only algorithms of pinned keys are asked for, RSA by its SHA-2 signatures`() {
        let pins = HostKeyPins([blob("ssh-rsa", 1), blob("ssh-ed25519", 2), blob("ssh-ed25519", 3)])
        #expect(pins.algorithms == ["rsa-sha2-512", "rsa-sha2-256", "ssh-ed25519"])
    }

    @Test func `a key of the right type with other bytes is not contained`() {
        let pins = HostKeyPins([blob("ssh-ed25519", 2)])
        #expect(pins.contain(blob("ssh-ed25519", 2)))
        #expect(!pins.contain(blob("ssh-ed25519", 3)))
        #expect(!pins.contain([]))
        #expect(!HostKeyPins([]).contain(blob("ssh-ed25519", 2)))
    }
}
