internal import CLibSSH

/// The algorithms that Sallyport offers, on both sides, in this order. libssh's own defaults include what `ssh-audit` complains about.
enum AlgorithmPreferences {
    /// RFC 8731, RFC 5656, RFC 8268. No group exchange: it reads a moduli file. libssh 0.10 speaks no post-quantum method.
    static let keyExchange =
        "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,"
        + "diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256"
    /// RFC 5647 as OpenSSH does it, then chacha20-poly1305 (PROTOCOL.chacha20poly1305), then RFC 4344.
    static let ciphers =
        "aes256-gcm@openssh.com,aes128-gcm@openssh.com,chacha20-poly1305@openssh.com,aes256-ctr,aes192-ctr,aes128-ctr"
    /// RFC 6668, encrypt-then-MAC first. SHA-1 is left out.
    static let messageAuthentication =
        "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512"
    /// RFC 8709, RFC 5656, RFC 8332.
    static let hostKeys =
        "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512,rsa-sha2-256"
    /// Signature algorithms of users' keys, sent as `server-sig-algs` (RFC 8308 §3.1). RSA with SHA-1 is left out.
    static let userKeys =
        "ssh-ed25519,sk-ssh-ed25519@openssh.com,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,"
        + "sk-ecdsa-sha2-nistp256@openssh.com,rsa-sha2-512,rsa-sha2-256"
    /// Bits. NIST SP 800-131A; OpenSSH's RequiredRSASize allows 1024.
    static let smallestRSAKey: Int32 = 2048
}
