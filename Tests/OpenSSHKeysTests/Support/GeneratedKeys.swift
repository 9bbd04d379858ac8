import Foundation
import OpenSSHKeys
import Testing

/// Keys that ssh-keygen made for this run of the tests: NAME and NAME.pub in a temporary folder.
struct GeneratedKeys: Sendable {
    /// Made once, used by all tests; gone at exit.
    static let shared: GeneratedKeys = {
        do {
            let keys = try GeneratedKeys()
            atexit { try? FileManager.default.removeItem(atPath: GeneratedKeys.shared.folder.path) }
            return keys
        } catch {
            fatalError("ssh-keygen cannot make the keys for the tests: \(error)")
        }
    }()

    /// A name, and how ssh-keygen makes such a key.
    struct Recipe: Sendable, CustomTestStringConvertible {
        let name: String
        let type: String
        let bits: String?
        var testDescription: String { name }
    }

    /// Those that Sallyport takes.
    static let recipes = [
        Recipe(name: "ed25519", type: "ed25519", bits: nil),
        Recipe(name: "ecdsa256", type: "ecdsa", bits: "256"),
        Recipe(name: "ecdsa384", type: "ecdsa", bits: "384"),
        Recipe(name: "ecdsa521", type: "ecdsa", bits: "521"),
        Recipe(name: "rsa", type: "rsa", bits: "2048"),
    ]

    /// The names of keys for users, and with `-ca` behind them of authorities.
    static let names = recipes.map(\.name)

    let folder: TemporaryFolder

    private init() throws {
        folder = try TemporaryFolder()
        let refused = [Recipe(name: "rsa1024", type: "rsa", bits: "1024"), Recipe(name: "dsa", type: "dsa", bits: nil)]
        for recipe in Self.recipes + refused {
            for name in [recipe.name, recipe.name + "-ca"] {
                let bits = recipe.bits.map { ["-b", $0] } ?? []
                try Tool.keygen(["-q", "-t", recipe.type, "-N", "", "-C", "of the tests", "-f", folder(name)] + bits)
            }
        }
        for name in ["stranger-ca", "revoked-ca", "revoked", "revoked-by-hash"] {
            try Tool.keygen("-q", "-t", "ed25519", "-N", "", "-f", folder(name))
        }
    }

    func path(_ name: String) -> String { folder(name) }

    func privateKey(_ name: String) throws -> PrivateKey { try PrivateKey(openSSHFile: folder.bytes(of: name)) }

    func publicLine(_ name: String) throws -> String {
        try folder.text(of: name + ".pub").trimmingCharacters(in: .newlines)
    }

    func publicKey(_ name: String) throws -> PublicKey { try PublicKey(line: publicLine(name)) }

    /// The blob of a key that `PublicKey` may refuse.
    func publicBlob(_ name: String) throws -> [UInt8] {
        try #require(Base64.decode(try publicLine(name).split(separator: " ")[1]))
    }
}
