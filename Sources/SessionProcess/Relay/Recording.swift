internal import Glibc
internal import LibSSH
internal import MonitorProtocol
internal import OpenSSHKeys
internal import TerminalStream

/// The recording of one session channel: asciicast v2, written to the descriptor that the monitor opened for appending.
///
/// Each call has written before it returns, so what follows it may be delivered (promise 5).
struct Recording: ~Copyable {
    /// The file did not take it all: the disk is full, a limit is reached. The session does not go on.
    struct Failure: Error {
        /// `errno` of write(2).
        let code: Int32
    }

    private let file: OwnedDescriptor
    private let now: () -> UInt64
    private var cast: SessionCast<SHA256Hasher>
    private var lines: [UInt8]

    /// Writes the header.
    init(
        to file: consuming OwnedDescriptor, granted: GrantedChannel, command: [UInt8], terminal: TerminalRequest?,
        now: @escaping () -> UInt64
    ) throws(Failure) {
        var lines: [UInt8] = []
        let header = AsciicastHeader(
            columns: terminal?.columns ?? 80, rows: terminal?.rows ?? 24, timestamp: granted.startedAt,
            command: command.isEmpty ? nil : command, title: granted.title, term: terminal?.term, shell: nil)
        cast = SessionCast(header, isTerminal: terminal != nil, at: now(), into: &lines)
        self.file = file
        self.now = now
        self.lines = lines
        try flush()
    }

    mutating func output(_ bytes: ArraySlice<UInt8>, from stream: ChannelStream) throws(Failure) {
        cast.output(bytes, from: stream == .output ? .stdout : .stderr, at: now(), into: &lines)
        try flush()
    }

    mutating func resize(columns: UInt32, rows: UInt32) throws(Failure) {
        cast.resize(columns: columns, rows: rows, at: now(), into: &lines)
        try flush()
    }

    /// Ends it: what was held back for the next packet, and what was left out.
    consuming func finish() throws(Failure) {
        let moment = now()
        var lines = self.lines
        cast.finish(at: moment, into: &lines)
        try Self.write(lines[...], to: file.number)
    }

    private mutating func flush() throws(Failure) {
        guard !lines.isEmpty else { return }
        try Self.write(lines[...], to: file.number)
        lines.removeAll(keepingCapacity: true)
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to file: Int32) throws(Failure) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw Failure(code: errno)
            }
            rest = rest.dropFirst(count)
        }
    }
}

extension SHA256Hasher: ContentHasher {}
