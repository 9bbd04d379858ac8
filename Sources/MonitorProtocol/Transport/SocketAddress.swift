package import Glibc

/// A resolved socket address: what getaddrinfo, accept and getpeername give and connect takes.
package struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
    /// A `sockaddr` of any family, at most a `sockaddr_storage`.
    private let bytes: [UInt8]

    /// Copies `length` bytes, at most 128.
    package init(copying address: UnsafePointer<sockaddr>, length: socklen_t) {
        let count = min(Int(length), MemoryLayout<sockaddr_storage>.size)
        bytes = Array(UnsafeRawBufferPointer(start: address, count: count))
    }

    /// The other end of a connected socket (getpeername).
    package init(ofPeerOf socket: Int32) throws(SystemError) {
        try self.init(from: "getpeername") { getpeername(socket, $0, $1) }
    }

    /// Our end of a socket, with the port that the system chose for port 0 (getsockname).
    package init(of socket: Int32) throws(SystemError) {
        try self.init(from: "getsockname") { getsockname(socket, $0, $1) }
    }

    private init(
        from call: String, _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) throws(SystemError) {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
        }
        let code = errno
        guard status == 0 else { throw SystemError(call, code) }
        bytes = withUnsafeBytes(of: storage) { Array($0.prefix(Int(length))) }
    }

    /// AF_INET, AF_INET6, AF_UNIX, …
    package var family: Int32 {
        bytes.count < 2 ? AF_UNSPEC : bytes.withUnsafeBytes { Int32($0.loadUnaligned(as: sa_family_t.self)) }
    }

    /// Lends the address to a system call.
    package func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        // A copy, because the array promises no alignment.
        var storage = sockaddr_storage()
        withUnsafeMutableBytes(of: &storage) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(bytes.count)) }
        }
    }

    /// Address in numbers, without port: `192.0.2.7`, `2001:db8::1`, `fe80::1%eth0`. Empty for other families.
    package var host: String { names.host }
    /// 0 for families without ports.
    package var port: UInt16 { UInt16(names.port) ?? 0 }

    /// `192.0.2.7:22`, `[2001:db8::1]:22`.
    package var description: String { family == AF_INET6 ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private var names: (host: String, port: String) {
        guard family == AF_INET || family == AF_INET6 else { return ("", "") }
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        var port = [CChar](repeating: 0, count: Int(NI_MAXSERV))
        let status = withPointer {
            getnameinfo($0, $1, &host, socklen_t(host.count), &port, socklen_t(port.count), NI_NUMERICHOST | NI_NUMERICSERV)
        }
        return status == 0 ? (text(host), text(port)) : ("", "")
    }

    private func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
