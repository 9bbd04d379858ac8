internal import COpenSSL

/// Secret bytes with one owner: not copied, not printed, overwritten when they go (OPENSSL_cleanse, which no optimizer removes).
package struct SecretBytes: ~Copyable {
    private let memory: UnsafeMutableRawBufferPointer

    /// Copies the bytes. The caller wipes its own.
    package init(copying bytes: [UInt8]) {
        memory = .allocate(byteCount: bytes.count, alignment: 1)
        memory.copyBytes(from: bytes)
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
