internal import MonitorProtocol

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
            if scalar.isPlainlyVisible || (keepingNewlines && scalar == "\n") {
                result.unicodeScalars.append(scalar)
            } else {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return result
    }
}
