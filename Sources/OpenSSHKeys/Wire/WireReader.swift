/// Why bytes could not be read as RFC 4251 §5 data.
package enum WireError: Error, Equatable, Sendable {
    /// A field announced or needed more bytes than were left.
    case truncated(needed: Int, available: Int)
    /// All fields were read and bytes were left over.
    case trailingBytes(Int)
    /// A string is longer than the reader of that field accepts.
    case tooLong(length: Int, limit: Int)
    /// The bytes have the right length and mean nothing: a boolean of 7, text that is not UTF-8.
    case malformed(String)
}

/// Reads the data types of RFC 4251 §5 from untrusted bytes, front to back, never past the end.
///
/// A reader is a value: copying one keeps a position. Strings come back as slices that share storage with the input.
package struct WireReader: Sendable {
    private var rest: ArraySlice<UInt8>

    package init(_ bytes: ArraySlice<UInt8>) { rest = bytes }
    package init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// The bytes not read yet.
    package var remaining: ArraySlice<UInt8> { rest }
    package var isAtEnd: Bool { rest.isEmpty }

    package mutating func readBytes(_ count: Int) throws(WireError) -> ArraySlice<UInt8> {
        guard count >= 0, rest.count >= count else { throw .truncated(needed: count, available: rest.count) }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// RFC 4251 §5: `byte`.
    package mutating func readByte() throws(WireError) -> UInt8 {
        guard let byte = rest.popFirst() else { throw .truncated(needed: 1, available: 0) }
        return byte
    }

    /// RFC 4251 §5: `boolean`. Every value but 0 and 1 is refused: we wrote these messages ourselves, or compare them byte for byte.
    package mutating func readBoolean() throws(WireError) -> Bool {
        switch try readByte() {
        case 0: false
        case 1: true
        case let other: throw .malformed("boolean of \(other)")
        }
    }

    /// RFC 4251 §5: `uint32`, big-endian.
    package mutating func readUInt32() throws(WireError) -> UInt32 {
        try readBytes(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// RFC 4251 §5: `uint64`, big-endian.
    package mutating func readUInt64() throws(WireError) -> UInt64 {
        try readBytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// RFC 4251 §5: `string`, at most `limit` bytes.
    package mutating func readString(limit: Int = .max) throws(WireError) -> ArraySlice<UInt8> {
        let before = rest
        let length = Int(try readUInt32())
        guard length <= limit else {
            rest = before
            throw .tooLong(length: length, limit: limit)
        }
        guard rest.count >= length else {
            let available = rest.count
            rest = before
            throw .truncated(needed: length, available: available)
        }
        return try readBytes(length)
    }

    /// A `string` that has to be valid UTF-8, at most `limit` bytes.
    package mutating func readText(limit: Int = .max) throws(WireError) -> String {
        let bytes = try readString(limit: limit)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed("text that is not UTF-8") }
        return text
    }

    /// Ends the reading: nothing may be left.
    package func finish() throws(WireError) {
        guard rest.isEmpty else { throw .trailingBytes(rest.count) }
    }
}
