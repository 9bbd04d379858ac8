internal import Foundation
internal import OpenSSHKeys

/// A user's public key as a file or standard input has it.
enum PublicKeyFile {
    /// An RSA key of 16384 bits has 2.8 KB, and a comment.
    private static let largest = 64 * 1024

    static func read(_ path: String) throws(ToolFailure) -> PublicKey {
        let shown = path == "-" ? "standard input" : SafeText.escaped(path)
        var bytes = try InputFile.read(path, atMost: largest, called: "public key")
        defer { wipe(&bytes) }
        let text = String(decoding: bytes, as: UTF8.self)
        guard !text.contains("PRIVATE KEY-----"), !text.hasPrefix("PuTTY-User-Key-File") else {
            throw ToolFailure("\(shown) holds a private key; give the public one, the file that ends in .pub")
        }
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
        guard lines.count == 1, let line = lines.first else {
            throw ToolFailure("\(shown) holds \(lines.count) lines; a public key file has one: `ssh-ed25519 AAAA… comment`")
        }
        do { return try PublicKey(line: line) } catch {
            throw ToolFailure("\(shown) is no OpenSSH public key that Sallyport can certify: \(SafeText.escaped("\(error)"))")
        }
    }
}
