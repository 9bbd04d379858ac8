internal import TerminalStream

/// Lines that ran although no key that ends one was sent: a key of the user's own did it, and only the screen shows that, afterwards. They are asked
/// about all the same, so that nothing is missed silently.
extension ScreenGate {
    /// So many of one macro are told.
    private static let mostAtOnce = 8

    /// What an editor shows of a line between its acceptance and its end on the screen.
    struct Leaving: Equatable {
        var number: UInt32
        /// As it was judged.
        var shown: [UInt8]
    }

    /// Follows the line to where it is shown now. Where its prompt stands anew behind it, it has run.
    mutating func noticeUnjudged(_ screen: inout Emulator, _ exchange: inout Exchange) {
        guard hasKeys, isAnchorSure, !screen.isAlternate, let start = screen.anchor(ScreenReading.anchor) else { return }
        let row = ScreenReading.firstRow(of: screen.cursor.row, on: screen)
        guard row != start.row, let found = promptAnew(row, screen) else { return }
        let here = ScreenPosition(row: row, column: found.column)
        let isEmpty = screen.position.row == row && screen.position.column <= here.column
        let hasLeft = screen.pasteModeEnds != pasteModeEnds
        guard row > start.row, isEmpty || hasLeft else {
            // A list of completions, a cleared screen: the editor has drawn the line again.
            return screen.setAnchor(ScreenReading.anchor, at: here)
        }
        let texts = ScreenReading.lines(behind: found.prompt, from: start, before: row, on: screen).filter { !$0.isEmpty }
        tell(texts, isSure: (hasLeft || !hasSeenPasteMode) && !mayBeGivenUp, &exchange)
        if texts.isEmpty, !hasLeft { return screen.setAnchor(ScreenReading.anchor, at: here) }
        if earlier.isEmpty || found.prompt == prompt { prompt = found.prompt }
        forgetEarlier()
        startLine(after: nil)
        // What stands there already, or will, is of keys that were sent before: a macro may have more lines.
        hasKeys = true
        (linePrompt, pasteModeEnds) = (found.prompt, screen.pasteModeEnds)
        screen.setAnchor(ScreenReading.anchor, at: here)
        if isEmpty { isWatching = true } else { forgetKeys() }
    }

    /// A key interrupts what may be the command of such a line, whose prompt then comes for another reason.
    mutating func noticeInterrupted(_ screen: Emulator, _ exchange: inout Exchange) {
        guard hasKeys, isAnchorSure, !screen.isAlternate, screen.pasteModeEnds != pasteModeEnds,
            !screen.modes.contains(.bracketedPaste), let start = screen.anchor(ScreenReading.anchor)
        else { return }
        let end = ScreenReading.firstRow(of: screen.cursor.row, on: screen)
        guard end > start.row else { return }
        tell(
            ScreenReading.lines(behind: linePrompt, from: start, before: end, on: screen).filter { !$0.isEmpty }, isSure: false,
            &exchange)
    }

    /// The first column behind a prompt that is known, at the start of this row.
    private func promptAnew(_ row: Int, _ screen: Emulator) -> (prompt: [UInt8], column: Int)? {
        for known in [linePrompt, prompt] where !known.isEmpty {
            if let column = ScreenReading.column(behind: known, row: row, on: screen) { return (known, column) }
        }
        // One that changes each time, or none: only the editor's own sign tells that it is back.
        guard screen.pasteModeEnds != pasteModeEnds, screen.modes.contains(.bracketedPaste), screen.position.row == row
        else { return nil }
        let found = ScreenReading.prompt(before: screen.position, on: screen)
        guard linePrompt.isEmpty ? found.isEmpty : PromptLikeness.holds(linePrompt, found) else { return nil }
        return (found, screen.position.column)
    }

    /// What a program that ended left to its shell, which ran it between two prompts.
    mutating func tellTypedAhead(_ screen: Emulator, _ exchange: inout Exchange) {
        guard let start = screen.anchor(ScreenReading.programAnchor) else { return }
        let end = ScreenReading.firstRow(of: screen.cursor.row, on: screen)
        let texts = ScreenReading.lines(
            behind: prompt, from: ScreenPosition(row: start.row + 1, column: 0), before: end, on: screen)
        tell(texts.isEmpty ? [[]] : texts, isSure: false, typed: typedForProgram, &exchange)
    }

    /// - Parameter typed: what keys made of what the lines may be.
    private mutating func tell(_ texts: [[UInt8]], isSure: Bool, typed: [[UInt8]] = [], _ exchange: inout Exchange) {
        for text in texts.prefix(Self.mostAtOnce) where !exchange.isFull {
            let isReadable = text.count <= LineQuestion.longestText && !text.contains(0) && !text.isEmpty
            let number = exchange.ask { number in
                LineQuestion(
                    number: number, text: isReadable ? text : [], language: language, witnesses: isReadable ? .screen : [],
                    doubts: isReadable ? [.alreadyRan] : [.alreadyRan, .unread],
                    otherReadings: typed.filter { $0 != text })
            }
            // A comment does nothing, and keys of some editors make one of a line that is given up.
            unjudged[number] = isSure && text.first != UInt8(ascii: "#")
        }
    }

    /// Takes the answer to a question that came too late.
    ///
    /// - Returns: whether it was one.
    mutating func receiveLate(_ answer: LineAnswer, to number: UInt32, _ exchange: inout Exchange) -> Bool {
        guard let isSure = unjudged.removeValue(forKey: number) else { return false }
        if case .refuse = answer, isSure {
            exchange.report(number, .alarm(.refusedLineRan))
        } else {
            exchange.report(number, .alarm(.unjudgedLine))
        }
        return true
    }

    // MARK: What an editor does with a key that should end a line

    struct Released: Equatable {
        var asked: Asked
        var pasteModeEnds: Int
        var at: UInt64
    }

    /// A key may have changed what stands in earlier rows of a command that its editor keeps.
    mutating func doubtKept() {
        forgetKeys()
        if !earlierDoubts.contains(.oneWitness) { earlierDoubts.append(.oneWitness) }
    }

    /// An editor that has not switched bracketed paste off still edits: fish begins a new row of the same command, and in a paste Enter is text.
    /// It is asked about again, one line longer; nothing is claimed about whether the shorter one ran.
    mutating func noticeKept(_ screen: Emulator) {
        guard let released else { return }
        self.released = nil
        guard screen.modes.contains(.bracketedPaste), screen.pasteModeEnds == released.pasteModeEnds, lastOutput > released.at
        else { return }
        let asked = released.asked
        earlier = asked.command + [0x0A]
        isKept = true
        (earlierDoubts, earlierReadings) = (asked.doubts, asked.others.map { $0 + [0x0A] })
    }

    /// The cursor is about to leave the line that was released: what stands there now is what runs. An abbreviation, or the user's own widget, may have
    /// made another line of it.
    mutating func lineEnds(_ screen: Emulator, _ exchange: inout Exchange) {
        guard let leaving else { return }
        self.leaving = nil
        guard !screen.isAlternate, let start = screen.anchor(ScreenReading.anchor) else { return }
        let text = ScreenReading.line(from: start, on: screen)
        // Some editors go to the next row themselves, so that only the beginning stands in this one.
        guard !text.isEmpty, !leaving.shown.starts(with: text) else { return }
        exchange.report(leaving.number, .withdrawn)
        tell([text], isSure: false, &exchange)
    }
}
