@testable import TerminalStream

/// A text with made-up secrets of several kinds, at several places of its lines.
enum SecretFile {
    static let set = try? MaskSet(compiling: MaskRule.catalogue.filter { $0.use == .always })

    private static func random(_ count: Int, _ seed: UInt64, _ alphabet: String) -> String {
        var generator = SeededGenerator(seed: seed)
        let letters = Array(alphabet)
        return String((0..<count).map { _ in letters.randomElement(using: &generator) ?? "x" })
    }

    private static let word = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let tokens = (0..<12).map { random(36, UInt64($0), word) }
    private static let keyIDs = (0..<6).map { random(16, 40 + UInt64($0), "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") }
    private static let keyLines = (0..<24).map { random($0 == 23 ? 28 : 64, 80 + UInt64($0), word + "+/") }
    private static let passwords = ["Tr0ub4dor+3x", "Gehe1mnis77", "c0rrect-Horse9"]
    private static let cards = ["4111 1111 1111 1111", "5555555555554444", "378282246310005"]

    /// Where full-screen programs join the rows of a window themselves a value is found only behind no margin: these begin in the middle of lines.
    static let text: String = {
        var lines: [String] = []
        for index in 0..<12 {
            lines.append("plain words in line \(index), nothing to hide here")
            lines.append(String(repeating: "ab ", count: index * 4) + "token ghp_\(tokens[index]) end")
            if index % 2 == 0 { lines.append(String(repeating: "x", count: index) + " aws AKIA\(keyIDs[index / 2]) id") }
            if index % 4 == 1 { lines.append("  password=\(passwords[index / 4]) # and more") }
            if index % 4 == 2 { lines.append("card \(cards[index / 4]) of nobody") }
            if index == 5 {
                lines.append("-----BEGIN RSA PRIVATE KEY-----")
                lines += keyLines
                lines.append("-----END RSA PRIVATE KEY-----")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }()

    /// What nobody may read: whole values, and half of each line of a key.
    private static let forbidden =
        tokens.map { "ghp_\($0)" } + keyIDs.map { "AKIA\($0)" } + passwords.map { "password=\($0)" } + cards
        + keyLines.map { String($0.prefix(32)) }
        + ["ghp_Zz0Yy1Xx2Ww3Vv4Uu5Tt6Ss7Rr8Qq9Pp0Oo", "Gehe1mnis77"]

    /// The secrets that can be read: in a row, or over the end of one row into the next, also behind a margin, and the same in the left half and the right half of a screen
    /// that is divided.
    static func secrets(on emulator: Emulator) -> [String] {
        let rows = (0..<emulator.rows).map { String(decoding: emulator.text(row: $0), as: UTF8.self) }
        let halves = rows.map { $0.split(separator: "│", omittingEmptySubsequences: false) }
        let text = [
            rows.joined(separator: "\n"), rows.joined(), rows.map { String($0.trimmingPrefix(#/ +([0-9]+ +)?/#)) }.joined(),
            halves.map { $0.first ?? "" }.joined(), halves.map { $0.last ?? "" }.joined(),
        ].joined(separator: "\n")
        return forbidden.filter { text.contains($0) }
    }
}
