import Testing

@testable import Guard

/// More of everything than anybody types.
struct FloodTests {
    private let terms = GuardTerms(
        isEnforced: false, usesIntegration: false, nonce: [UInt8](repeating: 1, count: GuardTerms.nonceLength),
        secret: [UInt8](repeating: 2, count: GuardTerms.secretLength), reader: .shell)

    @Test func `A packet of Enters is observed without running out of stack`() {
        var lines = LineGuard(terms, columns: 80, rows: 24, at: 0)
        lines.receive(fromUser: [UInt8](repeating: 0x0D, count: 30_000)[...], at: 1_000_000_000)
        #expect(lines.takeToTarget().count == 30_000)
    }

    @Test func `Where lines are only observed each of a paste is asked about`() {
        var lines = LineGuard(terms, columns: 80, rows: 24, at: 0)
        lines.receive(fromUser: Array("a\rb\rc\r".utf8)[...], at: 1_000_000_000)
        var asked: [UInt32] = []
        while let question = lines.takeQuestion() { asked.append(question.number) }
        #expect(asked == [1, 2, 3])
    }

    @Test func `More lines than can be asked about wait, where they are only observed`() {
        var lines = LineGuard(terms, columns: 80, rows: 24, at: 0)
        var now: UInt64 = 1_000_000_000
        lines.receive(fromUser: Array(String(repeating: "a\r", count: 200).utf8)[...], at: now)
        var asked = 0
        for _ in 0..<200 {
            while lines.takeQuestion() != nil { asked += 1 }
            now = lines.deadline ?? now
            lines.advance(at: now)
        }
        #expect(asked == 200)
        #expect(lines.takeToTarget().count == 400)
    }

    @Test func `Recalling a long line without end costs no more than some of it`() {
        var line = EditedLine()
        line.startLine(after: [UInt8](repeating: 0x61, count: EditedLine.longest))
        for _ in 0..<1000 {
            line.take(.up)
            line.take(.down)
        }
        #expect(!line.isKnown)
        line.startLine(after: nil)
        for byte in "ls -l".utf8 { line.take(.text([byte])) }
        #expect(line.pieces == [Array("ls -l".utf8)])
    }
}
