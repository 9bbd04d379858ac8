import OpenSSHKeys

@testable import SFTP

/// Packets as peers send them, written out field by field.
enum Packet {
    static func packet(_ type: UInt8, _ fields: (inout WireWriter) -> Void) -> [UInt8] {
        var body = WireWriter()
        body.writeByte(type)
        fields(&body)
        var writer = WireWriter()
        writer.writeString(body.bytes)
        return writer.bytes
    }

    // MARK: From the client

    static func initialise(_ version: UInt32 = 3) -> [UInt8] { packet(1) { $0.writeUInt32(version) } }

    static func open(_ id: UInt32, _ path: String, _ flags: OpenFlags) -> [UInt8] {
        packet(3) {
            $0.writeUInt32(id)
            $0.writeText(path)
            $0.writeUInt32(flags.rawValue)
            $0.writeUInt32(4)
            $0.writeUInt32(0o644)
        }
    }

    static func read(_ id: UInt32, _ handle: [UInt8], _ offset: UInt64, _ length: UInt32) -> [UInt8] {
        packet(5) {
            $0.writeUInt32(id)
            $0.writeString(handle)
            $0.writeUInt64(offset)
            $0.writeUInt32(length)
        }
    }

    static func write(_ id: UInt32, _ handle: [UInt8], _ offset: UInt64, _ data: [UInt8]) -> [UInt8] {
        packet(6) {
            $0.writeUInt32(id)
            $0.writeString(handle)
            $0.writeUInt64(offset)
            $0.writeString(data)
        }
    }

    /// CLOSE, FSTAT, READDIR: a request with one handle.
    static func handle(_ type: UInt8, _ id: UInt32, _ handle: [UInt8]) -> [UInt8] {
        packet(type) {
            $0.writeUInt32(id)
            $0.writeString(handle)
        }
    }

    static func close(_ id: UInt32, _ handle: [UInt8]) -> [UInt8] { self.handle(4, id, handle) }

    /// STAT, REMOVE, OPENDIR and the like: a request with paths and nothing else.
    static func paths(_ type: UInt8, _ id: UInt32, _ paths: String...) -> [UInt8] {
        packet(type) {
            $0.writeUInt32(id)
            for path in paths { $0.writeText(path) }
        }
    }

    static func makeDirectory(_ id: UInt32, _ path: String) -> [UInt8] {
        packet(14) {
            $0.writeUInt32(id)
            $0.writeText(path)
            $0.writeUInt32(0)
        }
    }

    /// SETSTAT of permissions, or of a size.
    static func setStatus(_ id: UInt32, _ path: String, size: UInt64? = nil) -> [UInt8] {
        packet(9) {
            $0.writeUInt32(id)
            $0.writeText(path)
            writeAttributes(&$0, size: size)
        }
    }

    static func setHandleStatus(_ id: UInt32, _ handle: [UInt8], size: UInt64? = nil) -> [UInt8] {
        packet(10) {
            $0.writeUInt32(id)
            $0.writeString(handle)
            writeAttributes(&$0, size: size)
        }
    }

    static func writeAttributes(_ writer: inout WireWriter, size: UInt64?) {
        writer.writeUInt32(size == nil ? 4 : 5)
        if let size { writer.writeUInt64(size) }
        writer.writeUInt32(0o600)
    }

    static func extended(_ id: UInt32, _ name: String, _ fields: (inout WireWriter) -> Void = { _ in }) -> [UInt8] {
        packet(200) {
            $0.writeUInt32(id)
            $0.writeText(name)
            fields(&$0)
        }
    }

    static func copyData(
        _ id: UInt32, from: [UInt8], _ offset: UInt64 = 0, length: UInt64, to: [UInt8], at target: UInt64 = 0
    ) -> [UInt8] {
        extended(id, "copy-data") {
            $0.writeString(from)
            $0.writeUInt64(offset)
            $0.writeUInt64(length)
            $0.writeString(to)
            $0.writeUInt64(target)
        }
    }

    // MARK: From the target

    static func version(_ version: UInt32 = 3, _ extensions: [(String, String)] = []) -> [UInt8] {
        packet(2) {
            $0.writeUInt32(version)
            for (name, data) in extensions {
                $0.writeText(name)
                $0.writeText(data)
            }
        }
    }

    static func status(_ id: UInt32, _ code: StatusCode = .ok, _ message: String = "") -> [UInt8] {
        packet(101) {
            $0.writeUInt32(id)
            $0.writeUInt32(code.rawValue)
            $0.writeText(message)
            $0.writeText("")
        }
    }

    static func handle(_ id: UInt32, _ handle: [UInt8]) -> [UInt8] { self.handle(102, id, handle) }

    static func data(_ id: UInt32, _ data: [UInt8]) -> [UInt8] { handle(103, id, data) }

    static func name(_ id: UInt32, _ names: String...) -> [UInt8] {
        packet(104) {
            $0.writeUInt32(id)
            $0.writeUInt32(UInt32(names.count))
            for name in names {
                $0.writeText(name)
                $0.writeText("")
                $0.writeUInt32(0)
            }
        }
    }

    static func attributes(_ id: UInt32, size: UInt64?) -> [UInt8] {
        packet(105) {
            $0.writeUInt32(id)
            writeAttributes(&$0, size: size)
        }
    }

    static func extendedReply(_ id: UInt32) -> [UInt8] {
        packet(201) {
            $0.writeUInt32(id)
            $0.writeUInt64(7)
        }
    }

    /// The whole packets in `bytes`.
    static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        var packets: [[UInt8]] = []
        var rest = bytes[...]
        while rest.count >= 4 {
            let length = 4 + Int(rest.bigEndian32(at: 0))
            packets.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return packets
    }

    static func id(of packet: [UInt8]) -> UInt32 { packet[...].bigEndian32(at: 5) }

    /// Code and message of a status.
    static func status(in packet: [UInt8]) -> (code: StatusCode, message: String)? {
        guard packet.count > 13, packet[4] == 101 else { return nil }
        var reader = WireReader(packet.dropFirst(9))
        guard let code = try? reader.readUInt32(), let message = try? reader.readText() else { return nil }
        return (StatusCode(rawValue: code), message)
    }
}
