package import Glibc

/// A program with pipes at its standard streams. Whatever is left of it when the test lets go is killed.
package final class RunningProgram {
    package let command: [String]
    package let process: pid_t
    private var input: Int32
    private var output: Int32
    private var error: Int32
    package private(set) var stdout: [UInt8] = []
    package private(set) var stderr: [UInt8] = []
    private var ended: Exit?

    package init(_ command: [String], environment: [String: String]) throws {
        self.command = command
        let (input, output, error) = (try makePipe(), try makePipe(), try makePipe())
        defer { for descriptor in [input.reading, output.writing, error.writing] { close(descriptor) } }
        process = try spawn(
            command, environment: environment,
            streams: .descriptors(input: input.reading, output: output.writing, error: error.writing))
        self.input = input.writing
        self.output = output.reading
        self.error = error.reading
        _ = fcntl(self.input, F_SETFL, O_NONBLOCK)
    }

    deinit {
        if ended == nil {
            kill(-process, SIGKILL)
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
        for descriptor in [input, output, error] where descriptor >= 0 { close(descriptor) }
    }

    /// Writes all of it while reading what comes back, so that neither side waits for the other.
    package func write(_ bytes: [UInt8], within limit: Duration = .seconds(60)) throws {
        var rest = bytes[...]
        let deadline = Deadline.after(limit)
        while !rest.isEmpty {
            try exchange(writing: &rest, until: deadline)
        }
    }

    package func write(_ text: String) throws { try write(Array(text.utf8)) }

    package func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    /// Reads until stdout holds `text`.
    package func waitForOutput(_ text: String, within limit: Duration = .seconds(20)) throws {
        try read(until: { $0.stdout.contains(text.utf8) }, what: "“\(text)” on stdout", within: limit)
    }

    package func waitForError(_ text: String, within limit: Duration = .seconds(20)) throws {
        try read(until: { $0.stderr.contains(text.utf8) }, what: "“\(text)” on stderr", within: limit)
    }

    /// Reads until the condition holds.
    package func read(until condition: (RunningProgram) -> Bool, what: String, within limit: Duration = .seconds(20)) throws {
        let deadline = Deadline.after(limit)
        var nothing: ArraySlice<UInt8> = []
        while !condition(self) {
            guard output >= 0 || error >= 0 else { throw HarnessError("\(what) did not come before the end: \(summary)") }
            try exchange(writing: &nothing, until: deadline)
        }
    }

    /// Reads to the end of both streams and waits for the end of the process.
    @discardableResult package func waitForExit(within limit: Duration = .seconds(30)) throws -> Exit {
        if let ended { return ended }
        let deadline = Deadline.after(limit)
        var nothing: ArraySlice<UInt8> = []
        while output >= 0 || error >= 0 { try exchange(writing: &nothing, until: deadline) }
        return try reap(until: deadline)
    }

    /// Waits for the end of the process without reading what it writes.
    @discardableResult package func waitForExitWithoutReading(within limit: Duration = .seconds(30)) throws -> Exit {
        try ended ?? reap(until: .after(limit))
    }

    package func signal(_ number: Int32) { kill(process, number) }

    private func reap(until deadline: Deadline) throws -> Exit {
        while true {
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process {
                let exit: Exit = status & 0x7F == 0 ? .status(status >> 8 & 0xFF) : .signal(status & 0x7F)
                ended = exit
                return exit
            }
            guard !deadline.isPast else { throw HarnessError("did not end: \(summary)") }
            usleep(5_000)
        }
    }

    private func exchange(writing rest: inout ArraySlice<UInt8>, until deadline: Deadline) throws {
        var ready = [
            pollfd(fd: output, events: Int16(POLLIN), revents: 0), pollfd(fd: error, events: Int16(POLLIN), revents: 0),
            pollfd(fd: rest.isEmpty ? -1 : input, events: Int16(POLLOUT), revents: 0),
        ]
        guard poll(&ready, 3, deadline.milliseconds) > 0 || !deadline.isPast else { throw HarnessError("too slow: \(summary)") }
        if ready[0].revents != 0 { Self.read(&output, onto: &stdout) }
        if ready[1].revents != 0 { Self.read(&error, onto: &stderr) }
        if ready[2].revents != 0 {
            let written = rest.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
            guard written > 0 || errno == EAGAIN else { throw HarnessError("its stdin is closed: \(summary)") }
            rest = rest.dropFirst(max(0, written))
        }
    }

    private static func read(_ descriptor: inout Int32, onto bytes: inout [UInt8]) {
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = Glibc.read(descriptor, &chunk, chunk.count)
        if count > 0 {
            bytes += chunk[..<count]
        } else {
            close(descriptor)
            descriptor = -1
        }
    }

    private var summary: String {
        "\(command.joined(separator: " ")); stdout “\(String(decoding: stdout.suffix(500), as: UTF8.self))”, "
            + "stderr “\(String(decoding: stderr.suffix(1500), as: UTF8.self))”"
    }
}
