import CPCRE2
import Foundation

/// Masks made-up streams (or those whose name contains the second argument) with the rules that are always used, and prints how fast: bytes in a second of processor time, and
/// nanoseconds for small pieces. Then what the screen's stage costs beside that, and in recorded sessions (in the folder of the first argument) how often something is held.
@main struct MaskingBenchmark {
    static func main() throws {
        let set = try MaskSet(compiling: MaskRule.standard)
        print("\(set.names.count) rules, \(set.triggerStates) states of the trigger, an image of \(set.image.count / 1024) KB")
        let image = set.image
        print(
            "compiled in \(Int(time { _ = try? MaskSet(compiling: MaskRule.standard) } * 1000)) ms, opened in \(Int(time { _ = try? MaskSet(image: image) } * 1e6)) us"
        )

        let logs = Streams.logs(count: 16 << 20)
        let slow = Array(logs.prefix(1 << 20))
        var found = 0
        let memory = rate(logs.count) {
            found += logs.withUnsafeBytes { bytes in bytes.baseAddress.flatMap { memchr($0, Int32(found & 1), bytes.count) } == nil ? 0 : 2 }
        }
        precondition(found == 0)
        let expression = Expression.everyRule()
        let regular = rate(slow.count) { expression.findAll(in: slow) }
        print("memchr: \(Int(memory)) MB/s; PCRE2 JIT, all rules as one alternation: \(Int(regular)) MB/s")
        let wanted = CommandLine.arguments.dropFirst(2).first
        for (name, stream) in [("plain logs", logs), ("coloured logs", Streams.coloured(logs))] + Streams.hostile
        where wanted.map(name.contains) ?? true {
            for (clock, title) in [(MaskClock.strict, "strict"), (.user(releaseAfter: nil), "user")] {
                let speed = rate(stream.count) {
                    feed(stream, to: MaskedStream(set, known: nil, actions: [], clock: clock, columns: 80), by: 32768)
                }
                let small = rate(min(stream.count, 1 << 20)) {
                    feed(
                        Array(stream.prefix(1 << 20)), to: MaskedStream(set, known: nil, actions: [], clock: clock, columns: 80),
                        by: 20)
                }
                print(
                    "\(name), \(title): \(Int(speed)) MB/s (1/\(Int(memory / speed)) of memchr, \(Int(speed / regular)) times PCRE2); 20 bytes: \(Int(20 / small * 1000)) ns"
                )
            }
        }
        guard wanted == nil || wanted == "screen" || wanted == "held", CommandLine.arguments.count > 1 else { return }
        let sessions = try ["vim", "bash", "less", "top", "spinner", "counter"].map {
            try Recording($0, in: CommandLine.arguments[1])
        }
        if wanted != "held" {
            reportScreen("plain logs, 32 KB", pieces(of: logs, by: 32768), set)
            reportScreen("plain logs, 20 bytes", pieces(of: slow, by: 20), set)
            reportScreen("coloured logs, 32 KB", pieces(of: Streams.coloured(logs), by: 32768), set)
            for session in sessions { reportScreen(session.name, Array(repeating: session.shown, count: 20).flatMap { $0 }, set) }
        }
        if wanted != "screen" { for session in sessions { HeldTail.report(session, set) } }
    }

    private static func pieces(of bytes: [UInt8], by size: Int) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
    }

    /// At a terminal: the rules alone, and with the stage that follows the screen.
    private static func reportScreen(_ name: String, _ pieces: [[UInt8]], _ set: MaskSet) {
        var count = 0
        let alone = time {
            var stream = MaskedStream(set, known: nil, actions: [], clock: .user(releaseAfter: nil), columns: 80)
            for piece in pieces {
                stream.feed(piece[...], at: 0)
                count += stream.takeOutput().count + stream.takeFindings().count
            }
        }
        let whole = time {
            var mask = OutputMask(set, known: nil, actions: [], columnNames: [], clock: .user(releaseAfter: nil), columns: 80)
            for piece in pieces {
                mask.feed(piece[...], at: 0)
                count += mask.takeOutput().count + mask.takeFindings().count
            }
        }
        precondition(count > 0)
        let each = 1e9 / Double(pieces.count)
        print(
            "at a terminal, \(name): \(Int(alone * each)) ns a piece without the screen, \(Int(whole * each)) with it: \(Double(Int(whole / alone * 100)) / 100) times"
        )
    }

    private static func feed(_ bytes: [UInt8], to stream: MaskedStream, by size: Int) {
        var stream = stream
        var count = 0
        for start in stride(from: 0, to: bytes.count, by: size) {
            stream.feed(bytes[start..<min(start + size, bytes.count)], at: 0)
            count += stream.takeOutput().count
            _ = stream.takeFindings()
        }
        stream.finish()
        precondition(count + stream.takeOutput().count > 0)
    }

    /// Seconds of processor time: other work on the machine does not count.
    private static func time(_ work: () -> Void) -> Double {
        var best = Double.infinity
        for _ in 0..<3 {
            let start = clock()
            work()
            best = min(best, Double(clock() - start) / Double(CLOCKS_PER_SEC))
        }
        return max(best, 1e-6)
    }

    private static func rate(_ count: Int, _ work: () -> Void) -> Double { Double(count) / time(work) / 1e6 }
}

/// Output as programs write it, and as nobody would who wishes us well.
enum Streams {
    static func logs(count: Int) -> [UInt8] {
        var random = SeededGenerator(seed: 1)
        let lines = [
            "192.0.2.%d - - [26/Nov/2026:18:%d:02 +0000] \"GET /assets/app-%d.js?v=%d HTTP/1.1\" 200 %d \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"",
            "Nov 26 18:%d:01 web1 sshd[%d]: Accepted publickey for deploy from 198.51.100.%d port %d ssh2: ED25519",
            "{\"level\":\"info\",\"ts\":\"2026-11-26T18:%d:01.%dZ\",\"msg\":\"request handled\",\"path\":\"/api/v1/items/%d\",\"status\":200}",
            "-rw-r--r-- 1 root root %d Nov 26 18:%d config-%d.yaml",
            "pod/web-7d4b9c%d-x2x%d 1/1 Running 0 %dd",
            "total time %d.%d s, 42 files changed, %d insertions(+)",
        ]
        let examples = MaskRule.standard.map { Array(" \($0.example)".utf8) }
        var bytes: [UInt8] = []
        var next = 4096
        while bytes.count < count {
            for piece in (lines.randomElement(using: &random) ?? "").split(separator: "%d", omittingEmptySubsequences: false) {
                bytes += Array(piece.utf8) + Array(String(Int.random(in: 0..<50000, using: &random)).utf8)
            }
            if bytes.count > next {
                next += 4096
                bytes += examples.randomElement(using: &random) ?? []
            }
            bytes += [0x0D, 0x0A]
        }
        return bytes
    }

    /// An escape every 24 bytes or so.
    static func coloured(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: text.count, by: 19) {
            bytes += Array(start % 2 == 0 ? "\u{1B}[32m".utf8 : "\u{1B}[m".utf8) + text[start..<min(start + 19, text.count)]
        }
        return bytes
    }

    static let hostile: [(String, [UInt8])] = [
        "password=", "secret=changeme", "1", "4111 ", "a@", "([{<", "://", "a://b:", "eyJ", "-----BEGIN ", "token=$",
        "\u{1B}[1m1\u{1B}[m", "x\u{08}x", "\u{1B}]0;a\u{07}",
        "é", "漢字", "AKIA", "0aB", "\r\n", "sk-",
    ].map { piece in
        (
            "\(piece.debugDescription) again and again",
            Array(repeating: Array(piece.utf8), count: (1 << 20) / piece.utf8.count).flatMap { $0 }
        )
    }
}

/// All rules in one expression of PCRE2, compiled to machine code.
final class Expression {
    private let code: OpaquePointer?
    private let data: OpaquePointer?

    static func everyRule() -> Expression {
        Expression(
            MaskRule.standard.map { rule in
                let before = rule.notBefore.isEmpty ? "" : "(?<![\(rule.notBefore)])"
                let after = rule.notAfter.isEmpty ? "" : "(?![\(rule.notAfter)])"
                return before + (rule.ignoresCase ? "(?i:" : "(?:") + "(?:\(rule.prefix))(?:\(rule.value))(?:\(rule.suffix))"
                    + ")" + after
            }.joined(separator: "|"))
    }

    private init(_ text: String) {
        var number: Int32 = 0
        var offset = 0
        let bytes = Array(text.utf8)
        code = pcre2_compile_8(bytes, bytes.count, UInt32(PCRE2_NO_AUTO_CAPTURE), &number, &offset, nil)
        precondition(code != nil, "PCRE2 refuses the rules: \(number) at \(offset)")
        pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
        data = pcre2_match_data_create_8(8, nil)
    }

    func findAll(in text: [UInt8]) {
        var position = 0
        while position < text.count, pcre2_match_8(code, text, text.count, position, 0, data, nil) >= 0 {
            position = max(position + 1, pcre2_get_ovector_pointer_8(data)?[1] ?? text.count)
        }
    }
}
