internal import Foundation

extension DaemonDocument {
    static func listen(_ fields: Fields) -> [NetworkAddress] {
        let meaning = "a list of addresses, as in [\"0.0.0.0:22\", \"[::]:22\"]"
        guard let value = fields.required("listen", meaning), let items = value.list(meaning) else { return [] }
        if items.isEmpty { value.report("is empty: the bastion could not be reached; write \(meaning)") }
        var found: Set<NetworkAddress> = []
        return items.compactMap { item in
            guard let address = item.address("host:port", defaultPort: nil, ports: 0...65535) else { return nil }
            if !found.insert(address).inserted, address.port != 0 { item.report("\(address) is there twice") }
            return address
        }
    }

    static func publicAddress(_ fields: Fields, listen: [NetworkAddress]) -> NetworkAddress? {
        let meaning = "the host:port under which users reach the bastion, as in bastion.example.com:22"
        guard let value = fields["public-address"] else {
            guard let first = listen.first, isForAll(first.host) else { return listen.first }
            return NetworkAddress(host: machineName() ?? first.host, port: first.port)
        }
        guard let address = value.address(meaning, defaultPort: 22) else { return nil }
        guard !isForAll(address.host) else {
            value.report("\(address.host) is every address of this machine: write \(meaning)")
            return nil
        }
        return address
    }

    /// gethostname(2): what users most likely call the bastion, where the addresses do not say.
    private static func machineName() -> String? {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0, name[0] != 0 else { return nil }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func isForAll(_ host: String) -> Bool { ["*", "0.0.0.0", "::"].contains(host) }

    static func limits(_ fields: Fields) -> ConnectionSettings {
        var limits = ConnectionSettings()
        let known = [
            "login-grace", "authentication-tries", "startups", "connections-per-user", "connections-per-address", "channels",
            "idle",
            "keepalive", "keepalive-count",
        ]
        guard let fields = fields["limits"]?.fields(known, "a mapping of limits") else { return limits }
        fields["login-grace"]?.shortDuration(1...3600).map { limits.loginGraceSeconds = $0 }
        fields["authentication-tries"]?.number(1...100).map { limits.authenticationTries = $0 }
        fields["startups"]?.startups().map { limits.startups = $0 }
        fields["connections-per-user"]?.number(1...100_000).map { limits.connectionsPerUser = $0 }
        fields["connections-per-address"]?.number(1...100_000).map { limits.connectionsPerAddress = $0 }
        fields["channels"]?.number(1...1024).map { limits.channels = $0 }
        fields["idle"]?.shortDuration(0...30 * 86_400).map { limits.idleSeconds = $0 }
        fields["keepalive"]?.shortDuration(0...86_400).map { limits.keepaliveSeconds = $0 }
        fields["keepalive-count"]?.number(1...100).map { limits.keepaliveCount = $0 }
        return limits
    }
}

extension Value {
    /// sshd_config(5) MaxStartups.
    fileprivate func startups() -> Startups? {
        text(
            "start:rate:full as in OpenSSH's MaxStartups: 10:30:100 drops 30 percent from 10 unauthenticated connections on, and all at 100"
        ) {
            let numbers = $0.split(separator: ":", omittingEmptySubsequences: false).map {
                DecimalNumber.parse($0).flatMap { Int(exactly: $0) }
            }
            guard
                numbers.count == 3, let begin = numbers[0], let rate = numbers[1], let full = numbers[2],
                (1...100_000).contains(begin), (1...100).contains(rate), (begin...100_000).contains(full)
            else { return nil }
            return Startups(begin: begin, rate: rate, full: full)
        }
    }
}
