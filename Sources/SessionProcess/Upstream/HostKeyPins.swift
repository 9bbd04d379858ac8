internal import OpenSSHKeys

/// The host keys of one target, one of which it must show. There is no trust on first use.
struct HostKeyPins {
    private let blobs: [[UInt8]]

    init(_ blobs: [[UInt8]]) { self.blobs = blobs }

    /// What to offer in the key exchange (RFC 4253 §7.1): only algorithms for which a key is pinned, so that a target that also has
    /// other keys shows the one we know.
    var algorithms: [String] {
        var algorithms: [String] = []
        for blob in blobs {
            var reader = WireReader(blob)
            guard let name = try? reader.readText(limit: 64) else { continue }
            // RFC 8332 §3: the key type `ssh-rsa` signs with these.
            for algorithm in name == "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256"] : [name] where !algorithms.contains(algorithm) {
                algorithms.append(algorithm)
            }
        }
        return algorithms
    }

    func contain(_ shown: [UInt8]) -> Bool { blobs.contains(shown) }
}
