internal import Foundation
internal import Logging
internal import MonitorProtocol

/// One line of text for each event: time, level, event, then the facts as `key=value` in alphabetical order.
///
/// `2026-11-24T02:04:10.123Z notice certificate refused connection=7h2… reason="expired"`. Values are quoted unless they are plain words, and
/// escaped here once more, so that no value can end a line or forge a fact, wherever it came from.
struct LineLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    let now: @Sendable () -> Int64
    let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - now: milliseconds since 1970.
    ///   - write: takes a line without its end.
    init(level: Logger.Level, now: @escaping @Sendable () -> Int64, write: @escaping @Sendable (String) -> Void) {
        logLevel = level
        self.now = now
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:]) { _, new in new }
        var line = "\(Self.time(now())) \(event.level) \(event.message)"
        for (key, value) in facts.sorted(by: { $0.key < $1.key }) { line += " \(key)=\(Self.fact("\(value)"))" }
        write(line)
    }

    /// A value as it stands in the line.
    static func fact(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.utf8.allSatisfy { plain.contains($0) }
        if isPlain { return value }
        var quoted = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                quoted += "\\"
                quoted.unicodeScalars.append(scalar)
            case _
            where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || scalar == "\u{2028}" || scalar == "\u{2029}":
                quoted += "\\u{\(String(scalar.value, radix: 16))}"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:/_@+-[]%*".utf8)

    /// RFC 3339 in UTC with milliseconds.
    static func time(_ milliseconds: Int64) -> String {
        // Whole seconds apart, because a Double of seconds does not hold every millisecond.
        let moment = Timestamp(milliseconds: milliseconds)
        let seconds = Date(timeIntervalSince1970: Double(moment.seconds)).formatted(Date.ISO8601FormatStyle(timeZone: .gmt))
        return seconds.dropLast() + String(format: ".%03dZ", Int(milliseconds - moment.seconds * 1000))
    }
}

extension LineLog {
    /// Whole lines to standard error, one `write` each, so that lines of threads do not mix. A log nobody reads does not stop the daemon.
    static let standardError: @Sendable (String) -> Void = { line in
        let bytes = Array((line + "\n").utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            written += count
        }
    }
}
