internal import OpenSSHKeys

enum PublicKeyText {
    /// What is wrong with a line that is no public key, without a word of the line: it may be a private key.
    static func explanation(_ line: String, _ error: KeyError) -> String {
        if line.contains("PRIVATE KEY") {
            return "a private key, where a public key is expected: it does not belong here; remove it and make a new one"
        }
        let words = line.split { $0 == " " || $0 == "\t" }.prefix(4).map(String.init)
        if let first = words.first, KeyAlgorithm(certificateName: first) != nil {
            return "a certificate, where a plain public key is expected"
        }
        if words.dropFirst().contains(where: { KeyAlgorithm(rawValue: $0) != nil }),
            words.first.flatMap(KeyAlgorithm.init(rawValue:)) == nil
        {
            return
                "a public key line that starts with something else: leave out host names and options, and begin with the algorithm"
        }
        if words.first == "ssh-dss" { return "a DSA key: they are too weak; take another key of the same machine" }
        if words.count == 1 { return "not a public key line: it is an algorithm and base64 text, as in ssh-ed25519 AAAA…" }
        if case .unsupportedAlgorithm = error {
            return "not a public key line that starts with a known algorithm, such as ssh-ed25519"
        }
        return "not a public key: \(error)"
    }
}

extension Value {
    func publicKey() -> PublicKey? {
        guard let line = text("a public key line, as in ssh-ed25519 AAAA…") else { return nil }
        do throws(KeyError) {
            return try PublicKey(line: line)
        } catch {
            report(PublicKeyText.explanation(line, error))
            return nil
        }
    }
}
