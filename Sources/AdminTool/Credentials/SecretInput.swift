internal import Foundation
internal import OpenSSHKeys

/// One line of secret from standard input.
enum SecretInput {
    /// RFC 4252 sets no limit; sshd takes 1024 bytes of password.
    static let longestLine = 1024

    /// The first line without its line end. Nothing may follow it: a secret that was cut in two by accident is not stored by halves.
    static func line(named name: String) throws(ToolFailure) -> String {
        var bytes = [UInt8](repeating: 0, count: longestLine + 3)
        defer { wipe(&bytes) }
        let count: Int
        if isatty(STDIN_FILENO) == 1 {
            let silence = EchoOff(prompt: "\(name): ")
            defer { silence.end() }
            count = try fill(&bytes, from: silence, name)
        } else {
            count = try fill(&bytes, from: nil, name)
        }
        guard count < bytes.count else {
            throw ToolFailure("the \(name) on standard input is longer than \(longestLine) bytes")
        }
        var length = count
        if length > 0, bytes[length - 1] == UInt8(ascii: "\n") { length -= 1 }
        if length > 0, length < count, bytes[length - 1] == UInt8(ascii: "\r") { length -= 1 }
        let line = bytes[..<length]
        guard length > 0 else { throw ToolFailure("there is no \(name) on standard input") }
        guard length <= longestLine else {
            throw ToolFailure("the \(name) on standard input is longer than \(longestLine) bytes")
        }
        guard !line.contains(UInt8(ascii: "\n")) else {
            throw ToolFailure("standard input has more than one line; the \(name) is one line")
        }
        guard !line.contains(0), let text = String(validating: line, as: UTF8.self) else {
            throw ToolFailure("the \(name) on standard input is not UTF-8 text")
        }
        return text
    }

    /// Reads until the buffer is full or the input ends; from a terminal until the line ends.
    private static func fill(_ bytes: inout [UInt8], from terminal: EchoOff?, _ name: String) throws(ToolFailure) -> Int {
        var count = 0
        while count < bytes.count {
            terminal?.waitForLine()
            let got = bytes.withUnsafeMutableBytes { all in
                let rest = UnsafeMutableRawBufferPointer(rebasing: all[count...])
                return read(STDIN_FILENO, rest.baseAddress, rest.count)
            }
            if got < 0 {
                if errno == EINTR { continue }
                throw ToolFailure("cannot read the \(name) from standard input: \(describe(errno))")
            }
            if got == 0 { break }
            count += got
            if terminal != nil, bytes[count - 1] == UInt8(ascii: "\n") { break }
        }
        return count
    }
}

/// A terminal that does not show what is typed, until `end`. Signals end this process only after it shows it again.
private struct EchoOff {
    private var before = termios()
    private let signals = EndingSignals()

    init(prompt: String) {
        tcgetattr(STDIN_FILENO, &before)
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        // Last: whoever sees it types into a terminal that is silent already.
        StandardError.prompt(prompt)
    }

    /// Returns when a line was typed, or dies of a signal.
    func waitForLine() {
        while true {
            var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            let ready = poll(&input, 1, EndingSignals.turnMilliseconds)
            if let signal = signals.pending {
                end()
                EndingSignals.die(of: signal)
            }
            if ready > 0 { return }
        }
    }

    func end() {
        var before = before
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
        StandardError.prompt("\n")
        signals.release()
    }
}
