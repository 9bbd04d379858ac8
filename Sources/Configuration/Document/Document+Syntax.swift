internal import Yams

extension Document {
    /// Tells what Yams could not read. Its own descriptions quote the file, which may hold what does not belong on a screen.
    func report(_ error: YamlError, in text: String) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            report(syntax: problem, mark, context: context, in: text)
        case .duplicatedKeysInMapping(let keys, let context):
            report(duplicates: keys, context.mark, in: text)
        case .reader(let problem, let offset, _, _):
            let line = offset.map { text.prefix($0).count { $0.isNewline } + 1 }
            report(line, "is not YAML: \(problem)")
        default: report(nil, "is not YAML")
        }
    }

    private func report(syntax problem: String, _ mark: Mark, context: YamlError.Context?, in text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = min(mark.line, lines.count)
        let content = lines[line - 1]
        let hint =
            switch problem {
            case _ where content.prefix(while: { $0 == " " || $0 == "\t" || $0 == "-" }).contains("\t"):
                "a tab: YAML indents with spaces"
            case "found character that cannot start any token":
                "a character that a plain value cannot start with: put the value into quotes"
            case "mapping values are not allowed in this context":
                "a \": \" where no key can be: check the indentation, and put a value that holds one into quotes"
            case "did not find expected key", "did not find expected '-' indicator", "found unexpected end of stream",
                "did not find expected ',' or ']'", "did not find expected ',' or '}'", "could not find expected ':'":
                "\(problem): check the indentation, quotes and brackets"
            case "found undefined alias":
                "an alias (*name) without an anchor (&name) before it: put a value that starts with * into quotes"
            case "but found another document": "a second document (---): the file has to be one"
            default: problem
            }
        let start = context.map(\.mark.line) ?? mark.line
        report(
            line, column: mark.column,
            hint + (start != mark.line && problem != "but found another document" ? " from line \(start) on" : ""))
    }

    /// Yams names the first place of the first duplicate. The second one is where the eye should go.
    private func report(duplicates keys: [String], _ first: Mark, in text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let key = keys.first ?? ""
        let indentation = first.column - 1
        for (index, content) in lines.enumerated().dropFirst(first.line) {
            let spaces = content.prefix { $0 == " " }.count
            let rest = content.dropFirst(spaces)
            if rest.isEmpty || rest.first == "#" { continue }
            guard spaces >= indentation else { break }
            let written = ["", "\"", "'"].contains { quote in
                rest.hasPrefix("\(quote)\(key)\(quote)")
                    && rest.dropFirst(key.count + 2 * quote.count).drop { $0 == " " }.first == ":"
            }
            if spaces == indentation && written {
                return report(index + 1, column: first.column, "\(quoted(key)) is given twice, first on line \(first.line)")
            }
        }
        report(first.line, column: first.column, "\(quoted(key)) is given twice")
    }
}
