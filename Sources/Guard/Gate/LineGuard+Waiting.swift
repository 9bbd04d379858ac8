/// A line that people have to decide about: what its user sees meanwhile, and what the user's keys do.
struct WaitingLine: Equatable {
    let number: UInt32
    /// As people call the request.
    let approval: UInt64
    let since: UInt64
    var nextDot: UInt64
    var dots = 0
    /// Something was typed for another line since the user was told.
    var hasTyped = false
    /// Bytes that were not kept, because there was no room for them.
    var dropped = 0
    private var keys = KeyDecoder()

    /// What comes sooner was sent before the user could know that the line waits: the rest of a paste.
    static let unaware: UInt64 = 300_000_000
    /// A dot is shown each ten seconds for a minute, then each minute: enough to see that it goes on, and nothing in a recording.
    static let soon: UInt64 = 10_000_000_000
    static let seldom: UInt64 = 60_000_000_000

    init(number: UInt32, approval: UInt64, at now: UInt64) {
        self.number = number
        self.approval = approval
        since = now
        nextDot = now + Self.soon
    }

    /// Follows what is typed. What a terminal answers by itself is not.
    mutating func note(_ byte: UInt8) {
        switch keys.take(byte) {
        case nil, .reply, .string, .pasteStart, .pasteEnd, .control: break
        case .text(let bytes): if bytes != [0x20] { hasTyped = true }
        case .meta, .up, .down, .left, .right, .home, .end, .delete, .wordLeft, .wordRight, .other: hasTyped = true
        }
    }
}

extension LineGuard {
    /// The question will be answered when people have decided. May be told several times.
    ///
    /// - Parameters:
    ///   - approval: the request's number, as people call it.
    ///   - message: for the user, without control characters.
    package mutating func hold(_ number: UInt32, approval: UInt64, message: String, at now: UInt64) {
        guard isEnforced, isJudging(number) else { return }
        // Another line may have waited, and its editor has changed it since.
        endWaiting()
        // The line that waits stays where it stands.
        let isFirst = waiting == nil
        if isFirst || waiting?.dots ?? 0 > 0 { exchange.toUser.append([0x0D, 0x0A]) }
        exchange.toUser.append(Notice.line(message))
        if isFirst { waiting = WaitingLine(number: number, approval: approval, at: now) }
        waiting?.dots = 0
    }

    /// What the user sends while a line waits: ^C takes it back, an Enter behind other text ends it, and everything else is kept for later.
    ///
    /// - Returns: what goes on to the gate.
    mutating func keysWhileWaiting(_ bytes: ArraySlice<UInt8>, at now: UInt64) -> ArraySlice<UInt8> {
        guard var line = waiting else { return bytes }
        if bytes.contains(0x03) {
            // In a paste it would be text, and the end of this one may be among what was dropped.
            if line.dropped > 0 {
                let dropped = dropHeld()
                waiting?.dropped += dropped
            }
            return bytes
        }
        var kept: [UInt8] = []
        var isVoid = false
        for byte in bytes {
            if now < line.since + WaitingLine.unaware {
                kept.append(byte)
            } else if byte == 0x0D || byte == 0x0A {
                // Somebody who presses Enter again and again waits, too.
                if line.hasTyped { isVoid = true }
            } else {
                line.note(byte)
                kept.append(byte)
            }
        }
        waiting = line
        if isVoid {
            // So that they are counted.
            if follower != nil { follower?.held.append(bytes) } else { editor?.held.append(bytes) }
            refuseWaiting("request \(line.approval) is void, because another line was typed: nothing was run.", at: now)
            return []
        }
        // ^C has to come through, whatever was typed before it. Of what is too long nothing stays: half a paste is no paste.
        guard line.dropped > 0 || !wantsUserBytesOfGate else { return kept[...] }
        let dropped = dropHeld() + kept.count
        waiting?.dropped += dropped
        return []
    }

    /// What was typed behind the line that waits.
    /// - Returns: how many bytes that were.
    private mutating func dropHeld() -> Int {
        guard let key = follower?.held.waiting.first else { return editor?.held.drop() ?? 0 }
        let dropped = follower?.held.drop() ?? 0
        follower?.held.append([key])
        return dropped - 1
    }

    /// The line that waited is judged no longer: by an answer, or because its user took it back.
    mutating func endWaiting() {
        guard let line = waiting, !isJudging(line.number) else { return }
        waiting = nil
        guard line.dropped > 0 else { return }
        exchange.toUser.append(Notice.line(Notice.dropped(line.dropped)))
        exchange.report(0, .dropped(bytes: UInt64(line.dropped)))
    }

    /// Before anything else is shown behind the dots.
    mutating func endDots() {
        guard waiting?.dots ?? 0 > 0 else { return }
        exchange.toUser.append([0x0D, 0x0A])
        waiting?.dots = 0
    }

    /// The user took it back.
    mutating func tellWithdrawal(of line: WaitingLine) {
        guard !isJudging(line.number) else { return }
        exchange.toUser.append(Notice.line("request \(line.approval) was withdrawn: nothing was run."))
    }

    mutating func showDot(at now: UInt64) {
        guard var line = waiting, now >= line.nextDot else { return }
        exchange.toUser.append([UInt8(ascii: ".")])
        line.dots += 1
        line.nextDot = now + (now < line.since + WaitingLine.seldom ? WaitingLine.soon : WaitingLine.seldom)
        waiting = line
    }
}
