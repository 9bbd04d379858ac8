/// COPY and LOAD: statements that move data between tables, files and programs.
extension SQLStatementReader {
    /// `COPY t [(columns)] FROM …` or `COPY (query) TO …`, where … is `'file'`, `PROGRAM 'command'`, `STDIN` or `STDOUT`.
    /// - Parameter byClient: psql's `\copy`, which opens files itself, and takes their names without quotes.
    mutating func copy(_ range: Range<Int>, depth: Int, byClient: Bool) {
        let end = range.upperBound
        let start = skip(["BINARY"], from: range.lowerBound + 1, before: end)
        let direction = outer(start..<end).first { ["FROM", "TO"].contains(tokens[$0].word) } ?? end
        let isRead = word(direction, before: end) == "TO"
        var names = Names()
        var query: Scan?
        if isSymbol("(", start, before: end) {
            query = scan(start..<direction, depth: depth)
        } else {
            names.add(name(at: start, before: end)?.text)
        }
        let target = copyTarget(direction + 1, before: end, isRead: isRead, byClient: byClient)
        add("COPY", target, names, unknownObject: target == nil, in: range)
        if target == "PROGRAM" { add("COPY PROGRAM", nil, names, in: range) }
        if let query {
            addReads(query, in: range)
        } else if isRead {
            add("SELECT", nil, names, in: range)
        }
    }

    private mutating func copyTarget(_ index: Int, before end: Int, isRead: Bool, byClient: Bool) -> String? {
        guard index < end else { return nil }
        let token = tokens[index]
        switch token.word {
        case "PROGRAM":
            if index + 1 < end, tokens[index + 1].kind == .string {
                findings.runs(content(index + 1))
            } else {
                findings.doubt(.evaluated, "the command that COPY runs is only known when it runs")
            }
            return "PROGRAM"
        case "STDIN", "STDOUT", "PSTDIN", "PSTDOUT": return token.word
        default: break
        }
        if token.kind == .string {
            findings.opens(content(index), isRead ? .write : .read)
        } else if byClient {
            let space = text.bytes[token.start...].firstIndex { $0.isSQLSpace } ?? text.bytes.count
            findings.opens(text.slice(token.start..<min(space, tokens[end - 1].end)), isRead ? .write : .read)
        } else if token.hasHole {
            return nil
        }
        return "FILE"
    }

    /// `LOAD DATA [LOCAL] INFILE 'file' … INTO TABLE t` of MySQL; `LOAD 'library'` of PostgreSQL.
    mutating func load(_ range: Range<Int>, depth: Int) {
        let end = range.upperBound
        let what = word(range.lowerBound + 1, before: end)
        guard what == "DATA" || what == "XML" else {
            add("LOAD", what.isEmpty ? nil : what, in: range)
            if range.count > 1, tokens[range.lowerBound + 1].kind == .string {
                findings.doubt(.foreignCode, "LOAD runs a library: \(description(range, limit: 80))")
            }
            return
        }
        var names = Names()
        for index in outer(range) {
            if tokens[index].word == "INFILE", index + 1 < end, tokens[index + 1].kind == .string {
                findings.opens(content(index + 1), .read)
            }
            guard tokens[index].word == "TABLE", previous(index, in: range) == "INTO" else { continue }
            names.add(name(at: index + 1, before: end)?.text)
        }
        add("LOAD", what, names, mayTouchOtherTables: names.texts.isEmpty, in: range)
        let scan = scan(range.lowerBound + 1..<end, depth: depth, ScanStart(isQuery: false))
        if scan.selects { addReads(scan, in: range) }
    }
}
