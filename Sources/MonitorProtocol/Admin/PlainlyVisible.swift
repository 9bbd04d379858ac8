extension Unicode.Scalar {
    /// Whether a terminal or a log shows it as something, and does nothing else with it.
    ///
    /// False for C0 and C1 controls (ECMA-48 §5.3), DEL, line and paragraph separators, format characters that reorder or hide text (Unicode TR 36 §2.10),
    /// what is not assigned, what shows as nothing, and blanks that are no space to a shell.
    package var isPlainlyVisible: Bool {
        if isASCII { return value >= 0x20 && value != 0x7F }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        // Of the blanks only the one that shells know.
        case .spaceSeparator: properties.isPatternWhitespace
        default: !properties.isDefaultIgnorableCodePoint
        }
    }
}

/// JSON that can be printed on a terminal.
package enum VisibleJSON {
    /// A JSON text that means the same and whose characters are all plainly visible, but for line feeds. Outside of its strings JSON has none but line feeds
    /// and spaces, so each other one can become a `\u` escape (RFC 8259 §7) without knowing where strings begin.
    package static func text(_ json: String) -> String {
        var result = ""
        for scalar in json.unicodeScalars {
            if scalar == "\n" || scalar.isPlainlyVisible {
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
}
