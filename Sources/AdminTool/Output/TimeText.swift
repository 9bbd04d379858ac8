internal import Glibc
internal import MonitorProtocol

/// Lengths of time as text.
enum TimeText {
    /// `12.345s`.
    static func seconds(microseconds: UInt64) -> String {
        let thousandths = "\(1000 + microseconds / 1000 % 1000)".dropFirst()
        return "\(microseconds / 1_000_000).\(thousandths)s"
    }
}

/// Moments as text: UTC, because tickets and logs of several places are compared.
extension Timestamp {
    /// RFC 3339 in whole seconds: `2026-11-24T02:03:59Z`.
    var rfc3339: String { formatted("%Y-%m-%dT%H:%M:%SZ") }

    /// For tables: `2026-11-24 02:03:59Z`.
    var forPeople: String { formatted("%Y-%m-%d %H:%M:%SZ") }

    private func formatted(_ format: String) -> String {
        var seconds = time_t(seconds)
        var parts = tm()
        guard gmtime_r(&seconds, &parts) != nil else { return "\(seconds)" }
        var buffer = [CChar](repeating: 0, count: 64)
        let length = strftime(&buffer, buffer.count, format, &parts)
        return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
