internal import MonitorProtocol
internal import OpenSSHKeys

/// What the agent of one route signs: log-ins of one user, with one key, on one SSH connection. Pure: message in, answer out.
///
/// The session process that talks to the agent also talks to strangers. Whatever it asks, it gets a signature over nothing but an authentication
/// request (RFC 4252 §7) for the granted login, bound to the first session identifier it named, and only a few of them.
struct RouteSigner: Sendable {
    /// libssh asks for one signature for each key; one more serves a client that asks for each RSA algorithm.
    static let mostSignatures = 4

    private let key: PrivateKey
    /// The blob that the agent offers: the plain key's, or a certificate's for it.
    private let offered: [UInt8]
    private let certificateName: String?
    private let login: String
    private let comment: String
    private let identifiers: SessionIdentifiers
    private(set) var boundIdentifier: [UInt8]?
    private var signatures = 0

    /// - Parameter certificate: certifies `key`; nil offers the plain key.
    init(key: PrivateKey, certificate: Certificate?, login: String, comment: String, identifiers: SessionIdentifiers) {
        self.key = key
        offered = certificate?.blob ?? key.publicKey.blob
        certificateName = certificate.map { $0.certifiedKey.algorithm.certificateName }
        self.login = login
        self.comment = comment
        self.identifiers = identifiers
    }

    /// The answer, and why it is a failure, for the log.
    mutating func answer(_ message: AgentMessage) -> (AgentMessage, refusal: String?) {
        switch message {
        case .requestIdentities:
            return (.identities([AgentMessage.Identity(keyBlob: offered, comment: comment)]), nil)
        case .signRequest(let request):
            do throws(Refusal) {
                return (.signResponse(try sign(request)), nil)
            } catch {
                return (.failure, error.reason)
            }
        // Adding keys, locking, extensions: an ordinary agent has them, this one does not.
        default: return (.failure, "a message that is not served")
        }
    }

    private struct Refusal: Error {
        let reason: String
    }

    private mutating func sign(_ request: AgentMessage.SignRequest) throws(Refusal) -> [UInt8] {
        guard signatures < Self.mostSignatures else { throw Refusal(reason: "too many signatures") }
        guard request.keyBlob == offered else { throw Refusal(reason: "another key") }
        guard let blob = try? UserAuthenticationBlob(request.data) else {
            throw Refusal(reason: "data that is no authentication request")
        }
        guard blob.user == login else { throw Refusal(reason: "another login") }
        guard blob.service == "ssh-connection" else { throw Refusal(reason: "another service") }
        guard blob.keyBlob == offered else { throw Refusal(reason: "another key in the authentication request") }
        let algorithm = try algorithm(for: blob, flags: request.flags)
        try bind(blob.sessionIdentifier)
        signatures += 1
        guard let signature = try? key.sign(request.data, algorithm: algorithm) else { throw Refusal(reason: "libcrypto failed") }
        return signature
    }

    /// The algorithm that the request names must be the key's, and for RSA the one that the flags ask for: never SHA-1.
    private func algorithm(for blob: UserAuthenticationBlob, flags: UInt32) throws(Refusal) -> SignatureAlgorithm {
        let algorithm: SignatureAlgorithm
        if key.publicKey.algorithm == .rsa {
            switch flags {
            case AgentMessage.SignRequest.rsaSHA256: algorithm = .rsaSHA256
            case AgentMessage.SignRequest.rsaSHA512: algorithm = .rsaSHA512
            default: throw Refusal(reason: "RSA with flags \(flags)")
            }
        } else {
            algorithm = key.preferredSignatureAlgorithm
        }
        guard blob.algorithm == certificateName ?? algorithm.rawValue else { throw Refusal(reason: "another algorithm") }
        return algorithm
    }

    private mutating func bind(_ identifier: [UInt8]) throws(Refusal) {
        if let boundIdentifier {
            guard identifier == boundIdentifier else { throw Refusal(reason: "another session identifier than before") }
        } else {
            guard identifiers.bind(identifier) else { throw Refusal(reason: "the session identifier of another route") }
            boundIdentifier = identifier
        }
    }
}
