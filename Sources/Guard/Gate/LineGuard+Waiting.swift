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
    /// Bytes that were not kept.
    var dropped = 0

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
}

extension LineGuard {
    /// The question will be answered when people have decided. May be told several times.
    ///
    /// - Parameters:
    ///   - approval: the request's number, as people call it.
    ///   - message: for the user, without control characters.
    package mutating func hold(_ number: UInt32, approval: UInt64, message: String, at now: UInt64) {
        guard isEnforced, isJudging(number) else { return }
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
        guard var line = waiting, !bytes.contains(0x03) else { return bytes }
        var kept: [UInt8] = []
        var isVoid = false
        for byte in bytes {
            if now < line.since + WaitingLine.unaware {
                kept.append(byte)
            } else if byte == 0x0D || byte == 0x0A {
                // Somebody who presses Enter again and again waits, too.
                if line.hasTyped { isVoid = true }
            } else {
                if byte > 0x20 { line.hasTyped = true }
                kept.append(byte)
            }
        }
        // ^C has to come through, whatever was typed before it.
        if !wantsUserBytesOfGate {
            line.dropped += kept.count
            kept = []
        }
        waiting = line
        if isVoid {
            refuseWaiting("request \(line.approval) is void, because another line was typed: nothing was run.", at: now)
            return []
        }
        return kept[...]
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
