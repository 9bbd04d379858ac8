internal import Glibc
internal import MonitorProtocol
internal import TerminalStream

/// A recording that the monitor has opened for reading, from its beginning on.
struct RecordingFile: ~Copyable {
    private let descriptor: OwnedDescriptor
    private var buffer = [UInt8](repeating: 0, count: 256 * 1024)

    init(_ descriptor: consuming OwnedDescriptor) { self.descriptor = descriptor }

    /// The next bytes; empty where there are none yet, or no more.
    mutating func read() -> ArraySlice<UInt8> {
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor.number, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            return buffer[..<max(0, count)]
        }
    }
}

/// The last screenful of a recording.
enum LastScreenful {
    /// More of a recording is not read for it: what an approver waits for should come at once.
    private static let most = 64 << 20

    /// - Returns: its lines, text of the target. Of a longer recording a sentence: what stood on the screen earlier must not pass for what stands there now.
    static func lines(of file: consuming OwnedDescriptor) -> [String] {
        var file = RecordingFile(file)
        var screen = LastScreen()
        var count = 0
        while case let bytes = file.read(), !bytes.isEmpty {
            screen.read(bytes)
            count += bytes.count
            if count > most { return ["(its recording is too long to be read here: `ssh BASTION approvals NUMBER` reads it)"] }
        }
        return screen.lines
    }
}
