import OpenSSHKeys
import Testing

struct AgentMessageTests {
    static let messages: [AgentMessage] = [
        .failure, .success, .requestIdentities, .identities([]),
        .identities([.init(keyBlob: [1, 2], comment: "one"), .init(keyBlob: [], comment: "")]),
        .signRequest(.init(keyBlob: [1], data: [2, 3], flags: AgentMessage.SignRequest.rsaSHA512)), .signResponse([4, 5, 6]),
        .other(27),
    ]

    @Test func `messages come back, also when they come byte by byte`() throws {
        var buffer = AgentMessageBuffer()
        var received: [AgentMessage] = []
        for byte in Self.messages.flatMap(\.encoded) {
            buffer.append([byte])
            while let message = try buffer.next() { received.append(message) }
        }
        #expect(received == Self.messages)
    }

    @Test func `messages come back when they come all at once`() throws {
        var buffer = AgentMessageBuffer()
        buffer.append(Self.messages.flatMap(\.encoded))
        for message in Self.messages { #expect(try buffer.next() == message) }
        #expect(try buffer.next() == nil)
    }

    @Test(arguments: messages)
    func `no prefix of a body is a message, and nothing may follow`(_ message: AgentMessage) throws {
        let body = message.encoded.dropFirst(4)
        for length in 0..<body.count { #expect(throws: WireError.self) { try AgentMessage(body.prefix(length)) } }
        if case .other = message { return }  // types that are not served are answered with failure, whatever is in them
        #expect(throws: WireError.self) { try AgentMessage(body + [0]) }
    }

    @Test func `what announces more than 64 KiB is refused at once`() {
        var buffer = AgentMessageBuffer()
        buffer.append([0, 1, 0, 1])
        #expect(throws: WireError.tooLong(length: 65_537, limit: 65_536)) { try buffer.next() }
    }

    @Test func `an empty message is an error, not a wait`() {
        var buffer = AgentMessageBuffer()
        buffer.append([0, 0, 0, 0])
        #expect(throws: WireError.self) { try buffer.next() }
    }

    @Test func `an answer that promises four milliards of keys is refused`() {
        #expect(throws: WireError.self) { try AgentMessage([12, 0xFF, 0xFF, 0xFF, 0xFF]) }
    }
}
