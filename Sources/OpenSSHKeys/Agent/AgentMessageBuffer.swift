/// Cuts the byte stream of an agent socket into messages. Holds at most one unfinished message and what was appended last.
package struct AgentMessageBuffer: Sendable {
    private var buffer: [UInt8] = []

    package init() {}

    package mutating func append(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

    /// The next whole message; nil when more bytes are needed. After an error the stream is useless: close it.
    package mutating func next() throws(WireError) -> AgentMessage? {
        guard buffer.count >= 4 else { return nil }
        var reader = WireReader(buffer)
        let length = Int(try reader.readUInt32())
        guard length <= AgentMessage.largest else { throw .tooLong(length: length, limit: AgentMessage.largest) }
        guard reader.remaining.count >= length else { return nil }
        let message = try AgentMessage(try reader.readBytes(length))
        buffer.removeFirst(4 + length)
        return message
    }
}
