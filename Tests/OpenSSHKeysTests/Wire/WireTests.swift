import OpenSSHKeys
import Testing

struct WireTests {
    @Test func `every data type comes back as it was written`() throws {
        var writer = WireWriter()
        writer.writeByte(7)
        writer.writeBoolean(true)
        writer.writeUInt32(0x0102_0304)
        writer.writeUInt64(.max)
        writer.writeString([1, 2, 3])
        writer.writeText("naïve")
        writer.writeInteger([0, 0x80])
        var reader = WireReader(writer.bytes)
        #expect(try reader.readByte() == 7)
        #expect(try reader.readBoolean())
        #expect(try reader.readUInt32() == 0x0102_0304)
        #expect(try reader.readUInt64() == .max)
        #expect(try Array(reader.readString()) == [1, 2, 3])
        #expect(try reader.readText() == "naïve")
        #expect(try Array(reader.readPositiveInteger(bits: 8)) == [0x80])
        try reader.finish()
    }

    @Test func `a string cut anywhere is truncated and leaves the reader where it was`() throws {
        var writer = WireWriter()
        writer.writeText("sallyport")
        for length in 0..<writer.bytes.count {
            var reader = WireReader(writer.bytes.prefix(length))
            let before = reader.remaining
            #expect(throws: WireError.self) { try reader.readString() }
            #expect(length < 4 || reader.remaining == before)
        }
    }

    @Test func `a string over its limit is refused before it is looked at`() {
        var reader = WireReader([0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: WireError.tooLong(length: 0xFFFF_FFFF, limit: 16)) { try reader.readString(limit: 16) }
    }

    @Test func `bytes after the end are counted`() {
        #expect(throws: WireError.trailingBytes(2)) { try WireReader([1, 2]).finish() }
    }

    @Test func `a boolean is 0 or 1, and text is UTF-8`() {
        var reader = WireReader([2])
        #expect(throws: WireError.self) { try reader.readBoolean() }
        var text = WireReader([0, 0, 0, 1, 0xFF])
        #expect(throws: WireError.self) { try text.readText() }
    }

    struct BadInteger: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let encoded: [UInt8]
    }

    @Test(arguments: [
        BadInteger(testDescription: "zero", encoded: []),
        BadInteger(testDescription: "zero written as a byte", encoded: [0]),
        BadInteger(testDescription: "negative", encoded: [0x80]),
        BadInteger(testDescription: "leading zero that is not needed", encoded: [0, 0x7F]),
        BadInteger(testDescription: "two leading zeros", encoded: [0, 0, 0x80]),
        BadInteger(testDescription: "nine bits of eight", encoded: [0x01, 0x00]),
        BadInteger(testDescription: "many bits", encoded: [UInt8](repeating: 0x7F, count: 5)),
    ])
    func `an integer has one encoding and a limit`(_ bad: BadInteger) {
        var writer = WireWriter()
        writer.writeString(bad.encoded)
        var reader = WireReader(writer.bytes)
        #expect(throws: WireError.self) { try reader.readPositiveInteger(bits: 8) }
    }

    @Test func `integers are written shortest`() {
        var writer = WireWriter()
        writer.writeInteger([0, 0, 0x7F])
        writer.writeInteger([0x80])
        writer.writeInteger([0])
        #expect(writer.bytes == [0, 0, 0, 1, 0x7F, 0, 0, 0, 2, 0, 0x80, 0, 0, 0, 0])
    }
}
