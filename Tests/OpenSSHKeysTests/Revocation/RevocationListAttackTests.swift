import Testing

@testable import OpenSSHKeys

/// Lists that ssh-keygen does not make.
struct RevocationListAttackTests {
    private func krl(_ sections: (type: UInt8, content: [UInt8])..., version: UInt32 = 1) -> [UInt8] {
        var writer = WireWriter()
        writer.writeBytes(Array("SSHKRL\n\0".utf8))
        writer.writeUInt32(version)
        for _ in 0..<3 { writer.writeUInt64(0) }
        writer.writeString([])
        writer.writeString([])
        for section in sections {
            writer.writeByte(section.type)
            writer.writeString(section.content)
        }
        return writer.bytes
    }

    /// A certificate section for all authorities, with one subsection.
    private func certificates(_ type: UInt8, _ content: [UInt8], authority: [UInt8] = []) -> (type: UInt8, content: [UInt8]) {
        var writer = WireWriter()
        writer.writeString(authority)
        writer.writeString([])
        writer.writeByte(type)
        writer.writeString(content)
        return (1, writer.bytes)
    }

    private func numbers(_ numbers: UInt64...) -> [UInt8] {
        var writer = WireWriter()
        for number in numbers { writer.writeUInt64(number) }
        return writer.bytes
    }

    private func bitmap(offset: UInt64, _ magnitude: [UInt8]) -> [UInt8] {
        var writer = WireWriter()
        writer.writeUInt64(offset)
        writer.writeInteger(magnitude)
        return writer.bytes
    }

    private func extensionSection(critical: Bool) -> [UInt8] {
        var writer = WireWriter()
        writer.writeText("note@example.com")
        writer.writeBoolean(critical)
        writer.writeString([])
        return writer.bytes
    }

    @Test func `sections that are not known are errors`() throws {
        _ = try RevocationList(file: krl())
        for type: UInt8 in [0, 4, 6, 254] { #expect(throws: KeyError.self) { try RevocationList(file: krl((type, []))) } }
        for type: UInt8 in [0, 0x1F, 0x24, 0xFF] {
            #expect(throws: KeyError.self) { try RevocationList(file: krl(certificates(type, []))) }
        }
    }

    @Test func `extensions are skipped unless they are critical`() throws {
        let optional = extensionSection(critical: false)
        let critical = extensionSection(critical: true)
        _ = try RevocationList(file: krl((255, optional), certificates(0x39, optional)))
        #expect(throws: KeyError.self) { try RevocationList(file: krl((255, critical))) }
        #expect(throws: KeyError.self) { try RevocationList(file: krl(certificates(0x39, critical))) }
    }

    @Test func `another format or version is an error`() {
        #expect(throws: KeyError.self) { try RevocationList(file: []) }
        #expect(throws: KeyError.self) { try RevocationList(file: Array("ssh-ed25519 AAAA".utf8)) }
        #expect(throws: KeyError.self) { try RevocationList(file: krl(version: 2)) }
    }

    @Test func `serial 0, ranges backwards and halves of numbers are errors`() throws {
        _ = try RevocationList(file: krl(certificates(0x21, numbers(1, .max))))
        for content in [numbers(0, 5), numbers(6, 5), numbers(5), numbers(1, 2, 3), []] {
            #expect(throws: KeyError.self) { try RevocationList(file: krl(certificates(0x21, content))) }
        }
        #expect(throws: KeyError.self) { try RevocationList(file: krl(certificates(0x20, numbers(0)))) }
        #expect(throws: KeyError.self) { try RevocationList(file: krl(certificates(0x20, numbers(1) + [0]))) }
    }

    @Test func `a bitmap does not wrap around, nor name serial 0`() throws {
        _ = try RevocationList(file: krl(certificates(0x22, bitmap(offset: .max, [1]))))
        _ = try RevocationList(file: krl(certificates(0x22, bitmap(offset: 0, [2]))))
        #expect(throws: KeyError.self) { try RevocationList(file: krl(certificates(0x22, bitmap(offset: .max, [2])))) }
        #expect(throws: KeyError.self) { try RevocationList(file: krl(certificates(0x22, bitmap(offset: 0, [1])))) }
    }

    @Test func `a bitmap cannot take more memory than a million ranges`() {
        let alternating = [UInt8](repeating: 0x55, count: 300_000)
        #expect(throws: KeyError.wire(.tooLong(length: 1_000_001, limit: 1_000_000))) {
            try RevocationList(file: krl(certificates(0x22, bitmap(offset: 1, alternating))))
        }
        #expect(throws: KeyError.self) {
            try RevocationList(file: krl(certificates(0x22, bitmap(offset: 1, [UInt8](repeating: 0xFF, count: (1 << 21) + 1)))))
        }
    }

    @Test func `a file has at most 16 MiB`() {
        #expect(throws: KeyError.wire(.tooLong(length: 16_777_217, limit: 16_777_216))) {
            try RevocationList(file: [UInt8](repeating: 0, count: 16_777_217))
        }
    }

    @Test func `an authority that is not understood, or is written in another way, is an error and not a list for nobody`() throws
    {
        let keys = GeneratedKeys.shared
        for name in ["dsa-ca", "rsa1024-ca"] {
            let section = certificates(0x20, numbers(1), authority: try keys.publicBlob(name))
            #expect(throws: KeyError.self) { try RevocationList(file: krl(section)) }
        }
        #expect(throws: KeyError.self) { try RevocationList(file: krl(certificates(0x20, numbers(1), authority: [1]))) }
    }

    @Test func `fingerprints have their length, keys are not certificates, key ids have no NUL`() throws {
        func strings(_ texts: [UInt8]...) -> [UInt8] { CertificateDraft.strings(texts) }
        for length in [0, 19, 21, 32] {
            #expect(throws: KeyError.self) { try RevocationList(file: krl((3, strings([UInt8](repeating: 1, count: length))))) }
        }
        for length in [0, 20, 31, 33] {
            #expect(throws: KeyError.self) { try RevocationList(file: krl((5, strings([UInt8](repeating: 1, count: length))))) }
        }
        let keys = GeneratedKeys.shared
        let draft = CertificateDraft(of: try keys.publicBlob("ed25519"), authority: try keys.publicBlob("ed25519-ca"))
        let certificate = try draft.signed(by: keys.privateKey("ed25519-ca"))
        #expect(throws: KeyError.self) { try RevocationList(file: krl((2, strings(certificate)))) }
        #expect(throws: KeyError.self) { try RevocationList(file: krl((2, strings([])))) }
        #expect(throws: KeyError.self) { try RevocationList(file: krl(certificates(0x23, strings(Array("alice\0".utf8))))) }
    }

    @Test func `ranges that touch or overlap are one`() {
        #expect(SerialRanges([5...9, 1...4, 8...20, 30...30]).ranges == [1...20, 30...30])
        #expect(SerialRanges([1 ... .max, 5...6]).ranges == [1 ... .max])
        #expect(SerialRanges([.max - 1 ... .max, .max ... .max]).contains(.max))
        #expect(!SerialRanges().contains(1))
    }
}
