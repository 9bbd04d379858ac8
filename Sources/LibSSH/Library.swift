internal import CLibSSH
internal import Glibc

/// libssh as a whole.
package enum Library {
    /// Initialises libssh and OpenSSL. Once in a process, before confinement: both read files here and never again afterwards.
    package static func initialise() throws(LibSSHError) {
        guard ssh_init() == SSH_OK else { throw .failed("ssh_init") }
        ssh_set_log_level(Int32(SSH_LOG_NOLOG))
        BreakRequests.install()
    }
}

/// What libssh could not do.
package enum LibSSHError: Error, Equatable, Sendable {
    /// A call failed; the text is libssh's own, cut to 512 bytes. It can hold bytes of the peer: escape it before it is shown.
    case failed(String)
    /// The private key file could not be read as a key, or its passphrase is wrong.
    case unusableKey
}

/// Text that C gives, as bytes up to its NUL. `nil` becomes no bytes.
func bytes(of text: UnsafePointer<CChar>?) -> [UInt8] {
    guard let text else { return [] }
    let length = strlen(text)
    return text.withMemoryRebound(to: UInt8.self, capacity: length) { Array(UnsafeBufferPointer(start: $0, count: length)) }
}

/// Text that C gives, with bytes that are not UTF-8 replaced by U+FFFD.
func string(of text: UnsafePointer<CChar>?) -> String {
    String(decoding: bytes(of: text), as: UTF8.self)
}
