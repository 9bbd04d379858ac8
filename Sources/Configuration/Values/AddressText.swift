internal import OpenSSHKeys

/// `host:port` as the files write it.
enum AddressText {
    enum Mistake: Error {
        case noHost
        case noPort
        case badPort(String)
        case badHost(String)
        case bareIPv6
        case notIPv4(String)
    }

    /// - Parameter defaultPort: nil if the port has to be there.
    static func parse(_ text: String, defaultPort: UInt16?, ports: ClosedRange<UInt16>) throws(Mistake) -> NetworkAddress {
        let (host, port) = try split(text)
        guard !host.isEmpty else { throw .noHost }
        guard let number = try port.map({ (text) throws(Mistake) in try parsePort(text, ports) }) ?? defaultPort else {
            throw .noPort
        }
        return NetworkAddress(host: host, port: number)
    }

    private static func split(_ text: String) throws(Mistake) -> (host: String, port: Substring?) {
        if text.hasPrefix("[") {
            let parts = text.dropFirst().split(separator: "]", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let address = IPAddress(String(parts[0])), parts[0].contains(":") else {
                throw .badHost(text)
            }
            guard parts[1].isEmpty || parts[1].hasPrefix(":") else { throw .badHost(text) }
            return (address.description, parts[1].isEmpty ? nil : parts[1].dropFirst())
        }
        if IPAddress(text)?.isIPv4 == false { throw .bareIPv6 }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { throw .bareIPv6 }
        let host = String(parts[0])
        try checkHost(host)
        return (host, parts.count == 2 ? parts[1] : nil)
    }

    /// RFC 1123 §2.1 names and the underscore that some networks have; `*` for all addresses.
    private static func checkHost(_ host: String) throws(Mistake) {
        guard !host.isEmpty, host != "*" else { return }
        let isName = host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isName, host.utf8.count <= 253, !host.hasPrefix("-"), !host.hasPrefix(".") else { throw .badHost(host) }
        // The resolver reads 10.1 and 010.0.0.1 in ways that nobody means.
        let isNumeric = host.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }
        guard !isNumeric || IPAddress(host) != nil else { throw .notIPv4(host) }
    }

    private static func parsePort(_ text: Substring, _ range: ClosedRange<UInt16>) throws(Mistake) -> UInt16 {
        guard let number = DecimalNumber.parse(text).flatMap({ UInt16(exactly: $0) }), range.contains(number) else {
            throw .badPort(String(text))
        }
        return number
    }
}

extension Value {
    /// - Parameter defaultPort: nil if the port has to be there.
    func address(_ expected: String, defaultPort: UInt16?, ports: ClosedRange<UInt16> = 1...65535) -> NetworkAddress? {
        guard let text = text(expected) else { return nil }
        do throws(AddressText.Mistake) {
            return try AddressText.parse(text, defaultPort: defaultPort, ports: ports)
        } catch {
            report("\(quoted(text)) \(error.explanation(ports))")
            return nil
        }
    }
}

extension AddressText.Mistake {
    fileprivate func explanation(_ ports: ClosedRange<UInt16>) -> String {
        switch self {
        case .noHost: "has no host: write * for all addresses of this machine, or name one"
        case .noPort: "has no port: write host:port"
        case .badPort(let text):
            "has the port \(quoted(text)): a port is a number from \(ports.lowerBound) to \(ports.upperBound)"
        case .badHost: "is not an address: write host:port, or [IPv6]:port"
        case .bareIPv6: "is not an address: an IPv6 address has brackets, as in [2001:db8::1]:22"
        case .notIPv4(let host): "has the host \(quoted(host)), which is not an IPv4 address of four numbers from 0 to 255"
        }
    }
}
