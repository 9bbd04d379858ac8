extension MaskedStream {
    /// Reads lexemes as far as they are complete.
    mutating func read(isEnd: Bool) {
        defer { endRun() }
        while reading < output.end {
            if string != nil {
                guard readString(isEnd: isEnd) else { return }
                continue
            }
            if !isBehindBackspace, readPlainLines() { continue }
            switch output.lexeme(at: reading) {
            case .text(let length):
                guard readText(length, isEnd: isEnd) else { return }
            case .character(let scalar, let length): readCharacter(scalar, length)
            case .illFormed:
                printed(nil, 1)
                append(reading..<reading + 1)
            case .space:
                guard readSpace(isEnd: isEnd) else { return }
            case .backspace: readBackspace()
            case .transparent(let length): skip(length)
            case .boundary(let length):
                skip(length)
                cut()
            case .motion(let length): move(length)
            case .screen(let isAlternate, let length):
                if screens.count > 16 { screens.removeFirst(8) }
                screens.append((reading, isAlternate))
                move(length)
            case .string(let isOperatingSystemCommand, let length):
                string = StringPayload(
                    start: reading, payloadStart: reading + length, isOperatingSystemCommand: isOperatingSystemCommand)
            case .unfinished:
                guard isEnd else { return }
                // The terminal waits for the rest of it, so nothing of it is seen.
                move(output.end - reading)
            }
        }
    }

    /// Reads plain text with sequences in it that move nothing, before it is anywhere but in `bytes`: up to what needs thought.
    ///
    /// - Parameter bytes: directly behind what was read; nothing else waits to be.
    /// - Returns: how many of them were read, and whether a sequence was among them.
    mutating func readPlain(_ bytes: ArraySlice<UInt8>) -> (count: Int, hasEscape: Bool) {
        let span = bytes.span
        let width = columns ?? 0
        var position = 0
        var hasEscape = false
        while position < span.count {
            let start = position
            position = PlainLines.end(in: span, from: start, columns: width, column: &column)
            if position > start {
                let last = span[position - 1]
                previous = last < 0x20 ? nil : PrintedCharacter(scalar: Unicode.Scalar(last), start: reading + position - 1)
                patience = min(Self.mostPatience, patience + 64 * (position - start))
                unexpectedEnd = reading + position
                matcher.text.append(span.extracting(start..<position), at: reading + start)
                continue
            }
            guard span[position] == 0x1B, case .transparent(let length) = Lexer.next(in: span, from: position), length <= patience
            else { break }
            patience -= length
            output.addGap(reading + position..<reading + position + length)
            position += length
            hasEscape = true
        }
        return (position, hasEscape)
    }

    /// Reads printable ASCII, CR, LF and TAB, which nearly everything is, up to what needs thought; false if that comes at once.
    private mutating func readPlainLines() -> Bool {
        let start = reading
        let end = output.endOfPlainLines(from: start, columns: columns ?? 0, column: &column)
        guard end > start, let last = output.byte(at: end - 1) else { return false }
        previous = last < 0x20 ? nil : PrintedCharacter(scalar: Unicode.Scalar(last), start: end - 1)
        append(start..<end)
        return true
    }

    // MARK: Characters

    /// Printable ASCII; false if what follows has to be known first.
    private mutating func readText(_ length: Int, isEnd: Bool) -> Bool {
        var length = length
        if isBehindBackspace, let byte = output.byte(at: reading) {
            if strikesOver(Unicode.Scalar(byte), 1) { return true }
        }
        if output.byte(at: reading + length - 1) == UInt8(ascii: "_") {
            switch underline(at: reading + length - 1) {
            case nil where !isEnd:
                length -= 1
                if length == 0 { return false }
            case true:
                length -= 1
                if length == 0 {
                    noteText(reading..<reading + 1)
                    skip(2)
                    return true
                }
            default: break
            }
        }
        guard let columns, columns > 0, let column else {
            readRun(length)
            return true
        }
        // readline goes to the next line by a space and CR: the space counts only if no CR follows.
        if column == columns, output.byte(at: reading) == 0x20, length == 1 || output.byte(at: reading + 1) == 0x0D {
            guard let next = output.byte(at: reading + 1) else {
                guard isEnd else { return false }
                readRun(1)
                return true
            }
            if next == 0x0D {
                joinLines(2)
                return true
            }
        }
        // Such a space may be the run's last byte.
        let total = column + length
        if length > 1, total > columns, (total - 1) % columns == 0, output.byte(at: reading + length - 1) == 0x20 { length -= 1 }
        readRun(length)
        return true
    }

    /// Whether an underscore underlines what is printed over it, as manual pages have it: `_`, backspace, and directly behind it another character of one cell. Nil if
    /// that has not come yet.
    private func underline(at position: Int) -> Bool? {
        guard let backspace = output.byte(at: position + 1) else { return nil }
        guard backspace == 0x08 else { return false }
        guard let next = output.byte(at: position + 2) else { return nil }
        guard next >= 0x80 else { return 0x20 <= next && next < 0x7F && next != UInt8(ascii: "_") }
        switch output.lexeme(at: position + 2) {
        case .character(let scalar, _): return CharacterWidths.width(of: scalar) == 1
        case .unfinished: return nil
        default: return false
        }
    }

    private mutating func readRun(_ length: Int) {
        let last = output.byte(at: reading + length - 1) ?? 0
        previous = PrintedCharacter(scalar: Unicode.Scalar(last), start: reading + length - 1)
        advanceColumn(length)
        append(reading..<reading + length)
    }

    private mutating func readCharacter(_ scalar: Unicode.Scalar, _ length: Int) {
        if isBehindBackspace, strikesOver(scalar, length) { return }
        printed(PrintedCharacter(scalar: scalar, start: reading), CharacterWidths.width(of: scalar))
        let digit: UInt8? =
            switch scalar.value {
            case 0xFF10...0xFF19: UInt8(scalar.value - 0xFF10 + 0x30)
            case 0xFF0D: UInt8(ascii: "-")
            default: nil
            }
        guard let digit else { return append(reading..<reading + length) }
        noteText(reading..<reading + length)
        patience = min(Self.mostPatience, patience + 64)
        append(digit, width: length)
        reading += length
    }

    private mutating func printed(_ character: PrintedCharacter?, _ width: Int) {
        if isBehindBackspace { cut() }
        if width > 0 || character == nil { previous = character }
        advanceColumn(width)
    }

    private mutating func append(_ range: Range<Int>) {
        noteText(range)
        patience = min(Self.mostPatience, patience + 64 * range.count)
        if run.upperBound == range.lowerBound {
            run = run.lowerBound..<range.upperBound
        } else {
            endRun()
            run = range
        }
        reading = range.upperBound
    }

    /// Gives the matchers the bytes that stand for themselves and were not given yet.
    mutating func endRun() {
        guard !run.isEmpty else { return }
        let bytes = output.bytes(run)
        matcher.text.append(bytes, at: run.lowerBound)
        joined?.text.append(bytes, at: run.lowerBound)
        run = run.upperBound..<run.upperBound
    }

    private mutating func append(_ byte: UInt8, width: Int) {
        endRun()
        matcher.text.append(byte, at: reading, width: width)
        joined?.text.append(byte, at: reading, width: width)
    }

    private mutating func advanceColumn(_ width: Int) {
        guard let columns, columns > 0, let column else { return }
        let total = column + width
        self.column = total <= columns ? total : width > 1 && (total - 1) % columns == 0 ? width : (total - 1) % columns + 1
    }

    // MARK: What is no character

    private mutating func readSpace(isEnd: Bool) -> Bool {
        let byte = output.byte(at: reading) ?? 0
        if isBehindBackspace { cut() }
        if byte == 0x0D, let columns, column == columns {
            guard let next = output.byte(at: reading + 1) else {
                guard isEnd else { return false }
                return readPlainSpace(byte)
            }
            if next == 0x0A {
                joinLines(2)
                return true
            }
        }
        return readPlainSpace(byte)
    }

    private mutating func readPlainSpace(_ byte: UInt8) -> Bool {
        previous = nil
        switch byte {
        case 0x0D: column = columns == nil ? nil : 0
        case 0x09: column = column.map { min(($0 / 8 + 1) * 8, max((columns ?? 0) - 1, 0)) }
        default: break
        }
        append(reading..<reading + 1)
        return true
    }

    /// A program broke the line where the window ends: for one matcher it goes on, for the other it does not.
    private mutating func joinLines(_ length: Int) {
        if isBehindBackspace { cut() }
        previous = nil
        column = 0
        endRun()
        if joined == nil {
            joined = matcher
            joined?.joints = []
        }
        if let end = joined?.text.end {
            joined?.joints?.append(end)
            if let count = joined?.joints?.count, count > 512 { joined?.joints?.removeFirst(256) }
        }
        let bytes = output.bytes(reading..<reading + length)
        matcher.text.append(bytes, at: reading)
        output.addGap(reading..<reading + length)
        reading += length
    }

    private mutating func readBackspace() {
        if isBehindBackspace || previous == nil {
            isBehindBackspace = false
            move(1)
            return
        }
        isBehindBackspace = true
        if let current = column, current > 0 { column = current - 1 } else { column = nil }
        output.addGap(reading..<reading + 1)
        reading += 1
    }

    /// Behind a backspace: true if the same character is printed once more, or underlined.
    private mutating func strikesOver(_ scalar: Unicode.Scalar, _ length: Int) -> Bool {
        if scalar == "_", let previous, previous.scalar != "_", CharacterWidths.width(of: previous.scalar) == 1 {
            isBehindBackspace = false
            noteText(reading..<reading + 1)
            advanceColumn(1)
            skip(1)
            return true
        }
        guard let previous, previous.scalar == scalar else {
            cut()
            return false
        }
        isBehindBackspace = false
        let range = reading..<reading + length
        noteText(range)
        output.overstrike(range, of: previous.start)
        advanceColumn(CharacterWidths.width(of: scalar))
        reading = range.upperBound
        return true
    }

    private mutating func skip(_ length: Int) {
        output.addGap(reading..<reading + length)
        reading += length
        lose(length)
    }

    /// Bytes of sequences that move nothing.
    mutating func lose(_ length: Int) {
        patience -= length
        guard patience < 0 else { return }
        patience = Self.mostPatience
        cut()
    }

    private mutating func move(_ length: Int) {
        column = nil
        previous = nil
        isBehindBackspace = false
        append(LogicalText.cut, width: length)
        reading += length
    }

    /// The text does not go on.
    mutating func cut() {
        isBehindBackspace = false
        previous = nil
        append(LogicalText.cut, width: 0)
    }
}
