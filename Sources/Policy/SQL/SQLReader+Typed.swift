/// What a client does at the end of a line that was typed into it.
extension SQLReader {
    /// Whether the client asks for another line before it sends anything of the last statement: each reading of the text says so.
    ///
    /// - Parameter text: the lines of the command, joined by newlines, with the client's own commands.
    static func isUnfinished(_ text: [UInt8], _ dialect: SQLDialect) -> Bool {
        scripts(of: text, dialect).allSatisfy(\.isUnfinished)
    }

    /// Whether statements end elsewhere than at `;` in the lines that follow. They are judged without that.
    static func leavesOtherDelimiter(_ text: [UInt8], _ dialect: SQLDialect) -> Bool {
        guard dialect == .mysql else { return false }
        return scripts(of: text, dialect).contains { ![[], [UInt8(ascii: ";")]].contains($0.lexer.delimiter) }
    }

    private static func scripts(of bytes: [UInt8], _ dialect: SQLDialect) -> [SQLScript] {
        let text = SQLText(String(decoding: bytes, as: UTF8.self)).prefix(SQLBounds.text)
        var syntaxes = [SQLSyntax(dialect: dialect)]
        switch dialect {
        case .mysql: syntaxes.append(SQLSyntax(dialect: dialect, runsNewerVersions: false))
        case .postgres:
            syntaxes.append(SQLSyntax(dialect: dialect, skipsCopyData: false))
            syntaxes.append(SQLSyntax(dialect: dialect, dropsBehindCommands: true))
            syntaxes.append(SQLSyntax(dialect: dialect, joinsStringLines: false))
        case .sqlite, .any: break
        }
        return syntaxes.map { syntax in
            var script = SQLScript(text, syntax)
            script.run()
            return script
        }
    }
}
