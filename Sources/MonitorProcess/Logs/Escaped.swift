/// Text of a peer, made safe for a log line or a terminal.
///
/// Everything but printable characters becomes `\xNN` or `\u{N}`: C0 and C1 controls, DEL, the backslash itself, line and paragraph separators, and the
/// format characters that reorder or hide text (Unicode TR 36 §2.10). Whatever is longer than `limit` characters is cut and ends with `…`.
func escaped(_ text: String, limit: Int = 256) -> String {
    var result = ""
    var count = 0
    for scalar in text.unicodeScalars {
        if count == limit { return result + "…" }
        count += 1
        if scalar == "\\" {
            result += "\\\\"
        } else if scalar.properties.isSafeInLogs {
            result.unicodeScalars.append(scalar)
        } else if scalar.value < 0x80 {
            result += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        } else {
            result += "\\u{" + String(scalar.value, radix: 16) + "}"
        }
    }
    return result
}

/// Bytes of a peer: as text, with invalid UTF-8 as U+FFFD.
func escaped(_ bytes: [UInt8], limit: Int = 256) -> String {
    // Four bytes a character at most, and one more character to know that it was cut.
    escaped(String(decoding: bytes.prefix((limit + 1) * 4), as: UTF8.self), limit: limit)
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

extension Unicode.Scalar.Properties {
    var isSafeInLogs: Bool {
        switch generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}
