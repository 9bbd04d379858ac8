/// Addresses and numbers under which one reaches people and hosts.
enum Contacts {
    static func isIPv4(_ value: ArraySlice<UInt8>) -> Bool {
        let octets = value.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard octets.count == 4 else { return false }
        for octet in octets {
            guard (1...3).contains(octet.count), octet.allSatisfy(\.isDigit), octet.count == 1 || octet.first != 0x30 else {
                return false
            }
            guard octet.digits.reduce(0, { $0 * 10 + $1 }) <= 255 else { return false }
        }
        // 0.0.0.0, 127.0.0.1 and netmasks tell nothing of anybody.
        guard let first = octets.first?.digits.reduce(0, { $0 * 10 + $1 }) else { return false }
        return first != 0 && first != 127 && first != 255
    }

    /// ITU-T E.164: at most 15 digits; fewer than 8 with a country code are none that people have.
    static func isPhone(_ value: ArraySlice<UInt8>) -> Bool { (8...15).contains(value.digitCount) && !value.hasOneDigitOnly }

    /// RFC 5321 §4.5.3.1: at most 64 bytes before the at sign. Names of files and of services are left out.
    static func isEmail(_ value: ArraySlice<UInt8>) -> Bool {
        guard let at = value.lastIndex(of: UInt8(ascii: "@")) else { return false }
        let local = value[..<at]
        let domain = value[(at + 1)...]
        guard local.count <= 64, !local.elementsEqual("git".utf8), let dot = domain.lastIndex(of: UInt8(ascii: ".")) else {
            return false
        }
        let ending = domain[(dot + 1)...]
        // systemd units (`getty@tty1.service`) and pictures (`icon@2x.png`) look the same.
        return !notDomains.contains { ending.elementsEqual($0.utf8) }
    }

    private static let notDomains = [
        "service", "socket", "target", "timer", "mount", "slice", "device", "scope", "path", "png", "svg", "jpg", "gif", "webp",
        "so",
        "js", "css", "html", "py", "rb", "conf", "local", "git",
    ]
}
