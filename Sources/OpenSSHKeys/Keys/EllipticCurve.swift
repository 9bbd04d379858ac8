/// The curves that RFC 5656 §10.1 requires.
enum EllipticCurve: String, Sendable {
    case p256 = "nistp256"
    case p384 = "nistp384"
    case p521 = "nistp521"

    /// As in key blobs.
    var name: String { rawValue }

    /// As OpenSSL 3 names the group (EVP_PKEY-EC(7)).
    var groupName: StaticString {
        switch self {
        case .p256: "P-256"
        case .p384: "P-384"
        case .p521: "P-521"
        }
    }

    /// Bits of a coordinate, and of the group's order.
    var bits: Int {
        switch self {
        case .p256: 256
        case .p384: 384
        case .p521: 521
        }
    }

    /// SEC 1 §2.3.3: a 4, then both coordinates.
    var pointLength: Int { 1 + 2 * ((bits + 7) / 8) }
}
