internal import OpenSSHKeys

/// The most bytes that a field of a message may have (PROTOCOL.monitor). A decoder refuses more.
///
/// The sender cuts texts that only people read. Where a cut would change the meaning (names, commands, keys) it checks before it sends: a
/// session process that sends too much is ended by the monitor.
package enum MessageLimit {
    /// The user name of SSH_MSG_USERAUTH_REQUEST.
    package static let userName = 512
    /// A certificate blob; OpenSSH's with an RSA key of 16384 bits and some dozen principals stays below 8 KiB.
    package static let certificate = 16 * 1024
    /// Host of a tunnel, target, login. A DNS name has at most 253 bytes.
    package static let name = 512
    /// An exec command, a subsystem's name, the words at the desk, `force-command`.
    package static let command = 64 * 1024
    /// `TERM`.
    package static let terminalName = 256
    /// A signal's name, cut by the sender.
    package static let signalName = 64
    /// A sentence for a person or for the log, cut by the sender.
    package static let sentence = 1024
    /// A verdict, or the name of a rule.
    package static let word = 64
    /// Reasons in `PolicyFacts`; the sender leaves out more. Together they fit into a message.
    package static let reasons = 16
    /// What the desk shows, cut by the sender.
    package static let deskText = 96 * 1024
    /// A private or public host key, or a password.
    package static let key = 16 * 1024
    /// Elements of a list: host keys, pinned keys, names of environment variables.
    package static let listCount = 256
    /// A path of an sftp request, in each of its forms (`SFTPLimit.path`).
    package static let path = 4096
    /// Events of sftp requests in one message.
    package static let fileEvents = 64
    /// Reports about lines in one message.
    package static let lineReports = 64
    /// Requests for approvals in one message: each has sentences beside its command.
    package static let deskApprovals = 16
    /// One name of an environment variable.
    package static let environmentName = 256
}

extension WireWriter {
    /// A `string` of at most `limit` bytes: longer text is cut before the character that does not fit.
    mutating func writeText(_ text: String, cutAt limit: Int) {
        guard text.utf8.count > limit else { return writeText(text) }
        var kept = ""
        var length = 0
        for scalar in text.unicodeScalars {
            length += scalar.utf8.count
            if length > limit { break }
            kept.unicodeScalars.append(scalar)
        }
        writeText(kept)
    }

    /// `uint32` count, then each element.
    mutating func writeList<Element>(_ elements: [Element], _ write: (inout WireWriter, Element) -> Void) {
        writeUInt32(UInt32(elements.count))
        for element in elements { write(&self, element) }
    }

    /// `boolean` whether there is a value, then the value.
    mutating func writeOptional<Value>(_ value: Value?, _ write: (inout WireWriter, Value) -> Void) {
        writeBoolean(value != nil)
        if let value { write(&self, value) }
    }
}

extension WireReader {
    /// `uint32` count of at most `most`, then each element.
    mutating func readList<Element>(
        most: Int = MessageLimit.listCount, _ read: (inout WireReader) throws(WireError) -> Element
    ) throws(WireError) -> [Element] {
        let count = Int(try readUInt32())
        guard count <= most else { throw .tooLong(length: count, limit: most) }
        var elements: [Element] = []
        for _ in 0..<count { elements.append(try read(&self)) }
        return elements
    }

    /// `boolean` whether there is a value, then the value.
    mutating func readOptional<Value>(
        _ read: (inout WireReader) throws(WireError) -> Value
    ) throws(WireError) -> Value? {
        try readBoolean() ? try read(&self) : nil
    }

    /// `byte`: the tag of one case.
    mutating func readTag<Tag: RawRepresentable<UInt8>>(_ type: Tag.Type) throws(WireError) -> Tag {
        let byte = try readByte()
        guard let tag = Tag(rawValue: byte) else { throw .malformed("\(type) of \(byte)") }
        return tag
    }

    /// `uint32` within `range`.
    mutating func readUInt32(in range: ClosedRange<UInt32>, _ what: String) throws(WireError) -> UInt32 {
        let value = try readUInt32()
        guard range.contains(value) else { throw .malformed("\(what) of \(value)") }
        return value
    }
}
