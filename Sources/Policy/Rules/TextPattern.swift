internal import CRE2

/// A regular expression in RE2's syntax, searched in the raw text of a command line.
///
/// RE2 because its time is linear in the text whatever the pattern (docs/decisions/0008). It matches characters of UTF-8; each byte of a text that
/// is none becomes U+FFFD first, so that such bytes make no rule miss: `.` matches them.
///
/// All that is unsafe about the C++ library is in this file. `@unchecked Sendable`: the pattern is not changed after `init`, and RE2 may be
/// matched on many threads at once (re2.h: "RE2 objects are thread-safe"), its caches being behind its own lock.
package final class TextPattern: @unchecked Sendable {
    /// As written.
    package let source: String
    private let compiled: OpaquePointer

    package struct Mistake: Error, Equatable {
        /// In RE2's words: `missing ): (abc`.
        package var reason: String
    }

    /// Longer ones are better written as several rules. The same bound as for globs.
    package static let longest = 1000
    /// What one pattern may take: half of RE2's default. The bounded repetitions that a pattern can nest (`(x{1000}){1000}`) do not fit.
    private static let memory: Int64 = 4 << 20

    package init(_ source: String) throws(Mistake) {
        guard source.utf8.count <= Self.longest else { throw Mistake(reason: "it is longer than \(Self.longest) bytes") }
        let pattern = Array(source.utf8)
        var reason = [CChar](repeating: 0, count: 200)
        guard let compiled = cre2_compile(pattern, pattern.count, Self.memory, &reason, reason.count) else {
            throw Mistake(reason: String(decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
        self.source = source
        self.compiled = compiled
    }

    deinit { cre2_free(compiled) }

    /// Whether it is found anywhere in the text.
    ///
    /// - Parameter text: UTF-8, see `repaired`.
    func isFound(in text: [UInt8]) -> Bool { text.withUnsafeBufferPointer { cre2_search(compiled, $0.baseAddress, $0.count) } }

    /// Whether it matches the text from its first to its last byte.
    func isAll(of text: [UInt8]) -> Bool { text.withUnsafeBufferPointer { cre2_is_all_of(compiled, $0.baseAddress, $0.count) } }

    /// The text with U+FFFD in place of what is not UTF-8.
    static func repaired(_ text: [UInt8]) -> [UInt8] { Array(String(decoding: text, as: UTF8.self).utf8) }
}
