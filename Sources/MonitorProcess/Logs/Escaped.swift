internal import MonitorProtocol

/// Text of a peer, made safe for a log line or a terminal.
///
/// Everything but printable characters becomes `\xNN` or `\u{N}`: C0 and C1 controls, DEL, the backslash itself, line and paragraph separators, the
/// format characters that reorder or hide text (Unicode TR 36 §2.10), and what shows as nothing or as a blank. Whatever is longer than `limit` characters is cut and ends with `…`.
func escaped(_ text: String, limit: Int = 256) -> String {
    var result = ""
    var count = 0
    for scalar in text.unicodeScalars {
        if count == limit { return result + "…" }
        count += 1
        if scalar == "\\" {
            result += "\\\\"
        } else if scalar.isPlainlyVisible {
            result.unicodeScalars.append(scalar)
        } else if scalar.value < 0x80 {
            result += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        } else {
            result += "\\u{" + String(scalar.value, radix: 16) + "}"
        }
    }
    return result
}

/// Bytes of a peer: as text, with what is not UTF-8 as `\xNN`, so that no two texts look alike.
func escaped(_ bytes: [UInt8], limit: Int = 256) -> String {
    // Four bytes a character at most, and one more character to know that it was cut.
    let bytes = bytes.prefix((limit + 1) * 4)
    var (result, rest, count) = ("", bytes, 0)
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    while true {
        let part: String
        switch parser.parseScalar(from: &iterator) {
        case .valid(let unit):
            part = escaped(String(Unicode.UTF8.decode(unit)))
            rest = rest.dropFirst(unit.count)
        case .error(let length):
            part = rest.prefix(length).map { "\\x" + String($0, radix: 16) }.joined()
            rest = rest.dropFirst(length)
        case .emptyInput: return result
        }
        if count == limit { return result + "…" }
        count += 1
        result += part
    }
}

/// The beginning, up to a number of bytes, cut between characters: what an escape makes of one character is many.
func cut(_ text: String, atBytes most: Int) -> String {
    var kept = ""
    var bytes = 0
    for scalar in text.unicodeScalars {
        bytes += scalar.utf8.count
        if bytes > most { return kept + "…" }
        kept.unicodeScalars.append(scalar)
    }
    return kept
}
