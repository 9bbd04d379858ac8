/// Finds keys that might be a list or a mapping with aliases inside, before Yams reads the file.
///
/// Yams hashes every key to find duplicates, and hashing a nested anchor takes time without end. Nobody needs such keys, so a text that
/// has anchors may not even look as if it had one. This is no YAML scanner: it knows quotes and comments just well enough not to take
/// `"[::1]:22"` for a key. Whoever wants to fool it can write a file that takes long to read, and is the administrator.
enum DeepKeys {
    /// The line of the first one.
    static func line(in text: [UInt8]) -> Int? {
        guard hasReference(text, UInt8(ascii: "&")), hasReference(text, UInt8(ascii: "*")) else { return nil }
        var line = 1
        var previous = UInt8(ascii: "\n")
        /// What a `:` after it would make a key.
        var before = Token.other
        var index = 0
        while index < text.count {
            let byte = text[index]
            let isStart = !isName(previous)
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                before = .other
            case UInt8(ascii: " "), UInt8(ascii: "\t"): break
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard isStart, previous != byte else { break }
                let end = endOfQuotation(from: index, in: text)
                line += text[index..<end].count { $0 == UInt8(ascii: "\n") }
                index = end - 1
                before = .other
            case UInt8(ascii: "#") where isBlank(previous):
                index = (text[index...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count) - 1
            case UInt8(ascii: "*") where isStart: before = .alias
            case UInt8(ascii: "]"), UInt8(ascii: "}"): before = .collection
            case UInt8(ascii: ":") where before != .other: return line
            case UInt8(ascii: "?") where isStart: return line
            case _ where before == .alias && isName(byte): break
            default: before = .other
            }
            previous = text[index]
            index += 1
        }
        return nil
    }

    private enum Token { case alias, collection, other }

    /// Whether there is `&name` or `*name` anywhere.
    private static func hasReference(_ text: [UInt8], _ mark: UInt8) -> Bool {
        zip(text, text.dropFirst()).contains { $0 == mark && isName($1) }
    }

    /// The index after the closing mark, which is the end of the text if there is none.
    private static func endOfQuotation(from start: Int, in text: [UInt8]) -> Int {
        let mark = text[start]
        var index = start + 1
        while index < text.count {
            if text[index] == UInt8(ascii: "\\") && mark == UInt8(ascii: "\"") {
                index += 1
            } else if text[index] == mark {
                return index + 1
            }
            index += 1
        }
        return text.count
    }

    /// libyaml: IS_ALPHA, of which anchors' names are made.
    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
    }
}
