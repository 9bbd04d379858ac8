/// Untrusted text as printable ASCII: everything else as `\u{…}`, a backslash doubled, cut after 256 characters, which three dots show.
///
/// For logs and terminals: a key id may hold escape sequences, and is logged even when nobody trusted signed it.
package func printable(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(256) {
        switch scalar {
        case "\\": result += "\\\\"
        case " "..."~": result.unicodeScalars.append(scalar)
        default: result += "\\u{\(String(scalar.value, radix: 16))}"
        }
    }
    return text.unicodeScalars.count > 256 ? result + "..." : result
}
