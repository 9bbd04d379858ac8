import Glibc
import MonitorProtocol

/// The next descriptor beside a message, which must be there.
func descriptor(in message: inout ReceivedMessage) throws -> OwnedDescriptor {
    guard let descriptor = message.takeDescriptor() else { throw SystemError("recvmsg", ENODATA) }
    return descriptor
}

/// What a descriptor number refers to now: `nil` when it is closed.
func inode(of descriptor: Int32) -> UInt64? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? UInt64(status.st_ino) : nil
}

/// A pipe whose reading end tells whether any copy of its writing end is left open, in whatever process: the way to see that
/// descriptors were closed while other tests open and close descriptors of their own.
struct Tripwire: ~Copyable {
    let reading: OwnedDescriptor
    private var writing: OwnedDescriptor?
    /// To send; -1 after `letGo`.
    private(set) var number: Int32

    init() throws {
        let pipe = try DescriptorPair.pipe()
        reading = pipe.first
        number = pipe.second.number
        writing = .some(pipe.second)
    }

    /// Closes our own writing end.
    mutating func letGo() {
        writing = nil
        number = -1
    }

    /// True when nobody holds the writing end any more.
    func everyCopyIsClosed() throws -> Bool {
        try waitForReadiness(of: [(reading.number, .readable)], timeoutMilliseconds: 0)[0].contains(.hungUp)
    }
}
