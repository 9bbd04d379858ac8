internal import Foundation

/// stdout, unbuffered: a full disk or a closed pipe is an error of the command, not silence.
enum StandardOutput {
    static func write(_ text: String) throws(ToolFailure) { try write(Array(text.utf8)) }

    static func write(_ bytes: [UInt8]) throws(ToolFailure) {
        guard let problem = writeAll(bytes, to: STDOUT_FILENO) else { return }
        throw ToolFailure("cannot write to standard output: \(describe(problem))")
    }

    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}

/// What went wrong or needs attention: one message, `sallyport: ` in front, escaped by whoever puts foreign text into it.
enum StandardError {
    /// A text that ends in a line feed already, such as a help page, is written as it is.
    static func write(_ text: String) {
        _ = writeAll(Array((text.hasSuffix("\n") ? text : text + "\n").utf8), to: STDERR_FILENO)
    }

    /// Without a line feed.
    static func prompt(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }

    static func note(_ text: String) { write("sallyport: " + text) }
}

/// Writes everything; the error number if that failed.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0 {
            if errno == EINTR { continue }
            return errno
        }
        rest = rest.dropFirst(count)
    }
    return nil
}

/// The system's words for an error number.
func describe(_ number: Int32) -> String { String(cString: strerror(number)) }
