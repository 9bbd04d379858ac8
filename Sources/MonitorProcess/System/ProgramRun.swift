internal import Foundation
internal import MonitorProtocol

/// One run of another program: bytes in, bounded bytes out, ended when its time is over.
struct ProgramRun {
    enum Excess: Sendable {
        /// What is more is read and forgotten.
        case dropped
        /// It is killed.
        case ends
    }

    struct Limits: Sendable {
        var milliseconds: Int32
        /// Of standard output and error together.
        var outputBytes: Int
        var excess: Excess
    }

    enum End: Equatable, Sendable {
        case exit(SessionExit)
        /// Killed because its time was over.
        case timedOut
        /// Killed because it wrote too much.
        case wroteTooMuch
        /// Killed because `stop` became readable.
        case stopped
    }

    let end: End
    let output: [UInt8]

    /// How often a program whose output is quiet is asked whether it has ended.
    private static let tick: Int32 = 100

    /// Runs it and waits. Its environment is a path and the locale.
    ///
    /// - Parameters:
    ///   - command: the absolute path of a program, and its arguments.
    ///   - stop: a descriptor.
    /// - Throws: when it cannot be started.
    init(_ command: [String], input: [UInt8], limits: Limits, stop: Int32) throws(SystemError) {
        guard let executable = command.first else { preconditionFailure("a command names a program") }
        let feed = try DescriptorPair.pipe()
        let pipe = try DescriptorPair.pipe()
        let process = try spawnProgram(
            executable: executable, arguments: Array(command.dropFirst()),
            environment: ["PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8"], input: feed.first.number,
            output: pipe.second.number)
        // Only the program has its ends now, so that ours tell when it has closed them.
        var child = Child(process: process, input: input, limits: limits)
        do {
            child.feed = try Self.ours(feed.second)
            child.output = try Self.ours(pipe.first)
        } catch {
            child.kill()
            throw error
        }
        _ = consume feed
        _ = consume pipe
        end = child.run(stop: stop, tick: Self.tick)
        output = child.collected
    }

    private static func ours(_ end: borrowing OwnedDescriptor) throws(SystemError) -> OwnedDescriptor {
        let copy = try end.duplicate()
        try setNonBlocking(true, of: copy.number)
        return copy
    }
}

/// The program while it runs.
private struct Child: ~Copyable {
    let process: pid_t
    let limits: ProgramRun.Limits
    var input: ArraySlice<UInt8>
    var feed: OwnedDescriptor?
    var output: OwnedDescriptor?
    var collected: [UInt8] = []
    var wroteTooMuch = false

    init(process: pid_t, input: [UInt8], limits: ProgramRun.Limits) {
        self.process = process
        self.input = input[...]
        self.limits = limits
    }

    mutating func run(stop: Int32, tick: Int32) -> ProgramRun.End {
        let deadline = Deadline(afterMilliseconds: limits.milliseconds)
        while true {
            let outputNumber = number(of: output)
            // Its end follows the end of its output at once, mostly.
            let wait = min(outputNumber < 0 ? 5 : tick, deadline.millisecondsLeft)
            let ready = try? waitForReadiness(
                of: [(stop, .readable), (outputNumber, .readable), (number(of: feed), .writable)], timeoutMilliseconds: wait)
            guard let ready, ready[0] == [] else { return killed(.stopped) }
            if ready[2] != [] { writeMore() }
            if ready[1] != [] { readMore() }
            if wroteTooMuch { return killed(.wroteTooMuch) }
            if let exit = exit() {
                readMore()
                return wroteTooMuch ? .wroteTooMuch : .exit(exit)
            }
            if deadline.hasPassed { return killed(.timedOut) }
        }
    }

    private func number(of descriptor: borrowing OwnedDescriptor?) -> Int32 {
        switch descriptor {
        case let descriptor?: descriptor.number
        case nil: -1
        }
    }

    private mutating func writeMore() {
        let number = number(of: feed)
        let count = input.withUnsafeBytes { Foundation.write(number, $0.baseAddress, $0.count) }
        if count >= 0 { input = input.dropFirst(count) }
        // A program need not read what it is told.
        if input.isEmpty || (count < 0 && errno != EAGAIN && errno != EINTR) { feed = nil }
    }

    /// What is there, as far as it is bounded.
    private mutating func readMore() {
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        for _ in 0..<8 {
            let number = number(of: output)
            guard number >= 0 else { return }
            let count = Foundation.read(number, &buffer, buffer.count)
            if count < 0 && (errno == EAGAIN || errno == EINTR) { return }
            guard count > 0 else {
                output = nil
                return
            }
            let room = limits.outputBytes - collected.count
            collected += buffer.prefix(min(count, room))
            if count > room && limits.excess == .ends { wroteTooMuch = true }
            if wroteTooMuch { return }
        }
    }

    private func exit() -> SessionExit? {
        var status: Int32 = 0
        return waitpid(process, &status, WNOHANG) == process ? SessionExit(waitStatus: status) : nil
    }

    private func killed(_ end: ProgramRun.End) -> ProgramRun.End {
        kill()
        return end
    }

    /// With what it has started.
    func kill() {
        Foundation.kill(-process, SIGKILL)
        _ = try? SessionExit(waitingFor: process)
    }
}
