/// A range of addresses in CIDR notation (RFC 4632 §3.1): `10.0.0.0/8`, `2001:db8::/32`, or one address.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    /// The first address.
    package let address: IPAddress
    /// How many leading bits count: 0…32 or 0…128.
    package let prefixLength: Int

    /// Nil for what is no range, and for one with bits after the prefix: `10.0.0.1/8` is a mistake, and nobody knows which.
    ///
    /// A range of IPv4-mapped addresses (`::ffff:10.0.0.0/104`) is that range of IPv4.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let (bytes, isMapped) = IPAddress.parse(String(parts[0])), let address = IPAddress(bytes: bytes) else { return nil }
        var length = bytes.count * 8
        if parts.count == 2 {
            guard
                (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
                parts[1].utf8.count == 1 || parts[1].utf8.first != 48,
                let written = Int(parts[1]), written <= length
            else { return nil }
            length = written
        }
        if isMapped {
            guard length >= 96 else { return nil }
            length -= 96
        }
        guard Self.masked(address.bytes, to: length) == address.bytes else { return nil }
        self.address = address
        prefixLength = length
    }

    /// Whether `candidate` is in the range; never across IPv4 and IPv6.
    package func contains(_ candidate: IPAddress) -> Bool {
        candidate.isIPv4 == address.isIPv4 && Self.masked(candidate.bytes, to: prefixLength) == address.bytes
    }

    package var description: String { "\(address)/\(prefixLength)" }

    private static func masked(_ bytes: [UInt8], to length: Int) -> [UInt8] {
        bytes.enumerated().map { index, byte in
            let bits = min(max(length - index * 8, 0), 8)
            return byte & UInt8(truncatingIfNeeded: 0xFF00 >> bits)
        }
    }
}
