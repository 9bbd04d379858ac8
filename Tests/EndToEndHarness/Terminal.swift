package import Glibc

/// A program on a real pseudo-terminal, and a person in front of it who waits for what the screen says before typing on.
package final class Terminal {
    package let process: pid_t
    private let master: Int32
    package private(set) var transcript: [UInt8] = []
    /// Where the next `expect` begins to look.
    private var seen = 0
    private var ended: Exit?
    /// Whether everything on the other side has closed the terminal.
    package private(set) var isHungUp = false

    package init(
        _ command: [String], environment: [String: String] = Programs.environment, columns: UInt16 = 80, rows: UInt16 = 24
    )
        throws
    {
        // What posix_openpt, unlockpt and ptsname do; they need _GNU_SOURCE and so do not reach Swift. Numbers of asm-generic/ioctls.h.
        let (unlock, slaveNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)  // TIOCSPTLCK, TIOCGPTN
        var (locked, number): (Int32, UInt32) = (0, 0)
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
        guard master >= 0, ioctl(master, unlock, &locked) == 0, ioctl(master, slaveNumber, &number) == 0 else {
            throw HarnessError("/dev/ptmx: \(String(cString: strerror(errno)))")
        }
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
        process = try spawn(command, environment: environment, streams: .terminal("/dev/pts/\(number)"))
    }

    deinit {
        if ended == nil {
            kill(-process, SIGKILL)
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
        close(master)
    }

    package func type(_ text: String) throws { try type(Array(text.utf8)) }

    /// Types while reading what comes back: a terminal whose output nobody takes soon takes no input either.
    package func type(_ bytes: [UInt8], within limit: Duration = .seconds(60)) throws {
        var rest = bytes[...]
        let deadline = Deadline.after(limit)
        while !rest.isEmpty {
            var ready = pollfd(fd: master, events: Int16(POLLIN | POLLOUT), revents: 0)
            guard poll(&ready, 1, deadline.milliseconds) > 0 else { throw HarnessError("nobody takes what is typed: \(screen)") }
            if ready.revents & Int16(POLLIN) != 0 { _ = try read(until: deadline) }
            guard ready.revents & Int16(POLLOUT) != 0 else {
                guard !isHungUp else { throw HarnessError("the terminal is gone: \(screen)") }
                continue
            }
            let count = rest.withUnsafeBytes { Glibc.write(master, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EAGAIN else { throw HarnessError("the terminal is gone: \(screen)") }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// Reads until nothing has come for `pause`, at most for `limit`. False if there was no such pause, or at the end.
    @discardableResult package func waitForQuiet(_ pause: Duration, within limit: Duration) throws -> Bool {
        let deadline = Deadline.after(limit)
        while !deadline.isPast, !isHungUp {
            var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, min(Deadline.after(pause).milliseconds, deadline.milliseconds)) > 0 else {
                return !deadline.isPast
            }
            _ = try read(until: deadline)
        }
        return false
    }

    /// Types a line and Enter.
    package func enter(_ line: String) throws { try type(line + "\r") }

    /// Waits until the screen shows `text` after what earlier calls found; returns what came before it.
    @discardableResult package func expect(_ text: String, within limit: Duration = .seconds(20)) throws -> String {
        let wanted = Array(text.utf8)
        let deadline = Deadline.after(limit)
        while true {
            if let found = firstIndex(of: wanted) {
                defer { seen = found + wanted.count }
                return String(decoding: transcript[seen..<found], as: UTF8.self)
            }
            guard try read(until: deadline) else { throw HarnessError("ended before “\(text)”: \(screen)") }
        }
    }

    package func resize(columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    @discardableResult package func waitForExit(within limit: Duration = .seconds(20)) throws -> Exit {
        if let ended { return ended }
        let deadline = Deadline.after(limit)
        while try read(until: deadline) {}
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) != process {
            guard !deadline.isPast else { throw HarnessError("did not end: \(screen)") }
            usleep(5_000)
        }
        let exit: Exit = status & 0x7F == 0 ? .status(status >> 8 & 0xFF) : .signal(status & 0x7F)
        ended = exit
        return exit
    }

    package var screen: String { String(decoding: transcript.suffix(2000), as: UTF8.self) }

    /// False at the end: everything on the other side closed the terminal.
    private func read(until deadline: Deadline) throws -> Bool {
        guard !isHungUp else { return false }
        var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, deadline.milliseconds) > 0 else { throw HarnessError("nothing came, on the screen: \(screen)") }
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = Glibc.read(master, &chunk, chunk.count)
        guard count > 0 else {
            isHungUp = true
            return false
        }
        transcript += chunk[..<count]
        return true
    }

    private func firstIndex(of wanted: [UInt8]) -> Int? {
        guard transcript.count >= seen + wanted.count else { return nil }
        return (seen...(transcript.count - wanted.count)).first { transcript[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }
}
