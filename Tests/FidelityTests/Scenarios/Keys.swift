/// Keys as a person would write them down: `t forbiden<left><left>d<enter>`.
///
/// `<name>` is one key, everything else is typed as it stands; `<lt>` is `<`, `<c-x>` control, `<m-x>` Alt, `<xHH>` a byte in hexadecimal.
enum Keys {
    /// One element a key; a key's bytes arrive together.
    static func parse(_ notation: String) -> [[UInt8]] {
        var keys: [[UInt8]] = []
        var rest = Substring(notation)
        while let first = rest.first {
            if first == "<", let end = rest.firstIndex(of: ">"), let key = named(rest[rest.index(after: rest.startIndex)..<end]) {
                keys.append(key)
                rest = rest[rest.index(after: end)...]
            } else {
                keys.append(Array(String(first).utf8))
                rest = rest.dropFirst()
            }
        }
        return keys
    }

    private static func named(_ name: Substring) -> [UInt8]? {
        if let bytes = names[String(name)] { return bytes }
        if name.hasPrefix("x"), name.count == 3, let byte = UInt8(name.dropFirst(), radix: 16) { return [byte] }
        guard name.count == 3, let letter = name.utf8.last else { return nil }
        if name.hasPrefix("c-") { return [letter & 0x1F] }
        if name.hasPrefix("m-") { return [0x1B, letter] }
        return nil
    }

    /// What xterm sends in its normal cursor key mode; `oup` and its like are those of application mode (DECCKM).
    private static let names: [String: [UInt8]] = [
        "enter": [0x0D], "tab": [0x09], "esc": [0x1B], "bs": [0x7F], "lt": [0x3C], "space": [0x20], "nl": [0x0A],
        "up": escape("[A"), "down": escape("[B"), "right": escape("[C"), "left": escape("[D"),
        "home": escape("[H"), "end": escape("[F"), "delete": escape("[3~"), "insert": escape("[2~"),
        "pageup": escape("[5~"), "pagedown": escape("[6~"), "btab": escape("[Z"), "kpenter": escape("OM"),
        "oup": escape("OA"), "odown": escape("OB"), "oright": escape("OC"), "oleft": escape("OD"),
        "c-left": escape("[1;5D"), "c-right": escape("[1;5C"), "f1": escape("OP"), "f5": escape("[15~"),
        "m-bs": [0x1B, 0x7F], "m-enter": [0x1B, 0x0D], "c-space": [0], "c-_": [0x1F], "c-]": [0x1D], "c-\\": [0x1C],
        "focus-in": escape("[I"), "focus-out": escape("[O"),
        "paste": escape("[200~"), "/paste": escape("[201~"),
    ]

    private static func escape(_ rest: String) -> [UInt8] { [0x1B] + Array(rest.utf8) }
}
