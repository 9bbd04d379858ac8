import OpenSSHKeys

@testable import SFTP

/// A scripted client, a server that answers as OpenSSH's does, and the gate between them, with every stream cut as `cut` says.
///
/// The judge refuses what has `secret` in it and has everything below `/tmp` resolved first, where `/tmp/link` leads to `/secret`.
final class Theatre {
    private var gate = SFTPGate()
    private(set) var toTarget: [UInt8] = []
    private(set) var toClient: [UInt8] = []
    private(set) var events: [FileEvent] = []
    var failure: SFTPFailure? { gate.failure }
    private var fromTarget: [UInt8] = []
    private var heard = 0
    private var handles: UInt32 = 0
    static let content = (0..<70_000).map { UInt8(truncatingIfNeeded: $0) }

    /// How many of so many bytes go in at once.
    private let cut: (Int) -> Int

    init(cut: @escaping (Int) -> Int) { self.cut = cut }

    /// Plays act after act: the next one begins when everything of the one before was answered, as a client has to wait for its handles.
    func play(_ acts: [[UInt8]]) {
        for act in acts { play(act) }
        gate.finish()
        while deliver() {}
        while gate.hasEvents { events += gate.takeEvents(atMost: 64, bytes: 8192) }
    }

    private func play(_ act: [UInt8]) {
        var script = act[...]
        var isMoving = true
        while isMoving, gate.failure == nil {
            isMoving = deliver()
            if let question = gate.question {
                gate.answer(Self.judgement(of: question))
                isMoving = true
            }
            if !script.isEmpty, gate.wantsClientBytes {
                let piece = script.prefix(cut(script.count))
                script = script.dropFirst(piece.count)
                // A buffer of its own each time, as from a socket.
                gate.receive(fromClient: Array(piece)[...])
                isMoving = true
            }
            events += gate.takeEvents(atMost: 64, bytes: 8192)
            answer()
            if !fromTarget.isEmpty {
                let piece = Array(fromTarget.prefix(cut(fromTarget.count)))
                fromTarget.removeFirst(piece.count)
                while deliver() {}
                gate.receive(fromTarget: piece[...])
                isMoving = true
            }
        }
    }

    private func deliver() -> Bool {
        let target = gate.takeToTarget()
        let client = gate.takeToClient()
        toTarget += target
        toClient += client
        return !target.isEmpty || !client.isEmpty
    }

    private static func judgement(of access: FileAccess) -> FileAnswer {
        let text = [access.path, access.second].compactMap { $0 }.map {
            String(decoding: $0.resolved ?? $0.absolute, as: UTF8.self)
        }
        if text.contains(where: { $0.contains("secret") }) { return .refused(reason: "it is secret") }
        if access.path.resolved == nil, text[0].hasPrefix("/tmp") { return .resolve }
        return .allowed(limit: text[0].contains("small") ? SizeLimit(bytes: 40_000, refusal: "too much") : nil)
    }

    /// The server: whole packets only, in their order.
    private func answer() {
        while toTarget.count >= heard + 4 {
            let rest = toTarget[heard...]
            let length = 4 + Int(rest.bigEndian32(at: 0))
            guard rest.count >= length else { return }
            fromTarget += Self.reply(to: Array(rest.prefix(length)), &handles)
            heard += length
        }
    }

    private static func reply(to packet: [UInt8], _ handles: inout UInt32) -> [UInt8] {
        if packet[4] == 1 { return Packet.version(3, [("posix-rename@openssh.com", "1"), ("own@example.com", "1")]) }
        let id = Packet.id(of: packet)
        var reader = WireReader(packet.dropFirst(9))
        switch packet[4] {
        case 3, 11:
            handles += 1
            return Packet.handle(id, Array(withUnsafeBytes(of: handles.bigEndian) { $0 }))
        case 5:
            guard (try? reader.readString()) != nil, let offset = try? reader.readUInt64(), let length = try? reader.readUInt32(),
                offset < content.count
            else { return Packet.status(id, .endOfFile) }
            return Packet.data(id, Array(content.dropFirst(Int(offset)).prefix(Int(length))))
        case 7, 8, 17: return Packet.attributes(id, size: UInt64(content.count))
        case 12: return Packet.status(id, .endOfFile)
        case 16:
            let path = (try? reader.readText()) ?? ""
            return Packet.name(id, path == "." ? "/home/alice" : path.replacing("/tmp/link", with: "/secret"))
        default: return Packet.status(id)
        }
    }
}

extension String {
    fileprivate func replacing(_ text: String, with other: String) -> String {
        hasPrefix(text) ? other + dropFirst(text.count) : self
    }
}
