internal import Glibc

/// An IPv4 or IPv6 address. An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) is the IPv4 address, as in sshd: a listener on `::`
/// sees IPv4 clients in that form, and rules speak of IPv4.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// 4 or 16, in network order.
    package let bytes: [UInt8]

    private static let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

    /// Nil unless there are 4 or 16 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes.starts(with: Self.mappedPrefix) ? Array(bytes.suffix(4)) : Array(bytes)
    }

    /// Reads the standard notations (libc: inet_pton): `192.0.2.7`, `2001:db8::1`. No names, ports, zones, or octal numbers.
    package init?(_ text: String) {
        guard let (bytes, _) = Self.parse(text) else { return nil }
        self.init(bytes: bytes)
    }

    package var isIPv4: Bool { bytes.count == 4 }

    /// RFC 5952 notation (libc: inet_ntop).
    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(isIPv4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count)) != nil else {
            preconditionFailure("inet_ntop knows every address of 4 or 16 bytes")
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The bytes as written: 16 for a mapped address.
    static func parse(_ text: String) -> (bytes: [UInt8], isMapped: Bool)? {
        guard text.utf8.count < Int(INET6_ADDRSTRLEN), !text.utf8.contains(0) else { return nil }
        var four = [UInt8](repeating: 0, count: 4)
        if inet_pton(AF_INET, text, &four) == 1 { return (four, false) }
        var sixteen = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, text, &sixteen) == 1 else { return nil }
        return (sixteen, sixteen.starts(with: mappedPrefix))
    }
}
