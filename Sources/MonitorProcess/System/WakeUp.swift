internal import Foundation
internal import MonitorProtocol

/// Ends another thread's poll early (a pipe to itself). Any number of calls before the thread looks are one.
final class WakeUp: Sendable {
    private let readingEnd: OwnedDescriptor
    private let writingEnd: OwnedDescriptor

    init() throws(SystemError) {
        let pipe = try DescriptorPair.pipe()
        readingEnd = try pipe.first.duplicate()
        writingEnd = try pipe.second.duplicate()
        try setNonBlocking(true, of: readingEnd.number)
        try setNonBlocking(true, of: writingEnd.number)
    }

    /// To poll for reading.
    var descriptorNumber: Int32 { readingEnd.number }

    func wake() {
        var byte: UInt8 = 0
        // A full pipe is readable anyway.
        _ = Foundation.write(writingEnd.number, &byte, 1)
    }

    /// Makes ready for the next call. Look at what may have changed after this, not before.
    func reset() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while Foundation.read(readingEnd.number, &bytes, bytes.count) == bytes.count {}
    }
}
