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
            return exchange.toTarget.append(bytes)
        }
        held.append(bytes)
        forward(&exchange, at: now)
    }

    /// Bytes in which nothing has to be looked for: plain text, when it may go on.
    func passesAll(_ bytes: ArraySlice<UInt8>) -> Bool {
        switch phase {
        case .starting, .prompting, .editing, .running: break
        case .waitingForReport, .judging, .clearing: return false
        }
        return !paste.isInPaste && forbidden.isIdle && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// Sends on what may go now.
    mutating func forward(_ exchange: inout Exchange, at now: UInt64) {
        while !held.isEmpty {
            switch phase {
            case .waitingForReport, .judging, .clearing: return
            case .starting, .running: send(held.count, &exchange)
            case .prompting, .editing:
                let length = lengthToEnter()
                guard let length else {
                    send(held.count, &exchange)
                    continue
                }
                guard phase == .editing else { return send(length - 1, &exchange) }
                send(length, &exchange)
                phase = .waitingForReport(until: now + Self.reportPatience)
            }
        }
    }

    /// How many bytes there are up to and with the next key that accepts a line; nil if there is none.
    func lengthToEnter() -> Int? {
        var paste = paste
        for (index, byte) in held.waiting.enumerated() {
            paste.take(byte)
            if Self.acceptingKeys.contains(byte), !paste.isInPaste { return index + 1 }
        }
        return nil
    }

    /// Enter, ^J, and ^O, which runs the line and shows the next one. Other keys that a user has bound are reported all the same.
    private static let acceptingKeys: [UInt8] = [0x0D, 0x0A, 0x0F]

    mutating func send(_ count: Int, _ exchange: inout Exchange) {
        guard count > 0 else { return }
        let bytes = held.waiting.prefix(count)
        for byte in bytes {
            paste.take(byte)
            note(byte)
        }
        if forbidden.isIdle, !bytes.contains(forbidden.first) {
            exchange.toTarget.append(Array(bytes))
        } else {
            exchange.toTarget.append(bytes.filter { forbidden.admits($0) })
        }
        held.removeFirst(count)
    }

    /// Follows a key that goes to the editor.
    private mutating func note(_ byte: UInt8) {
        guard let key = keys.take(byte) else { return }
        switch phase {
        case .starting, .running: edited.forget()
        case .prompting, .editing, .waitingForReport, .judging, .clearing:
            if !Self.acceptingKeys.contains(byte) { edited.take(key) }
        }
    }
}
