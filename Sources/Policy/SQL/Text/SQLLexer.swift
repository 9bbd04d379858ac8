/// Cuts SQL into tokens, front to back, in time linear in the text.
///
/// After PostgreSQL's scan.l and psqlscan.l (which agree), MySQL's sql_lex.cc and the client's `add_line`, and SQLite's tokenize.c.
struct SQLLexer {
    let text: SQLText
    let syntax: SQLSyntax
    /// Where the text ends that this lexer may see.
    let end: Int
    var position: Int
    /// What mysql's `DELIMITER` said. It ends a statement wherever it stands outside quotes; `;` goes on to end one too, on the server.
    var delimiter: [UInt8] = []
    var oddities: Oddities = []
    /// How many `/*!` are open whose text is run.
    var openVersionComments = 0
    /// The versions of those that some of the servers run that are in use.
    var newerVersions: Set<Int> = []

    /// psql: the text has `\set`, `\gset`, `\getenv` or `\prompt`, or a command that begins as they do.
    private(set) lazy var definesVariables = zip(text.bytes, text.bytes.dropFirst()).contains {
        $0 == UInt8(ascii: "\\") && "sgp".utf8.contains($1)
    }
    /// A string goes on in the next line, or would if `syntax` said so.
    var joinedStringLines = false
    /// No token of a statement has been read yet: mysql takes `--x` for a comment there.
    var isAtStatementStart = false

    /// What makes it doubtful that servers cut the text in the same way.
    struct Oddities: OptionSet, Hashable {
        let rawValue: UInt16
        static let openString = Oddities(rawValue: 1)
        static let openComment = Oddities(rawValue: 2)
        static let openName = Oddities(rawValue: 4)
        static let nul = Oddities(rawValue: 8)
        static let notUTF8 = Oddities(rawValue: 16)
        static let nestedVersionComment = Oddities(rawValue: 32)
        static let oddSpace = Oddities(rawValue: 64)
        static let oddComment = Oddities(rawValue: 128)
        static let oddDelimiter = Oddities(rawValue: 256)
        static let interpolation = Oddities(rawValue: 512)
        static let unsettled = Oddities(rawValue: 1024)
        static let oddCommand = Oddities(rawValue: 2048)
        static let oddName = Oddities(rawValue: 4096)
        static let oddNumber = Oddities(rawValue: 8192)
    }

    init(_ text: SQLText, _ syntax: SQLSyntax, from start: Int = 0, to end: Int? = nil) {
        self.text = text
        self.syntax = syntax
        position = start
        self.end = end ?? text.bytes.count
    }

    var dialect: SQLDialect { syntax.dialect }

    /// The byte so far ahead, or 0 behind the end. (A NUL in the text is treated as white space before it could be mistaken.)
    func peek(_ distance: Int = 0) -> UInt8 {
        let index = position + distance
        return index < end ? text.bytes[index] : 0
    }

    mutating func next() -> SQLToken? {
        skipSpaceAndComments()
        guard position < end else { return nil }
        let start = position
        if isAtDelimiter {
            position += delimiter.count
            return SQLToken(kind: .separator, start: start, end: position)
        }
        let byte = peek()
        switch byte {
        case UInt8(ascii: ";"):
            position += 1
            return SQLToken(kind: .separator, start: start, end: position)
        case UInt8(ascii: "'"):
            scanString(escapes: dialect == .mysql)
            return token(.string, from: start)
        case UInt8(ascii: "\""):
            if dialect == .mysql {
                scanQuoted(byte, escapes: true, open: .openString)
                return token(.string, from: start)
            }
            scanQuoted(byte, escapes: false, open: .openName)
            return token(.quotedName, from: start)
        case UInt8(ascii: "`") where dialect != .postgres:
            scanQuoted(byte, escapes: false, open: .openName)
            return token(.quotedName, from: start)
        case UInt8(ascii: "[") where dialect == .sqlite:
            scanBracketed()
            return token(.quotedName, from: start)
        case UInt8(ascii: "$"):
            if dialect != .mysql { return dollar() }
        case UInt8(ascii: ":"):
            return colon()
        case UInt8(ascii: "@") where dialect != .postgres:
            return atVariable()
        case UInt8(ascii: "?") where dialect == .sqlite:
            position += 1
            skipDigits()
            return token(.variable, from: start)
        case UInt8(ascii: "\\") where syntax.obeysClientCommands && dialect != .sqlite:
            position += 1
            return SQLToken(kind: .backslash, start: start, end: position)
        default: break
        }
        if byte.isSQLDigit || (byte == UInt8(ascii: ".") && peek(1).isSQLDigit) { return number() }
        if startsName(byte) { return word() }
        return symbol(length: 1)
    }

    var isAtDelimiter: Bool {
        guard let first = delimiter.first, peek() == first, position + delimiter.count <= end else { return false }
        return text.bytes[position..<position + delimiter.count].elementsEqual(delimiter)
    }

    func token(_ kind: SQLToken.Kind, from start: Int) -> SQLToken {
        SQLToken(kind: kind, start: start, end: position, hasHole: !text.holes(in: start..<position).isEmpty)
    }

    mutating func symbol(length: Int) -> SQLToken {
        defer { position += length }
        return SQLToken(kind: .symbol, start: position, end: position + length, symbol: peek())
    }
}
