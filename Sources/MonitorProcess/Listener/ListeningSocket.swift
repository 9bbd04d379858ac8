internal import Foundation
internal import MonitorProtocol

/// One TCP socket that listens.
final class ListeningSocket: Sendable {
    private let descriptor: OwnedDescriptor
    /// With the port that the system chose for port 0.
    let address: SocketAddress

    /// As long as Linux allows by default (net.core.somaxconn); the limits on connections come after accept.
    private static let backlog: Int32 = 128

    /// One for each address of the name; `*` and the empty name are all addresses.
    static func all(host: String, port: UInt16) throws -> [ListeningSocket] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV | AI_PASSIVE
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host.isEmpty || host == "*" ? nil : host, "\(port)", &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        guard status == 0 else { throw StartError("listen \(host):\(port): \(String(cString: gai_strerror(status)))") }
        return try sequence(first: list) { $0?.pointee.ai_next }.compactMap { $0?.pointee }.map { entry in
            do { return try ListeningSocket(entry) } catch { throw StartError("listen \(host):\(port): \(error)") }
        }
    }

    private init(_ entry: addrinfo) throws(SystemError) {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let number = socket(entry.ai_family, type, 0)
        guard number >= 0 else { throw SystemError("socket", errno) }
        descriptor = OwnedDescriptor(owning: number)
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &on, size)
        // So that 0.0.0.0 and [::] can both be listened on, as sshd does.
        if entry.ai_family == AF_INET6 { setsockopt(number, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &on, size) }
        guard bind(number, entry.ai_addr, entry.ai_addrlen) == 0 else { throw SystemError("bind", errno) }
        guard listen(number, Self.backlog) == 0 else { throw SystemError("listen", errno) }
        address = try SocketAddress(of: number)
    }

    var descriptorNumber: Int32 { descriptor.number }

    /// The next connection: blocking, close-on-exec. Nil when there is none any more.
    func accept() throws(SystemError) -> OwnedDescriptor? {
        let number = Foundation.accept(descriptor.number, nil, nil)
        if number >= 0 {
            let socket = OwnedDescriptor(owning: number)
            try setCloseOnExec(true, of: number)
            return socket
        }
        switch errno {
        // accept(2): errors of the new connection are reported here; the next one may be well.
        case EAGAIN, EINTR, ECONNABORTED, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH, EOPNOTSUPP, ENETUNREACH,
            EPERM:
            return nil
        case let code: throw SystemError("accept", code)
        }
    }
}

/// Why the daemon cannot start, in words for the administrator.
struct StartError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
