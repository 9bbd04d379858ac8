extension MaskedStream {
    /// Reads the string that has begun; false if more bytes are needed.
    mutating func readString(isEnd: Bool) -> Bool {
        guard var payload = string else { return true }
        let end = findEnd(&payload, isEnd: isEnd)
        let isClipboard = isClipboard(payload)
        let known = (end?.payload ?? payload.searched) - payload.start
        if known > (isClipboard ? StringPayload.longestClipboard : StringPayload.longestWhole), stringMatcher == nil,
            !payload.isDropped
        {
            // Too much to hold: the text around it counts as cut, and what is read of it goes on its way.
            patience = Self.mostPatience
            cut()
            if isClipboard { payload.isDropped = true } else { stringMatcher = Matcher(rules, rawStart: payload.payloadStart) }
        }
        if let end {
            finish(payload, at: end, isClipboard: isClipboard)
            return true
        }
        if payload.isDropped {
            drop(payload.start..<payload.searched)
            payload = StringPayload(
                start: payload.searched, payloadStart: payload.searched,
                isOperatingSystemCommand: payload.isOperatingSystemCommand)
            payload.isDropped = true
        } else if var matcher = stringMatcher.take() {
            matcher.text.append(output.bytes(matcher.text.rawEnd..<payload.searched), at: matcher.text.rawEnd)
            matcher.process()
            take(&matcher)
            let hold = matcher.hold(isFirm: false)
            payload.limit = hold == matcher.text.end ? payload.searched : matcher.text.rawStart(of: hold)
            stringMatcher = matcher
        }
        // What is held is not read: reading goes on where the string began, or behind what went out of it.
        if stringMatcher != nil || payload.isDropped {
            output.addGap(reading..<payload.searched)
            reading = payload.searched
            payload.limit = max(payload.limit, output.position)
        }
        string = payload
        return false
    }

    /// Where the payload ends and where the string does. A terminator is BEL (OSC only), ST, CAN or SUB; any other escape sequence ends it too, and begins.
    private func findEnd(_ payload: inout StringPayload, isEnd: Bool) -> (payload: Int, whole: Int)? {
        while let byte = output.byte(at: payload.searched) {
            let position = payload.searched
            switch byte {
            case 0x07 where payload.isOperatingSystemCommand: return (position, position + 1)
            case 0x18, 0x1A: return (position, position + 1)
            case 0x1B:
                guard let next = output.byte(at: position + 1) else { return isEnd ? (position, position) : nil }
                return (position, next == UInt8(ascii: "\\") ? position + 2 : position)
            case 0xC2:
                guard let next = output.byte(at: position + 1) else { return isEnd ? (position + 1, position + 1) : nil }
                if next == 0x9C { return (position, position + 2) }
            default: break
            }
            payload.searched += 1
        }
        return isEnd ? (payload.searched, payload.searched) : nil
    }

    private func isClipboard(_ payload: StringPayload) -> Bool {
        payload.isDropped
            || payload.isOperatingSystemCommand && output.base <= payload.payloadStart
                && output.bytes(payload.payloadStart..<min(payload.payloadStart + 3, output.end)).elementsEqual("52;".utf8)
    }

    private mutating func finish(_ payload: StringPayload, at end: (payload: Int, whole: Int), isClipboard: Bool) {
        string = nil
        if payload.isDropped {
            drop(payload.start..<end.whole)
        } else if isClipboard {
            maskClipboard(payload.payloadStart..<end.payload)
        } else {
            finish(payload.payloadStart..<end.payload)
        }
        if reading < end.whole { output.addGap(reading..<end.whole) }
        reading = end.whole
        if stringMatcher == nil, !payload.isDropped { lose(end.whole - payload.start) }
        stringMatcher = nil
    }

    private mutating func finish(_ payload: Range<Int>) {
        guard stringMatcher != nil || rules.mayMatch(in: output.bytes(payload)) else { return }
        var matcher = stringMatcher ?? Matcher(rules, rawStart: payload.lowerBound)
        matcher.text.append(output.bytes(matcher.text.rawEnd..<payload.upperBound), at: matcher.text.rawEnd)
        matcher.finish()
        take(&matcher)
    }

    private mutating func drop(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        output.addToString(MaskedOutput.Mark(rule: 0, range: range, isProgressive: false, style: .cells, replacement: []))
    }

    private mutating func take(_ matcher: inout Matcher) {
        for found in matcher.takeFound() {
            var mark = mark(found)
            mark.style = .cells
            output.addToString(mark)
        }
        for finding in matcher.takeFindings() { add(finding) }
    }

    /// OSC 52 ; where ; base64 (xterm's control sequences): the text is looked through, and written anew if something in it is masked.
    private mutating func maskClipboard(_ range: Range<Int>) {
        let payload = output.bytes(range)
        guard let separator = payload.dropFirst(3).firstIndex(of: UInt8(ascii: ";")) else { return }
        let encoded = payload[(separator + 1)...]
        guard var text = Base64.decode(encoded) else { return }
        var matcher = Matcher(rules, rawStart: 0)
        matcher.text.append(text[...], at: 0)
        matcher.finish()
        let encodedStart = range.upperBound - encoded.count
        for finding in matcher.takeFindings() {
            var finding = finding
            finding.offset = UInt64(encodedStart) + finding.offset / 3 * 4
            add(finding)
        }
        let found = matcher.takeFound()
        guard !found.isEmpty else { return }
        for found in found {
            for index in found.range where text[index] >= 0x20 { text[index] = UInt8(ascii: "*") }
        }
        output.addToString(
            MaskedOutput.Mark(
                rule: 0, range: encodedStart..<range.upperBound, isProgressive: false, style: .cells,
                replacement: Base64.encode(text)))
    }
}
