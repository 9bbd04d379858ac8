import Testing

@testable import OpenSSHKeys

struct SignatureTests {
    let keys = GeneratedKeys.shared
    let data = Array("what is signed".utf8)

    struct Vector: Sendable, CustomTestStringConvertible {
        let key: String
        let algorithm: SignatureAlgorithm
        var testDescription: String { algorithm.rawValue }
    }

    static let vectors = [
        Vector(key: "ed25519", algorithm: .ed25519), Vector(key: "ecdsa256", algorithm: .ecdsa256),
        Vector(key: "ecdsa384", algorithm: .ecdsa384), Vector(key: "ecdsa521", algorithm: .ecdsa521),
        Vector(key: "rsa", algorithm: .rsaSHA256), Vector(key: "rsa", algorithm: .rsaSHA512),
    ]

    @Test(arguments: vectors)
    func `a signature holds for its data, its key and its algorithm only`(_ vector: Vector) throws {
        let key = try keys.privateKey(vector.key)
        let signature = try key.sign(data, algorithm: vector.algorithm)
        #expect(key.publicKey.isValidSignature(signature, over: data, allowing: [vector.algorithm]))
        #expect(!key.publicKey.isValidSignature(signature, over: data + [0], allowing: [vector.algorithm]))
        #expect(!key.publicKey.isValidSignature(signature, over: [], allowing: [vector.algorithm]))
        let others = Set(SignatureAlgorithm.allCases).subtracting([vector.algorithm])
        #expect(!key.publicKey.isValidSignature(signature, over: data, allowing: others))
        #expect(!(try keys.publicKey(vector.key + "-ca").isValidSignature(signature, over: data, allowing: [vector.algorithm])))
    }

    @Test(arguments: vectors)
    func `no prefix and no change of a byte leaves a signature valid`(_ vector: Vector) throws {
        let key = try keys.privateKey(vector.key)
        let signature = try key.sign(data, algorithm: vector.algorithm)
        let all = Set(SignatureAlgorithm.allCases)
        for length in 0..<signature.count {
            #expect(!key.publicKey.isValidSignature(Array(signature.prefix(length)), over: data, allowing: all))
        }
        #expect(!key.publicKey.isValidSignature(signature + [0], over: data, allowing: all))
        for index in signature.indices {
            var changed = signature
            changed[index] ^= UInt8(1 << (index % 8))
            #expect(!key.publicKey.isValidSignature(changed, over: data, allowing: all), "byte \(index)")
        }
    }

    @Test(arguments: GeneratedKeys.names)
    func `signatures that ssh-keygen makes are valid`(_ name: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(data, to: "message")
        try Tool.keygen("-q", "-Y", "sign", "-f", keys.path(name), "-n", "test", folder("message"))
        let text = try folder.text(of: "message.sig").split(separator: "\n").dropFirst().dropLast().joined()
        // PROTOCOL.sshsig
        var reader = WireReader(try #require(Base64.decode(text)))
        #expect(try Array(reader.readBytes(6)) == Array("SSHSIG".utf8))
        #expect(try reader.readUInt32() == 1)
        #expect(try Array(reader.readString()) == keys.publicKey(name).blob)
        #expect(try reader.readText() == "test")
        _ = try reader.readString()
        #expect(try reader.readText() == "sha512")
        let signature = Array(try reader.readString())
        try reader.finish()
        let digest = try #require(Base64.decode(try opensslSHA512(folder("message"))))
        var signed = WireWriter()
        signed.writeBytes(Array("SSHSIG".utf8))
        signed.writeText("test")
        signed.writeString([])
        signed.writeText("sha512")
        signed.writeString(digest)
        let key = try keys.publicKey(name)
        #expect(key.isValidSignature(signature, over: signed.bytes, allowing: Set(SignatureAlgorithm.allCases)))
    }

    private func opensslSHA512(_ path: String) throws -> String {
        let output = try Tool.run("/usr/bin/openssl", ["dgst", "-sha512", path]).output
        let digits = Array(try #require(output.split(separator: " ").last).utf8).dropLast()
        let bytes = stride(from: digits.startIndex, to: digits.endIndex, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
        return Base64.encode(bytes)
    }

    @Test(arguments: vectors)
    func `a signature under the name of another algorithm is not valid`(_ vector: Vector) throws {
        let key = try keys.privateKey(vector.key)
        var reader = WireReader(try key.sign(data, algorithm: vector.algorithm))
        _ = try reader.readString()
        let content = try reader.readString()
        let names = SignatureAlgorithm.allCases.filter { $0 != vector.algorithm }.map(\.rawValue)
        for name in names + ["ssh-rsa", "ssh-dss", "", vector.algorithm.rawValue + "\0", vector.algorithm.rawValue.uppercased()] {
            var renamed = WireWriter()
            renamed.writeText(name)
            renamed.writeString(content)
            #expect(
                !key.publicKey.isValidSignature(renamed.bytes, over: data, allowing: Set(SignatureAlgorithm.allCases)), "\(name)")
        }
    }

    @Test func `the numbers of an ECDSA signature have one encoding and a range`() throws {
        let key = try keys.privateKey("ecdsa256")
        var outer = WireReader(try key.sign(data, algorithm: .ecdsa256))
        _ = try outer.readString()
        let numbers = try ECDSASignature(try outer.readString(), on: .p256)
        func isValid(_ r: [UInt8], _ s: [UInt8], extra: [UInt8] = []) -> Bool {
            var pair = WireWriter()
            pair.writeString(r)
            pair.writeString(s)
            pair.writeBytes(extra)
            var signature = WireWriter()
            signature.writeText("ecdsa-sha2-nistp256")
            signature.writeString(pair.bytes)
            return key.publicKey.isValidSignature(signature.bytes, over: data, allowing: [.ecdsa256])
        }
        func positive(_ magnitude: [UInt8]) -> [UInt8] { magnitude[0] >= 0x80 ? [0] + magnitude : magnitude }
        let r = positive(numbers.r)
        let s = positive(numbers.s)
        #expect(isValid(r, s))
        #expect(!isValid(r, s, extra: [0]))
        #expect(!isValid([0] + r, s))
        #expect(!isValid(r, [0, 0] + s))
        for zero: [UInt8] in [[], [0], [0, 0]] {
            #expect(!isValid(zero, s))
            #expect(!isValid(r, zero))
            #expect(!isValid(zero, zero))
        }
        /// FIPS 186-4 D.1.2.3: the order of the group, which is zero modulo itself.
        let order: [UInt8] = [
            0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBC, 0xE6, 0xFA, 0xAD, 0xA7,
            0x17, 0x9E,
            0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
        ]
        #expect(!isValid(order, s))
        #expect(!isValid(r, order))
        #expect(!isValid(r, [UInt8](repeating: 0x7F, count: 4000)))
    }

    @Test func `an RSA signature is as long as the modulus`() throws {
        let key = try keys.privateKey("rsa")
        var reader = WireReader(try key.sign(data, algorithm: .rsaSHA512))
        _ = try reader.readString()
        let content = Array(try reader.readString())
        for changed in [[0] + content, content + [0], Array(content.dropFirst()), [], [0], [UInt8](repeating: 0, count: 256)] {
            var signature = WireWriter()
            signature.writeText("rsa-sha2-512")
            signature.writeString(changed)
            #expect(!key.publicKey.isValidSignature(signature.bytes, over: data, allowing: [.rsaSHA512]))
        }
    }
}
