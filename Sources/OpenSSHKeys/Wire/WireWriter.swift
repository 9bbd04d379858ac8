/// Writes the data types of RFC 4251 §5, one after another.
package struct WireWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// For secrets: as long as no more than `capacity` bytes are written, the bytes do not move, and leave no copies behind in memory.
    package init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// Overwrites what was written.
    package mutating func wipeAll() { wipe(&bytes) }

    package mutating func writeBytes(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    /// RFC 4251 §5: `byte`.
    package mutating func writeByte(_ value: UInt8) { bytes.append(value) }

    /// RFC 4251 §5: `boolean`.
    package mutating func writeBoolean(_ value: Bool) { bytes.append(value ? 1 : 0) }

    /// RFC 4251 §5: `uint32`, big-endian.
    package mutating func writeUInt32(_ value: UInt32) {
        for shift in stride(from: 24, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
    }

    /// RFC 4251 §5: `uint64`, big-endian.
    package mutating func writeUInt64(_ value: UInt64) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift))) }
    }

    /// RFC 4251 §5: `string`.
    package mutating func writeString(_ value: some Collection<UInt8>) {
        precondition(value.count <= Int(UInt32.max), "an SSH string holds at most 2^32-1 bytes")
        writeUInt32(UInt32(value.count))
        bytes.append(contentsOf: value)
    }

    /// A `string` of UTF-8 text.
    package mutating func writeText(_ value: String) { writeString(Array(value.utf8)) }
}
