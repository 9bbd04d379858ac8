internal import CSystem
internal import Glibc

/// A system call that failed.
package struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The call as the manual names it: `sendmsg`.
    package let call: String
    /// `errno`. `ETIMEDOUT` when a limit of ours passed, `EMSGSIZE` and `ETOOMANYREFS` when a peer sent more than we take, `EBADMSG` when
    /// it sent what makes no sense.
    package let code: Int32

    package init(_ call: String, _ code: Int32) {
        self.call = call
        self.code = code
    }

    package var isTimeout: Bool { code == ETIMEDOUT }

    /// `connect: Connection refused`.
    package var description: String {
        // glibc's texts are shorter than 128 bytes, and it has one for every number. Not strerror: threads would share its buffer.
        let text = withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { buffer in
            buffer.initializeMemory(as: UInt8.self, repeating: 0)
            csystem_describe_error(code, buffer.baseAddress, buffer.count)
            return String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
        }
        return "\(call): \(text)"
    }
}

/// Makes one system call that answers -1 and sets `errno` on failure; again if a signal interrupted it.
func systemCall<Result: FixedWidthInteger>(_ name: String, _ body: () -> Result) throws(SystemError) -> Result {
    while true {
        let result = body()
        if result != -1 { return result }
        let code = errno
        guard code == EINTR else { throw SystemError(name, code) }
    }
}

/// Makes one call of CSystem, which answers a negative errno on failure.
func checked<Result: SignedInteger>(_ name: String, _ result: Result) throws(SystemError) -> Result {
    guard result >= 0 else { throw SystemError(name, Int32(-result)) }
    return result
}
