import OpenSSHKeys
import Testing

/// One row of the table: a certificate, what Sallyport says to it, and what sshd says.
struct CertificateCase {
    /// What sshd is expected to do with it, and when that is not what Sallyport does, why.
    enum Comparison {
        case same
        /// The reason why Sallyport is stricter. There is no case for laxer.
        case sshdAccepts(because: String)
    }

    let name: String
    /// The key that the certificate is for.
    let key: String
    /// The whole blob.
    let blob: [UInt8]
    /// Nil when Sallyport accepts it.
    let refusal: CertificateRefusal.Code?
    let comparison: Comparison
    /// What the command prints that sshd runs in the end, when it is another than the client's.
    var output: String?

    /// The line that goes into a certificate file.
    var line: String {
        var reader = WireReader(blob)
        let name = (try? reader.readText()) ?? "ssh-ed25519-cert-v01@openssh.com"
        return "\(name) \(Base64.encode(blob)) \(key)"
    }
}

/// Collects the rows of the table.
struct CertificateTable {
    private(set) var cases: [CertificateCase] = []
    let keys = GeneratedKeys.shared

    /// A row whose certificate ssh-keygen makes.
    /// - Parameter arguments: besides the authority, the key and the defaults: key id and principal `alice`, serial 7.
    mutating func keygen(
        _ name: String, key: String = "ed25519", authority: String = "ed25519-ca", keyID: String = "alice",
        principals: String? = "alice",
        _ arguments: String..., refusal: CertificateRefusal.Code? = nil, sshdAccepts reason: String? = nil, output: String? = nil
    ) throws {
        let folder = try TemporaryFolder()
        try folder.write(try keys.publicLine(key), to: "key.pub")
        try Tool.keygen(
            ["-q", "-s", keys.path(authority), "-I", keyID, "-z", "7"] + (principals.map { ["-n", $0] } ?? []) + arguments
                + [folder("key.pub")])
        let words = try folder.text(of: "key-cert.pub").split(separator: " ")
        add(name, key: key, blob: try #require(Base64.decode(words[1])), refusal, reason, output)
    }

    /// A row whose certificate is made by hand, and then signed by an authority in good standing.
    mutating func draft(
        _ name: String, key: String = "ed25519", authority: String = "ed25519-ca", refusal: CertificateRefusal.Code? = nil,
        sshdAccepts reason: String? = nil, output: String? = nil, _ change: (inout CertificateDraft) throws -> Void
    ) throws {
        var draft = CertificateDraft(of: try keys.publicBlob(key), authority: try keys.publicBlob(authority))
        try change(&draft)
        add(name, key: key, blob: try draft.signed(by: keys.privateKey(authority)), refusal, reason, output)
    }

    /// A row whose signature is made by hand.
    mutating func signature(
        _ name: String, key: String = "ed25519", authority: String = "ed25519-ca", refusal: CertificateRefusal.Code,
        sshdAccepts reason: String? = nil, _ sign: (_ body: [UInt8], _ authority: PrivateKey) throws -> [UInt8]
    ) throws {
        let draft = CertificateDraft(of: try keys.publicBlob(key), authority: try keys.publicBlob(authority))
        let authority = try keys.privateKey(authority)
        add(name, key: key, blob: try draft.signed { try sign($0, authority) }, refusal, reason, nil)
    }

    mutating func add(
        _ name: String, key: String, blob: [UInt8], _ refusal: CertificateRefusal.Code?, _ reason: String? = nil,
        _ output: String? = nil
    ) {
        cases.append(
            CertificateCase(
                name: name, key: key, blob: blob, refusal: refusal, comparison: reason.map { .sshdAccepts(because: $0) } ?? .same,
                output: output))
    }
}
