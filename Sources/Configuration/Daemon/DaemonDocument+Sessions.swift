extension DaemonDocument {
    static func certificates(_ fields: Fields) -> CertificateLifetimes {
        var lifetimes = CertificateLifetimes()
        guard let value = fields["certificates"],
            let fields = value.fields(["default-ttl", "longest-ttl"], "a mapping of durations")
        else {
            return lifetimes
        }
        // Ten years: beyond that a certificate is not short-lived in anybody's eyes.
        let range = 1...UInt64(10 * 365 * 86_400)
        fields["longest-ttl"]?.duration(range).map { lifetimes.longestSeconds = $0 }
        lifetimes.defaultSeconds = min(lifetimes.defaultSeconds, lifetimes.longestSeconds)
        guard let written = fields["default-ttl"], let seconds = written.duration(range) else { return lifetimes }
        if seconds > lifetimes.longestSeconds {
            let longest = DurationText.text(lifetimes.longestSeconds)
            written.report("is longer than certificates.longest-ttl, which is \(longest): shorten this one, or raise that one")
        }
        lifetimes.defaultSeconds = seconds
        return lifetimes
    }

    static let defaultHelp = "Ask your administrator for a certificate."

    static func certificateHelp(_ fields: Fields) -> String {
        guard let value = fields["certificate-help"], let text = value.text("one line of text") else { return defaultHelp }
        let isClean = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isClean, text.utf8.count <= 512 else {
            value.report(
                "has to be one line of at most 512 bytes without control characters: SSH clients show it before the log-in")
            return defaultHelp
        }
        return text
    }

    static func environment(_ fields: Fields) -> [String] {
        guard let value = fields["environment"] else { return ["LANG", "LC_*"] }
        guard let items = value.list("a list of names of environment variables, as in [LANG, \"LC_*\"]") else { return [] }
        if items.count > 100 { value.report("has \(items.count) names; at most 100 are accepted") }
        return items.prefix(100).compactMap { item in
            item.text("the name of an environment variable; a * may stand at its end, after at least one letter") { name in
                let stem = name.hasSuffix("*") ? name.dropLast() : name[...]
                let isName = stem.utf8.allSatisfy { byte in
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                }
                guard isName, (1...128).contains(stem.utf8.count), stem.first?.isNumber == false else { return nil }
                return name
            }
        }
    }

    static func session(_ fields: Fields) -> SessionSettings {
        var settings = SessionSettings()
        guard let fields = fields["session"]?.fields(["executable", "waiting", "uids"], "a mapping") else { return settings }
        settings.executable = fields["executable"]?.path("the path of sallyport-session").map(PathText.absolute)
        fields["waiting"]?.number(0...64).map { settings.waiting = $0 }
        fields["uids"]?.text("a range of user ids from 1 to 4294967294, as in 65536-99999") { text -> ClosedRange<UInt32>? in
            let ends = text.split(separator: "-", omittingEmptySubsequences: false).map {
                DecimalNumber.parse($0).flatMap { UInt32(exactly: $0) }
            }
            // -1 is no user id (setresuid(2)), and 0 keeps every right.
            guard ends.count == 2, let first = ends[0], let last = ends[1], 0 < first, first <= last, last < .max else {
                return nil
            }
            return first...last
        }.map { settings.uids = $0 }
        return settings
    }
}
