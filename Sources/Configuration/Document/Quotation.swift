/// Text of a file as it may stand in a message: in quotes, on one line, short, and without anything that a terminal would act on.
func quoted(_ text: String) -> String { "\"" + shown(text) + "\"" }

/// The same without quotes. At most `longestQuotation` characters, then an ellipsis: a message is no place for a file's content.
func shown(_ text: String, limit: Int = longestQuotation) -> String {
    var result = ""
    var count = 0
    for scalar in text.unicodeScalars {
        guard count < limit else { return result + "…" }
        count += 1
        switch scalar.properties.generalCategory {
        case _ where scalar.properties.isDefaultIgnorableCodePoint, .control, .format, .surrogate, .privateUse, .unassigned,
            .lineSeparator, .paragraphSeparator:
            result += "\\u{\(String(scalar.value, radix: 16))}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

let longestQuotation = 60
