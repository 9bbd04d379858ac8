internal import CSystem

/// One message and the descriptors that came beside it. Descriptors that nobody takes are closed with the message.
package struct ReceivedMessage: ~Copyable, Sendable {
    package let bytes: [UInt8]
    /// Close-on-exec, in the order in which they were sent.
    private var descriptors: [Int32]

    init(bytes: [UInt8], descriptors: [Int32]) {
        self.bytes = bytes
        self.descriptors = descriptors
    }

    /// How many have not been taken.
    package var descriptorCount: Int { descriptors.count }

    /// The first descriptor that has not been taken, or nil.
    package mutating func takeDescriptor() -> OwnedDescriptor? {
        descriptors.isEmpty ? nil : OwnedDescriptor(owning: descriptors.removeFirst())
    }

    deinit { descriptors.forEach(closeOnce) }
}

extension csystem_received {
    /// The descriptors as an array; its taker closes them.
    var descriptorList: [Int32] {
        withUnsafeBytes(of: descriptors) { Array($0.bindMemory(to: Int32.self).prefix(descriptor_count)) }
    }
}
