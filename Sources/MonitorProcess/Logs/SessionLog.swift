internal import Foundation
internal import MonitorProtocol
internal import Synchronization

/// What a session process writes to its standard error, cut into lines. It parses what strangers send, so it is a stranger's text itself: bounded and
/// escaped.
final class SessionLog: Sendable {
    /// Bytes of one line; the rest of a longer one is dropped.
    static let longestLine = 1024
    /// Lines of one process; after them one more says that the rest is dropped.
    static let mostLines = 500

    fileprivate struct State {
        var partial: [UInt8] = []
        var lines = 0
        var isClosed = false
    }

    private let descriptor: OwnedDescriptor
    private let state = Mutex(State())

    /// Takes the reading end of the pipe and closes the other.
    init(_ pipe: consuming DescriptorPair) throws(SystemError) {
        descriptor = try pipe.first.duplicate()
        try setNonBlocking(true, of: descriptor.number)
    }

    /// To poll for reading; -1 once the process has closed its end.
    var descriptorNumber: Int32 { state.withLock { $0.isClosed ? -1 : descriptor.number } }

    /// The whole lines that have come, escaped. Does not wait.
    func lines() -> [String] {
        state.withLock { state in
            var lines: [String] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            // A process that writes faster than this is read on the next turn.
            for _ in 0..<4 where !state.isClosed {
                let count = read(descriptor.number, &buffer, buffer.count)
                if count < 0 && errno == EAGAIN { break }
                guard count > 0 else {
                    state.isClosed = true
                    break
                }
                for byte in buffer.prefix(count) { state.append(byte, to: &lines) }
            }
            if state.isClosed && !state.partial.isEmpty { state.finishLine(&lines) }
            return lines
        }
    }
}

extension SessionLog.State {
    fileprivate mutating func append(_ byte: UInt8, to lines: inout [String]) {
        if byte == UInt8(ascii: "\n") { return finishLine(&lines) }
        if partial.count < SessionLog.longestLine { partial.append(byte) }
    }

    fileprivate mutating func finishLine(_ lines: inout [String]) {
        if partial.isEmpty { return }
        self.lines += 1
        if self.lines <= SessionLog.mostLines {
            lines.append(escaped(partial, limit: SessionLog.longestLine))
        } else if self.lines == SessionLog.mostLines + 1 {
            lines.append("… (no more lines of this process are logged)")
        }
        partial = []
    }
}
