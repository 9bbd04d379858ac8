import OpenSSHKeys

extension CertificateTable {
    /// Type, validity, revocation.
    mutating func addStanding() throws {
        try keygen("for hosts", "-h", refusal: .notForUsers)
        try draft("of type 0", refusal: .notForUsers) { $0.type = 0 }
        try draft("of type 3", refusal: .notForUsers) { $0.type = 3 }
        try keygen("valid now", "-V", "-1h:+1h")
        try keygen("no longer valid", "-V", "-2h:-1h", refusal: .expired)
        try keygen("not valid yet", "-V", "+1h:+2h", refusal: .notYetValid)
        try draft("valid from 0 to the end of numbers") { ($0.validAfter, $0.validBefore) = (0, .max) }
        try draft("valid from the end to the beginning", refusal: .notYetValid) { ($0.validAfter, $0.validBefore) = (.max, 0) }
        try draft("valid never", refusal: .expired) { ($0.validAfter, $0.validBefore) = (0, 0) }
        try draft("revoked by serial", refusal: .revoked) { $0.serial = 666 }
        try draft("with the largest serial") { $0.serial = .max }
        try draft("without a serial") { $0.serial = 0 }
        try keygen("revoked by key id", keyID: "mallory", principals: "mallory,alice", refusal: .revoked)
        try keygen("revoked by key", key: "revoked", refusal: .revoked)
        try keygen("revoked by fingerprint", key: "revoked-by-hash", refusal: .revoked)
        try keygen("signed by a revoked authority", authority: "revoked-ca", refusal: .revoked)
    }

    /// Key id and principals.
    mutating func addNames() throws {
        let freeText = "the key id is free text to sshd; to Sallyport it is who somebody is"
        try keygen("of another who is also alice", keyID: "bob", principals: "bob,alice")
        try keygen("key id that is no principal", keyID: "bob", refusal: .nameNotAmongPrincipals, sshdAccepts: freeText)
        try keygen("key id in other case", keyID: "Alice", refusal: .nameNotAmongPrincipals, sshdAccepts: freeText)
        try draft("empty key id", refusal: .unusableName, sshdAccepts: freeText) { $0.keyID = [] }
        try keygen(
            "key id with a blank", keyID: "al ice", principals: "al ice,alice", refusal: .unusableName, sshdAccepts: freeText)
        try keygen(
            "key id that is a path", keyID: "../alice", principals: "../alice,alice", refusal: .unusableName,
            sshdAccepts: freeText)
        try draft("key id that clears the screen", refusal: .unusableName, sshdAccepts: freeText) {
            $0.keyID = Array("\u{1B}[2Jalice".utf8)
            $0.principals += CertificateDraft.strings("\u{1B}[2Jalice")
        }
        try draft("key id of 65 characters", refusal: .unusableName, sshdAccepts: freeText) {
            $0.keyID = [UInt8](repeating: 97, count: 65)
            $0.principals += CertificateDraft.strings($0.keyID)
        }
        try draft("key id of 10000 characters", refusal: .unusableName, sshdAccepts: freeText) {
            $0.keyID = [UInt8](repeating: 97, count: 10_000)
        }
        try draft("key id that is not UTF-8", refusal: .unreadable, sshdAccepts: freeText) { $0.keyID = [0xFF] }
        try draft("key id with a NUL inside", refusal: .unreadable) { $0.keyID = Array("alice\0bob".utf8) }
        try draft(
            "key id that ends with a NUL", refusal: .unreadable, sshdAccepts: "sshd drops it; here one name has one encoding"
        ) {
            $0.keyID = Array("alice\0".utf8)
        }
        try keygen("without principals", principals: nil, refusal: .noPrincipals)
        try keygen("for other principals", principals: "root,bob", refusal: .nameNotAmongPrincipals)
        try keygen("for many, with alice last", principals: "root,bob,alice")
        try draft("for alice twice") { $0.principals = CertificateDraft.strings("alice", "alice") }
        try draft("for a pattern", refusal: .nameNotAmongPrincipals) {
            $0.principals = CertificateDraft.strings("*", "alic?", "a*")
        }
        try draft("for ALICE", refusal: .nameNotAmongPrincipals) { $0.principals = CertificateDraft.strings("ALICE") }
        try draft("for alice in a list in one principal", refusal: .nameNotAmongPrincipals) {
            $0.principals = CertificateDraft.strings("root,alice")
        }
        try draft("for 256 principals") { $0.principals = CertificateDraft.strings(others(255) + [Array("alice".utf8)]) }
        try draft("for 257 principals", refusal: .unreadable) {
            $0.principals = CertificateDraft.strings([Array("alice".utf8)] + others(256))
        }
        try draft(
            "for an empty principal too", refusal: .unreadable,
            sshdAccepts: "it matches nobody in sshd; ssh-keygen refuses to make it"
        ) {
            $0.principals = CertificateDraft.strings("", "alice")
        }
        try draft("for a principal with a NUL inside", refusal: .unreadable) {
            $0.principals = CertificateDraft.strings("alice\0bob")
        }
        try draft(
            "for a principal that ends with a NUL", refusal: .unreadable,
            sshdAccepts: "sshd drops it; here one name has one encoding"
        ) {
            $0.principals = CertificateDraft.strings("alice\0")
        }
        try draft("for a principal cut short", refusal: .unreadable) { $0.principals.removeLast() }
        try draft("for principals with a byte more", refusal: .unreadable) { $0.principals.append(0) }
    }
}

private func others(_ count: Int) -> [[UInt8]] { (0..<count).map { Array("other\($0)".utf8) } }
