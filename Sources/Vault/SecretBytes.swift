internal import COpenSSL

/// Secret bytes with one owner: not copied, not printed, overwritten when they go (OPENSSL_cleanse, which no optimizer removes).
package struct SecretBytes: ~Copyable, @unchecked Sendable {
    // @unchecked: no lock is needed, the memory is written by the initializers and never again until `deinit`.
    private let memory: UnsafeMutableRawBufferPointer

    /// Copies the bytes. The caller wipes its own.
    package init(copying bytes: [UInt8]) {
        self.init(count: bytes.count) { $0.copyBytes(from: bytes) }
    }

    /// Secret bytes that are made where they stay, so that there is no copy to wipe.
    ///
    /// - Parameter fill: gets `count` zero bytes to overwrite. If it throws, they are wiped and freed.
    package init<Failure: Error>(
        count: Int, filledBy fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        do {
            try fill(memory)
        } catch {
            OPENSSL_cleanse(memory.baseAddress, memory.count)
            memory.deallocate()
            throw error
        }
        self.memory = memory
    }

    package var count: Int { memory.count }

    /// Lends the bytes. They are not to be kept.
    package borrowing func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(memory))
    }

    deinit {
        OPENSSL_cleanse(memory.baseAddress, memory.count)
        memory.deallocate()
    }
}
