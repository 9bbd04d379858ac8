/// A message of the SSH agent protocol (RFC 9987): the two requests that a client needs for logging in, and their answers.
package enum AgentMessage: Equatable, Sendable {
    /// SSH_AGENT_FAILURE: the answer to everything that is not served.
    case failure
    /// SSH_AGENT_SUCCESS.
    case success
    /// SSH_AGENTC_REQUEST_IDENTITIES.
    case requestIdentities
    /// SSH_AGENT_IDENTITIES_ANSWER.
    case identities([Identity])
    /// SSH_AGENTC_SIGN_REQUEST.
    case signRequest(SignRequest)
    /// SSH_AGENT_SIGN_RESPONSE: a signature blob.
    case signResponse([UInt8])
    /// Any other type; its content was not looked at.
    case other(UInt8)

    package struct Identity: Equatable, Sendable {
        /// A plain key's or a certificate's blob.
        package var keyBlob: [UInt8]
        package var comment: String
        package init(keyBlob: [UInt8], comment: String) {
            self.keyBlob = keyBlob
            self.comment = comment
        }
    }

    package struct SignRequest: Equatable, Sendable {
        package var keyBlob: [UInt8]
        package var data: [UInt8]
        package var flags: UInt32
        package init(keyBlob: [UInt8], data: [UInt8], flags: UInt32) {
            self.keyBlob = keyBlob
            self.data = data
            self.flags = flags
        }

        /// SSH_AGENT_RSA_SHA2_256 and SSH_AGENT_RSA_SHA2_512.
        package static let rsaSHA256: UInt32 = 2
        package static let rsaSHA512: UInt32 = 4
    }

    /// A request carries one certificate and the data to be signed with it again: 64 KiB is four times what is needed.
    package static let largest = 65_536
    /// An agent here serves one credential.
    static let mostIdentities = 16

    /// The message numbers of RFC 9987.
    private enum Number {
        static let failure: UInt8 = 5
        static let success: UInt8 = 6
        static let requestIdentities: UInt8 = 11
        static let identitiesAnswer: UInt8 = 12
        static let signRequest: UInt8 = 13
        static let signResponse: UInt8 = 14
    }

    /// Reads a message without its length in front.
    package init(_ body: ArraySlice<UInt8>) throws(WireError) {
        guard body.count <= Self.largest else { throw .tooLong(length: body.count, limit: Self.largest) }
        var reader = WireReader(body)
        switch try reader.readByte() {
        case Number.failure: self = .failure
        case Number.success: self = .success
        case Number.requestIdentities: self = .requestIdentities
        case Number.identitiesAnswer:
            let count = try reader.readUInt32()
            guard count <= Self.mostIdentities else { throw .tooLong(length: Int(count), limit: Self.mostIdentities) }
            var identities: [Identity] = []
            for _ in 0..<count {
                identities.append(Identity(keyBlob: Array(try reader.readString()), comment: try reader.readText()))
            }
            self = .identities(identities)
        case Number.signRequest:
            let keyBlob = Array(try reader.readString())
            let data = Array(try reader.readString())
            self = .signRequest(SignRequest(keyBlob: keyBlob, data: data, flags: try reader.readUInt32()))
        case Number.signResponse: self = .signResponse(Array(try reader.readString()))
        case let number:
            self = .other(number)
            return
        }
        try reader.finish()
    }

    /// The message with its length in front, ready to be sent.
    package var encoded: [UInt8] {
        var body = WireWriter()
        switch self {
        case .failure: body.writeByte(Number.failure)
        case .success: body.writeByte(Number.success)
        case .requestIdentities: body.writeByte(Number.requestIdentities)
        case .identities(let identities):
            body.writeByte(Number.identitiesAnswer)
            body.writeUInt32(UInt32(identities.count))
            for identity in identities {
                body.writeString(identity.keyBlob)
                body.writeText(identity.comment)
            }
        case .signRequest(let request):
            body.writeByte(Number.signRequest)
            body.writeString(request.keyBlob)
            body.writeString(request.data)
            body.writeUInt32(request.flags)
        case .signResponse(let signature):
            body.writeByte(Number.signResponse)
            body.writeString(signature)
        case .other(let number): body.writeByte(number)
        }
        var message = WireWriter()
        message.writeString(body.bytes)
        return message.bytes
    }
}
