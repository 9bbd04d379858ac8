internal import Foundation

/// Commands from standard input, one after each other up to a separator. Bounded: of a command that is longer than anything the policy reads, only
/// the beginning is kept, which the policy refuses for its length.
final class CommandStream {
    private let separator: UInt8
    private var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    private var unfinished: [UInt8] = []
    private var isAtEnd = false

    /// One byte more than an exec request may have.
    private static let longest = 64 * 1024 + 1

    init(separator: UInt8) { self.separator = separator }

    /// The commands that have come whole; waits for at least one. Nil at the end. The last one need not end with a separator.
    func next() throws(ToolFailure) -> [[UInt8]]? {
        while !isAtEnd {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw ToolFailure("cannot read standard input: \(describe(errno))")
            }
            if count == 0 {
                isAtEnd = true
                return unfinished.isEmpty ? nil : [unfinished]
            }
            var commands: [[UInt8]] = []
            var rest = buffer[..<count]
            while let end = rest.firstIndex(of: separator) {
                keep(rest[..<end])
                commands.append(unfinished)
                unfinished = []
                rest = rest[(end + 1)...]
            }
            keep(rest)
            if !commands.isEmpty { return commands }
        }
        return nil
    }

    private func keep(_ bytes: ArraySlice<UInt8>) {
        unfinished += bytes.prefix(max(0, Self.longest - unfinished.count))
    }
}
