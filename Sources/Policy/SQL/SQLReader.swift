/// Reads SQL as a server and its client would, without asking either.
///
/// It errs on the side of finding too much: what one possible reading runs, it reports; what it cannot read, it doubts. Where the text has
/// holes it reports what is around them, and the doubt that a hole can hold any SQL at all.
///
/// Limits: what views, triggers and functions of the database do is not known; a server or an options file can change how strings are read
/// (sql_mode, standard_conforming_strings), which only shows when the text itself does it.
package enum SQLReader {
    /// - Parameter text: what the client would read from its standard input, with the client's own commands.
    package static func read(_ text: String, dialect: SQLDialect) -> SQLReading {
        read(SQLText(text), dialect, SQLSyntax(dialect: dialect))
    }

    /// - Parameter base: how it comes to the client; its dialect is replaced.
    static func read(_ text: SQLText, _ dialect: SQLDialect, _ base: SQLSyntax, delimiter: [UInt8] = []) -> SQLReading {
        var reading = SQLReading()
        if text.bytes.count > SQLBounds.text {
            reading.add(Doubt(.tooLarge, "only the first \(SQLBounds.text / 1024) KiB of the SQL are looked at"))
        }
        let text = text.prefix(SQLBounds.text)
        if let hole = text.holes.first {
            reading.add(
                Doubt(.evaluated, "the SQL has a part that is only known when it runs: \(hole.unknown.source.prefix(80))"))
        }
        // A server that reads GBK or Shift-JIS takes a quote or a backslash for the second half of a character.
        if hasUndecodedBytes(text.bytes) { reading.add(Doubt(.dialect, "the SQL has bytes that are not UTF-8")) }
        if namesOtherEncoding(text.bytes) {
            reading.add(Doubt(.dialect, "the SQL names an encoding in which its characters are cut differently"))
        }
        reading.formUnion(read(text, in: dialect, base, delimiter))
        addCandidates(of: text, dialect, base, delimiter, to: &reading)
        return reading
    }

    // MARK: - Values that holes may have

    /// Reads the text with the values in it that the line gives to its variables. The doubt stays, since they may have others.
    private static func addCandidates(
        of text: SQLText, _ dialect: SQLDialect, _ base: SQLSyntax, _ delimiter: [UInt8], to reading: inout SQLReading
    ) {
        var room = SQLBounds.candidateText
        var age = 0
        while let candidate = text.substituted(age: age) {
            room -= candidate.bytes.count
            guard room >= 0 else {
                return reading.add(Doubt(.tooLarge, "the values that the SQL may be made of are too many to look at"))
            }
            reading.formUnion(read(candidate, in: dialect, base, delimiter))
            age += 1
        }
    }

    // MARK: - Dialects and variants

    private static func read(_ text: SQLText, in dialect: SQLDialect, _ base: SQLSyntax, _ delimiter: [UInt8]) -> SQLReading {
        guard dialect == .any else { return variants(of: text, dialect, base, delimiter) }
        let readings = [SQLDialect.postgres, .mysql, .sqlite].map { variants(of: text, $0, base, delimiter) }
        var union = SQLReading()
        for reading in readings { union.formUnion(reading) }
        let kinds = readings.map { $0.statements.map { [$0.kind.rawValue, $0.object ?? "", $0.hasWhere ? "WHERE" : ""] } }
        if kinds.contains(where: { $0 != kinds[0] }) {
            union.add(Doubt(.dialect, "database servers read this SQL differently, and it is not known which one it is for"))
        }
        return union
    }

    private static func variants(of text: SQLText, _ dialect: SQLDialect, _ base: SQLSyntax, _ delimiter: [UInt8]) -> SQLReading {
        var syntax = base
        syntax.dialect = dialect
        let (first, script) = run(text, syntax, delimiter)
        var reading = first
        if !script.lexer.newerVersions.isEmpty {
            syntax.runsNewerVersions = false
            reading.formUnion(run(text, syntax, delimiter).reading)
            if script.lexer.newerVersions.count > 1 {
                reading.add(Doubt(.dialect, "which comments of the SQL are run depends on the server's version"))
            }
        }
        if script.linesBehindCommands > 0 {
            syntax.dropsBehindCommands = true
            reading.formUnion(run(text, syntax, delimiter).reading)
            syntax.dropsBehindCommands = false
            if script.linesBehindCommands > 1 {
                reading.add(Doubt(.dialect, "which lines of the SQL psql drops depends on how its commands end"))
            }
        }
        if script.lexer.joinedStringLines, syntax.obeysClientCommands, !syntax.isOneCommand {
            syntax.joinsStringLines = false
            reading.formUnion(run(text, syntax, delimiter).reading)
            syntax.joinsStringLines = true
        }
        if script.skippedData {
            syntax.skipsCopyData = false
            var second = run(text, syntax, delimiter).reading
            // Data are no SQL: that they do not read as such means only that nothing of them runs.
            second.doubts.removeAll { $0.kind == .syntax }
            reading.formUnion(second)
        }
        return reading
    }

    private static func run(_ text: SQLText, _ syntax: SQLSyntax, _ delimiter: [UInt8]) -> (
        reading: SQLReading, script: SQLScript
    ) {
        var script = SQLScript(text, syntax)
        script.lexer.delimiter = delimiter
        script.run()
        return (script.findings.reading, script)
    }

    // MARK: - Encodings

    /// U+FFFD stands for bytes that are not UTF-8.
    private static func hasUndecodedBytes(_ bytes: [UInt8]) -> Bool {
        bytes.indices.contains { bytes[$0] == 0xEF && bytes[$0...].starts(with: [0xEF, 0xBF, 0xBD]) }
    }

    /// Encodings in which a byte below 0x80 can be the second of a character.
    private static let otherEncodings: Set<String> = [
        "BIG5", "BIG5HKSCS", "CP932", "CP949", "CP950", "GB18030", "GBK", "JOHAB", "SHIFT_JIS", "SHIFT_JIS_2004", "SJIS",
        "UHC", "WIN932", "WIN936", "WIN949", "WIN950",
    ]

    static func isOtherEncoding(_ name: some StringProtocol) -> Bool { otherEncodings.contains(name.uppercased()) }

    private static func namesOtherEncoding(_ bytes: [UInt8]) -> Bool {
        guard bytes.contains(where: { $0 >= 0x80 && $0 != SQLText.hole }) else { return false }
        return bytes.split { !($0.isSQLLetter || $0.isSQLDigit || $0 == UInt8(ascii: "_")) }.contains { word in
            word.count <= 14 && isOtherEncoding(String(decoding: word, as: UTF8.self))
        }
    }
}
