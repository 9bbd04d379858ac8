internal import Foundation

/// A recording line by line.
struct LineReader {
    /// Recordings that Sallyport made have lines of some KB; beyond this it is not one.
    private static let longestLine = 8 << 20

    private let file: FileHandle
    private var buffer: [UInt8] = []
    private var start = 0
    private var searched = 0
    private var isAtEnd = false

    init(_ file: FileHandle) { self.file = file }

    /// Without its line feed; nil at the end. The last line of a recording that is being written may be cut off: it still comes.
    mutating func next() throws(ToolFailure) -> [UInt8]? {
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer {
                    start = end + 1
                    searched = start
                }
                return Array(buffer[start..<end])
            }
            searched = buffer.count
            if isAtEnd {
                guard start < buffer.count else { return nil }
                defer { start = buffer.count }
                return Array(buffer[start...])
            }
            guard buffer.count - start <= Self.longestLine else {
                throw ToolFailure("the recording has a line of more than \(Self.longestLine) bytes: it was not made by Sallyport")
            }
            buffer.removeFirst(start)
            searched -= start
            start = 0
            if let more = try file.readRecording(upToCount: 65_536) { buffer += more } else { isAtEnd = true }
        }
    }
}
