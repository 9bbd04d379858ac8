import Foundation

/// A pseudo-terminal with a program on it, and this test in front of it.
final class PseudoTerminal {
    let process = Process()
    /// Whoever the program talks to, kept alive for as long.
    var peer: AnyObject?
    private let front: FileHandle
    private let back: FileHandle
    private(set) var screen: [UInt8] = []

    /// TIOCSPTLCK and TIOCGPTN (ioctl_tty(2)).
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    init(running arguments: [String], environment: [String: String], columns: UInt16 = 80, rows: UInt16 = 24) throws {
        // pty(7), by hand: glibc shows posix_openpt only with _XOPEN_SOURCE.
        let number = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var locked: Int32 = 0
        var name: UInt32 = 0
        guard number >= 0, ioctl(number, Self.setLock, &locked) == 0, ioctl(number, Self.getNumber, &name) == 0 else {
            throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
        front = FileHandle(fileDescriptor: number, closeOnDealloc: true)
        back = FileHandle(fileDescriptor: open("/dev/pts/\(name)", O_RDWR | O_NOCTTY | O_CLOEXEC), closeOnDealloc: true)
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(number, UInt(TIOCSWINSZ), &size)
        process.executableURL = Tool.executable
        process.arguments = arguments
        process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { $1 }
        process.standardInput = back
        process.standardOutput = back
        process.standardError = back
        try process.run()
    }

    /// What the terminal is set to: changes when a program silences the keyboard.
    var settings: [UInt32] {
        var settings = termios()
        tcgetattr(back.fileDescriptor, &settings)
        return [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
    }

    /// What was typed and nobody read: a shell that came back would run it. Puts nothing on the screen.
    var unreadInput: [UInt8] {
        var settings = termios()
        tcgetattr(back.fileDescriptor, &settings)
        settings.c_lflag &= ~tcflag_t(ICANON)
        (settings.c_cc.5, settings.c_cc.6) = (0, 0)
        tcsetattr(back.fileDescriptor, TCSANOW, &settings)
        var buffer = [UInt8](repeating: 0, count: 4096)
        return Array(buffer.prefix(max(0, Foundation.read(back.fileDescriptor, &buffer, buffer.count))))
    }

    func type(_ text: String) { _ = text.withCString { write(front.fileDescriptor, $0, strlen($0)) } }

    /// Reads until the screen has got `text` at its end or anywhere; false if the program ended or said nothing for ten seconds.
    func waits(for text: String) -> Bool { readScreen { self.screen.firstRange(of: Array(text.utf8)) != nil } }

    /// Reads until the program has ended; its exit status, or 128 and the signal.
    func ends() -> Int32 {
        _ = readScreen { !self.process.isRunning }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        _ = readScreen(patience: 0) { false }
        return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }

    var text: String { String(decoding: screen, as: UTF8.self) }

    private func readScreen(patience turns: Int = 500, until isDone: () -> Bool) -> Bool {
        var silent = 0
        while !isDone() {
            var ready = pollfd(fd: front.fileDescriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, 20) > 0 else {
                silent += 1
                if silent > turns { return false }
                continue
            }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = Foundation.read(front.fileDescriptor, &buffer, buffer.count)
            guard count > 0 else { return isDone() }
            screen += buffer.prefix(count)
        }
        return true
    }
}
