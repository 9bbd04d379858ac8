internal import Foundation

/// The terminal that a recording is replayed on: made quiet before, put back after, whatever was replayed and however it ended.
///
/// A recording may ask the terminal something (ECMA-48 DA, DSR; DECRQSS; colours). The answers arrive as if typed; left unread, the
/// administrator's shell would run them. So nothing that arrives during the playback survives it.
final class PlaybackTerminal {
    enum Ending: Equatable { case finished, quit, signal(Int32) }

    /// An unfinished string is ended; out of the alternate screen, of mouse and focus reports, bracketed paste, synchronized output, the keyboard
    /// protocols of kitty and xterm, application keys, insert mode, scroll region, line drawing; wrap and cursor on; colours plain.
    private static let reset =
        "\u{1b}\\\u{1b}[?1049l\u{1b}[?1000;1002;1003;1004;1005;1006;1015l\u{1b}[?2004;2026l\u{1b}[<99u\u{1b}[>4;0m\u{1b}[?1;5;6l\u{1b}>"
        + "\u{1b}[4;20l\u{1b}[r\u{1b}(B\u{0f}\u{1b}[?7;25h\u{1b}[0 q\u{1b}[0m\r\n"
    private static let turn = Duration.milliseconds(Int(EndingSignals.turnMilliseconds))
    /// DSR: a terminal answers it after everything that was asked before (ECMA-48 §8.3.35).
    private static let fence = "\u{1b}[5n"

    private let hasKeyboard = isatty(STDIN_FILENO) == 1
    private let hasScreen = StandardOutput.isTerminal
    private let start = ContinuousClock.now
    /// How long the playback stood still because of the space bar.
    private var paused = Duration.zero
    private let signals = EndingSignals()

    /// Nil if standard output is not a terminal, or one without a size.
    var size: (columns: Int, rows: Int)? {
        var size = winsize()
        guard hasScreen, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Runs `body` with a silent keyboard and with the ending signals held back until they are asked for.
    func whilePrepared(_ body: () throws(ToolFailure) -> Ending) throws(ToolFailure) -> Ending {
        var before = termios()
        if hasKeyboard {
            tcgetattr(STDIN_FILENO, &before)
            var quiet = before
            quiet.c_lflag &= ~tcflag_t(ICANON | ECHO)
            // VTIME, VMIN: a read never waits. VSUSP: Ctrl-Z would leave the terminal as the recording has it.
            (quiet.c_cc.5, quiet.c_cc.6, quiet.c_cc.10) = (0, 0, 0)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet)
        }
        defer {
            if hasScreen { restoreScreen() }
            if hasKeyboard { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
            signals.release()
        }
        return try body()
    }

    /// Waits until the playback is `due` seconds old, pauses not counted. What ends it before that is returned.
    func wait(until due: Double) -> Ending? {
        while true {
            if let signal = signals.pending { return .signal(signal) }
            let left = start + paused + .seconds(due) - .now
            guard left > .zero else { return nil }
            switch key(within: min(left, Self.turn)) {
            case UInt8(ascii: "q"): return .quit
            case UInt8(ascii: " "): if let ending = pause() { return ending }
            default: break
            }
        }
    }

    /// Writes in small pieces: a terminal that is stopped (Ctrl-S) or gone must not keep signals from ending the playback.
    func show(_ bytes: [UInt8]) throws(ToolFailure) -> Ending? {
        var rest = bytes[...]
        while !rest.isEmpty {
            var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
            let ready = poll(&output, 1, EndingSignals.turnMilliseconds)
            if let signal = signals.pending { return .signal(signal) }
            guard ready > 0 else { continue }
            try StandardOutput.write(Array(rest.prefix(512)))
            rest = rest.dropFirst(512)
        }
        return nil
    }

    private func pause() -> Ending? {
        let began = ContinuousClock.now
        defer { paused += .now - began }
        while true {
            if let signal = signals.pending { return .signal(signal) }
            switch key(within: Self.turn) {
            case UInt8(ascii: " "): return nil
            case UInt8(ascii: "q"): return .quit
            default: break
            }
        }
    }

    /// A key that was pressed alone. Several bytes at once are a terminal's answer, or a key without meaning here.
    private func key(within patience: Duration) -> UInt8? {
        let bytes = typed(within: patience)
        return bytes.count == 1 ? bytes[0] : nil
    }

    private func typed(within patience: Duration) -> [UInt8] {
        let (seconds, attoseconds) = patience.components
        var keyboard = pollfd(fd: hasKeyboard ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0)
        guard poll(&keyboard, 1, Int32(seconds * 1000 + attoseconds / 1_000_000_000_000_000) + 1) > 0 else { return [] }
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = read(STDIN_FILENO, &buffer, buffer.count)
        // A keyboard that hung up is always ready; the signal that says so is on its way.
        if count <= 0 { usleep(10_000) }
        return Array(buffer.prefix(max(count, 0)))
    }

    /// Resets the screen and throws away what the terminal still answers: until it has answered our own question and is quiet.
    private func restoreScreen() {
        // Whoever stopped the output with Ctrl-S would stop this, too.
        tcflow(STDOUT_FILENO, TCOON)
        guard writeAll(Array((Self.reset + (hasKeyboard ? Self.fence : "")).utf8), to: STDOUT_FILENO) == nil, hasKeyboard else {
            return
        }
        var answers: [UInt8] = []
        let end = ContinuousClock.now + .seconds(1)
        while .now < end, answers.count < 1 << 20 {
            let more = typed(within: .milliseconds(100))
            answers += more
            if more.isEmpty, answers.contains(UInt8(ascii: "n")) { return }
        }
    }
}
