/// Cuts the byte stream of an agent socket into messages. Holds at most one unfinished message and what was appended last.
package struct AgentMessageBuffer: Sendable {
    private var buffer: [UInt8] = []

    package init() {}

    package mutating func append(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

    /// The next whole message; nil when more bytes are needed. After an error the stream is useless: close it.
    package mutating func next() throws(WireError) -> AgentMessage? {
        var reader = WireReader(buffer)
        do throws(WireError) {
            let body = try reader.readString(limit: AgentMessage.largest)
            let message = try AgentMessage(Array(body)[...])
            buffer.removeFirst(4 + body.count)
            return message
        } catch {
            let isUnfinished =
                buffer.count < 4 || (try? WireReader(buffer).announcedLength()).map { buffer.count < 4 + $0 } == true
            guard isUnfinished, case .truncated = error else { throw error }
            return nil
        }
    }
}

extension WireReader {
    fileprivate func announcedLength() throws(WireError) -> Int {
        var copy = self
        return Int(try copy.readUInt32())
    }
}
