// bash, ksh and zsh evaluate what they take for arithmetic once more: with `a='b[$(rm x)]'`, `((a))` runs `rm`.
extension CommandWalk {
    /// Text that is evaluated as arithmetic: quoted text in it, names of variables and their values.
    mutating func doubtEvaluation(in expressions: [[WordPart]]) {
        for part in expressions.joined() {
            switch part {
            case .quoted(let bytes): doubtEvaluation(of: String(decoding: bytes, as: UTF8.self))
            case .plain(let bytes):
                for name in bytes.split(whereSeparator: { !$0.isInName }) where name.first?.startsName ?? false {
                    for value in variables.candidates(String(decoding: name, as: UTF8.self)) { doubtEvaluation(of: value) }
                }
            case .expansion(let expansion, _):
                guard case .parameter(let parameter) = expansion.kind else { continue }
                for value in variables.candidates(parameter.name) { doubtEvaluation(of: value) }
            case .group, .array: break
            }
        }
    }

    /// Builtins that take names of variables, and evaluate the subscripts.
    mutating func doubtEvaluation(by program: String, _ operands: ArraySlice<Field>) {
        switch program {
        case "let":
            for operand in operands {
                for value in values(of: operand.word) {
                    doubtEvaluation(of: value)
                    doubtEvaluation(in: [[.plain(Array(value.utf8))]])
                }
            }
        case "declare", "typeset", "local", "export", "readonly", "integer", "float", "read", "unset", "test", "[",
            "printf", "wait",
            "mapfile", "readarray", "getopts":
            for operand in operands {
                for value in values(of: operand.word) where value.contains("[") { doubtEvaluation(of: value) }
            }
        default: break
        }
    }

    /// A value that runs commands as soon as anything takes it for a number or a name: `a[$(rm x)]`. There are too many such places to find each
    /// (`${y:x}`, `${!x}`, `a[x]=`, `declare -i`, `((i=x;;))`), and no harmless use of the value is known: so it is a doubt by itself.
    mutating func doubtSubscripts(in values: [String]) {
        for value in values {
            guard let bracket = value.utf8.firstIndex(of: UInt8(ascii: "[")) else { continue }
            doubtEvaluation(of: String(value[bracket...]))
        }
    }

    private mutating func doubtEvaluation(of text: String) {
        guard text.contains("$(") || text.contains("`") else { return }
        doubt(.evaluated, "text is evaluated as arithmetic: \(text.escapedForPeople(limit: 200))")
    }
}

extension String {
    /// For a sentence: control characters escaped, cut at about that many bytes.
    func escapedForPeople(limit: Int) -> String {
        var result = ""
        for scalar in unicodeScalars {
            guard result.utf8.count < limit else { return result + "…" }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
