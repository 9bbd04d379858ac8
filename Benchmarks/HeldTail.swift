import Foundation

/// Sessions as `script` has recorded them: what was typed and what was shown, piece by piece.
struct Recording {
    enum Piece {
        case typed([UInt8])
        case shown([UInt8])
    }

    let name: String
    let pieces: [Piece]

    /// Reads a session of `script --log-timing NAME.timing --log-in NAME.in --log-out NAME.out` in a folder (script(1), the advanced format: `O 0.01 20`).
    init(_ name: String, in folder: String) throws {
        self.name = name
        let timing = try String(contentsOfFile: "\(folder)/\(name).timing", encoding: .utf8)
        var typed = try Self.bytes("\(folder)/\(name).in")[...]
        var shown = try Self.bytes("\(folder)/\(name).out")[...]
        var pieces: [Piece] = []
        for line in timing.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count == 3, let count = Int(fields[2]) else { continue }
            if fields[0] == "I" {
                pieces.append(.typed(Array(typed.prefix(count))))
                typed = typed.dropFirst(count)
            } else if fields[0] == "O" {
                pieces.append(.shown(Array(shown.prefix(count))))
                shown = shown.dropFirst(count)
            }
        }
        self.pieces = pieces
    }

    /// The logs begin with a line of script's own.
    private static func bytes(_ path: String) throws -> ArraySlice<UInt8> {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        return bytes.drop { $0 != 0x0A }.dropFirst()
    }

    var shown: [[UInt8]] {
        pieces.compactMap { piece in
            if case .shown(let bytes) = piece { bytes } else { nil }
        }
    }
}

/// How often something is held when a piece of output has come: what a user has to wait for.
enum HeldTail {
    static func report(_ recording: Recording, _ set: MaskSet) {
        var parts: [String] = []
        for (clock, title) in [(MaskClock.user(releaseAfter: nil), "user"), (.strict, "recording")] {
            var stream = MaskedStream(
                set, known: nil, actions: [], clock: clock, columns: 80, masksAsItComes: true)
            var chunks = 0
            var held = 0
            var ends: [String: Int] = [:]
            for piece in recording.pieces {
                switch piece {
                case .typed(let keys): stream.expectEcho(of: keys[...], at: 0)
                case .shown(let bytes):
                    stream.feed(bytes[...], at: 0)
                    _ = stream.takeOutput()
                    chunks += 1
                    guard stream.heldBytes > 0 else { continue }
                    held += 1
                    ends[kind(bytes.suffix(stream.heldBytes)), default: 0] += 1
                }
            }
            let share = Double(held * 1000 / max(chunks, 1)) / 10
            let causes = ends.sorted { $0.value > $1.value }.prefix(4).map { "\($0.value) \($0.key)" }
            parts.append("\(title) \(share) % of \(chunks) pieces (\(causes.joined(separator: ", ")))")
        }
        print("held behind a piece, \(recording.name): \(parts.joined(separator: "; "))")
    }

    /// What a held tail looks like: letters and digits by kind.
    private static func kind(_ bytes: ArraySlice<UInt8>) -> String {
        var text = ""
        for byte in bytes.prefix(24) {
            let sign =
                switch byte {
                case 0x30...0x39: "9"
                case 0x41...0x5A: "A"
                case 0x61...0x7A: "a"
                case 0x20..<0x7F: String(UnicodeScalar(byte))
                default: "^"
                }
            text += sign
        }
        return "`\(text)`"
    }
}
