internal import CSystem
internal import Glibc

/// Bytes in a file that is nowhere but in memory and that nobody can change any more (memfd_create(2), F_SEAL_WRITE): to be handed to other processes,
/// which map it and share its pages.
package struct SealedMemory: ~Copyable, Sendable {
    package let descriptor: OwnedDescriptor
    package let count: Int

    package init(_ bytes: [UInt8]) throws(SystemError) {
        let number = bytes.withUnsafeBytes { csystem_sealed_memory($0.baseAddress, $0.count) }
        guard number >= 0 else { throw SystemError("memfd_create", -number) }
        descriptor = OwnedDescriptor(owning: number)
        count = bytes.count
    }
}

/// Sealed memory of another process, mapped for reading as long as this lives.
package final class MappedMemory: @unchecked Sendable {
    package let bytes: UnsafeRawBufferPointer

    /// - Parameter count: as its maker says; whoever says too much ends this process.
    package init(_ file: borrowing OwnedDescriptor, count: Int) throws(SystemError) {
        let address = mmap(nil, count, PROT_READ, MAP_SHARED, file.number, 0)
        guard let address, address != MAP_FAILED else { throw SystemError("mmap", errno) }
        bytes = UnsafeRawBufferPointer(start: address, count: count)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
