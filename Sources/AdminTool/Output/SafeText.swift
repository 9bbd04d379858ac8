/// Text of foreign origin made harmless for a terminal.
///
/// Names, commands and reasons come from users and targets. Printed raw, an escape sequence in one could hide rows, retitle the window
/// or make some terminals type. Also U+0080…U+009F (8-bit control functions, ECMA-48 §5.3) and the bidirectional overrides, which reorder
/// what is read.
enum SafeText {
    /// `text` with every character that is not plainly visible written as `\u{1b}`.
    static func escaped(_ text: String, keepingNewlines: Bool = false) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if isVisible(scalar) || (keepingNewlines && scalar == "\n") {
                result.unicodeScalars.append(scalar)
            } else {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return result
    }

    /// A JSON text that means the same and holds no raw control or formatting character. Outside of its strings JSON has no such
    /// character but line feeds and spaces, so each can become a `\u` escape (RFC 8259 §7) without knowing where strings begin.
    static func escapedJSON(_ json: String) -> String {
        var result = ""
        for scalar in json.unicodeScalars {
            if isVisible(scalar) || scalar == "\n" {
                result.unicodeScalars.append(scalar)
            } else {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
        }
        return result
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7f }
        return switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
