/// What the user sends: when it goes on to the editor, and when it waits.
extension EditorGate {
    mutating func receive(fromUser bytes: ArraySlice<UInt8>, _ exchange: inout Exchange, at now: UInt64) {
        if droppingUntil > now {
            droppingUntil = now + Self.pauseThatEndsAPaste
            droppedLate += bytes.count
            return
        }
        if held.isEmpty, passesAll(bytes) {
            for byte in bytes { note(byte) }
            noteAhead(bytes)
            return exchange.toTarget.append(bytes)
        }
        held.append(bytes)
        withdrawIfInterrupted(&exchange, at: now)
        forward(&exchange, at: now)
    }

    /// A ^C while a line is judged takes it back: nothing has run, and the editor clears it as it would have without us.
    private mutating func withdrawIfInterrupted(_ exchange: inout Exchange, at now: UInt64) {
        guard case .judging(let asked) = phase, let length = lengthToInterrupt() else { return }
        exchange.forget(asked.number)
        held.removeFirst(length)
        paste = PasteTracker()
        clear(Clearing(message: nil, dropped: 0, until: now + Self.clearingPatience), &exchange)
    }

    /// How many bytes wait up to and with the last ^C that is none of a paste's; nil if there is none.
    private func lengthToInterrupt() -> Int? {
        var paste = paste
        var length: Int?
        for (index, byte) in held.waiting.enumerated() {
            if byte == 0x03, !paste.isInPaste { length = index + 1 }
            paste.take(byte)
        }
        return length
    }

    /// Bytes in which nothing has to be looked for: plain text, when it may go on.
    func passesAll(_ bytes: ArraySlice<UInt8>) -> Bool {
        switch phase {
        case .starting: if !hasGivenKeys { return false }
        case .absent, .prompting, .editing: break
        case .running(let run): if !run.takesInput { return false }
        case .waitingForReport, .judging, .clearing: return false
        }
        return !paste.isInPaste && forbidden.isIdle && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// Sends on what may go now.
    mutating func forward(_ exchange: inout Exchange, at now: UInt64) {
        while !held.isEmpty {
            switch phase {
            case .waitingForReport, .judging, .clearing: return
            case .absent: send(held.count, &exchange)
            case .running(let run):
                if !run.takesInput { return wait(for: run, at: now) }
                // Whoever follows what runs inside takes it.
                if followed != nil { return }
                if run.reader == .program { return send(held.count, &exchange) }
                if !forward(during: run, &exchange, at: now) { return }
            case .starting where sendSignal(&exchange): continue
            case .starting where !hasGivenKeys: return
            case .starting, .prompting, .editing:
                guard let length = lengthToEnter() else {
                    let cut = lengthOfCutBracket()
                    send(held.count - cut, &exchange)
                    guard cut > 0 else { continue }
                    if bracketUntil == nil { bracketUntil = now + Self.bracketPatience }
                    return
                }
                guard phase == .editing else {
                    if phase == .prompting, promptingUntil == nil { promptingUntil = now + Self.promptingPatience }
                    return send(length - 1, &exchange)
                }
                shownBefore = nil
                send(length, &exchange)
                phase = .waitingForReport(until: now + Self.reportPatience)
            }
        }
    }

    /// The editor may still give back what overtook the line, and that comes first.
    private mutating func wait(for run: Run, at now: UInt64) {
        guard run.holdUntil == nil else { return }
        var run = run
        run.holdUntil = run.since + Self.reportPatience
        phase = .running(run)
    }

    /// While a command runs that need not read the keyboard, text goes on and shows, and an Enter waits for the prompt.
    ///
    /// - Returns: false if what is left waits.
    private mutating func forward(during run: Run, _ exchange: inout Exchange, at now: UInt64) -> Bool {
        if sendSignal(&exchange) { return true }
        guard let length = lengthToEnter() else {
            send(held.count, &exchange)
            return true
        }
        let limit = run.reader == .nobody ? now + Self.longestWaitForPrompt : run.since + Self.pasteBehindLine
        if now >= limit {
            send(length, &exchange)
            return true
        }
        send(length - 1, &exchange)
        if run.holdUntil == nil {
            var run = run
            run.holdUntil = limit
            phase = .running(run)
        }
        return false
    }

    /// A key that interrupts goes on at once, and the terminal forgets what was typed before it, as it would without us.
    private mutating func sendSignal(_ exchange: inout Exchange) -> Bool {
        guard let signal = held.waiting.lastIndex(where: Self.signals.contains) else { return false }
        held.removeFirst(signal - held.waiting.startIndex)
        send(1, &exchange)
        return true
    }

    /// ^C, ^\ and ^Z.
    static let signals: [UInt8] = [0x03, 0x1C, 0x1A]

    /// How many bytes there are up to and with the next key that accepts a line; nil if there is none.
    func lengthToEnter() -> Int? {
        var paste = paste
        for (index, byte) in held.waiting.enumerated() {
            paste.take(byte)
            if Self.acceptingKeys.contains(byte), !paste.isInPaste { return index + 1 }
        }
        return nil
    }

    /// How much at the end of what waits may be a beginning of the bracket that ends a paste, for fish.
    ///
    /// Where nothing follows an ESC for `fish_escape_delay_ms` (30), fish takes it for a key, does not see the end, and every Enter is text from then on.
    private func lengthOfCutBracket() -> Int {
        guard language == .fish else { return 0 }
        var paste = paste
        for byte in held.waiting { paste.take(byte) }
        guard paste.isInPaste else { return 0 }
        return (1..<Self.endOfPaste.count).last { held.waiting.suffix($0).elementsEqual(Self.endOfPaste.prefix($0)) } ?? 0
    }

    private static let endOfPaste = Array("\u{1B}[201~".utf8)

    /// Enter, ^J, and ^O, which runs the line and shows the next one. Other keys that a user has bound are reported all the same.
    private static let acceptingKeys: [UInt8] = [0x0D, 0x0A, 0x0F]

    mutating func send(_ count: Int, _ exchange: inout Exchange) {
        guard count > 0 else { return }
        bracketUntil = nil
        let bytes = held.waiting.prefix(count)
        for byte in bytes {
            paste.take(byte)
            note(byte)
        }
        noteAhead(bytes)
        if forbidden.isIdle, !bytes.contains(forbidden.first) {
            exchange.toTarget.append(Array(bytes))
        } else {
            exchange.toTarget.append(bytes.filter { forbidden.admits($0) })
        }
        held.removeFirst(count)
    }

    /// The line that was typed ahead and that the editor now reports: what followed it has gone to the editor too, and must be sent again.
    ///
    /// - Returns: what was typed from that line on; nil if nothing followed it, or it cannot be told.
    func typedAhead(from line: [UInt8]) -> [UInt8]? {
        let lines = ahead.split(separator: 0x0D, omittingEmptySubsequences: false)
        guard let index = lines.dropLast().lastIndex(where: { $0.elementsEqual(line) }) else { return nil }
        let rest = Array(lines[(index + 1)...].joined(separator: [0x0D]))
        return rest.isEmpty ? nil : Array(lines[index]) + [0x0D] + rest
    }

    private mutating func noteAhead(_ bytes: ArraySlice<UInt8>) {
        guard case .running(let run) = phase, run.reader != .program else { return }
        // More than the terminal keeps for the next reader was lost there (N_TTY_BUF_SIZE).
        ahead = Array((ahead + bytes).suffix(4096))
    }

    /// Follows a key that goes to the editor.
    private mutating func note(_ byte: UInt8) {
        guard let key = keys.take(byte) else { return }
        switch phase {
        case .starting, .absent, .running: edited.forget()
        case .prompting, .editing, .waitingForReport, .judging, .clearing:
            if !Self.acceptingKeys.contains(byte) { edited.take(key) }
        }
    }
}
