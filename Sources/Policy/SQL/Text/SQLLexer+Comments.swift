/// White space and comments.
extension SQLLexer {
    mutating func skipSpaceAndComments() {
        while position < end, !isAtDelimiter {
            let byte = text.bytes[position]
            switch byte {
            case 0x09...0x0D, 0x20:
                position += 1
            case 0:
                oddities.insert(.nul)
                position += 1
            // A byte order mark: SQLite takes it for white space anywhere, psql and mysql at the start.
            case 0xEF where peek(1) == 0xBB && peek(2) == 0xBF:
                position += 3
            case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-") && beginsLineComment():
                skipLine()
            case UInt8(ascii: "#") where dialect == .mysql:
                skipLine()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
                comment()
            case UInt8(ascii: "*") where peek(1) == UInt8(ascii: "/") && openVersionComments > 0:
                openVersionComments -= 1
                position += 2
            default: return
            }
        }
    }

    /// MySQL wants white space behind `--`: `5--3` is 8 there. Its server takes other control characters too, its client does not; the client
    /// drops a line that begins with `--` in any case, where no statement has begun.
    private mutating func beginsLineComment() -> Bool {
        guard dialect == .mysql else { return true }
        let third = peek(2)
        if position + 2 >= end || third.isSQLSpace { return true }
        if third < 0x20 || third == 0x7F { oddities.insert(.oddComment) }
        guard isAtStatementStart else { return false }
        // Behind another comment it may be no comment to the client either, and then a quote in it counts.
        let line = text.bytes[position..<end].prefix { $0 != 0x0A }
        if line.contains(where: { "'\"`;\\".utf8.contains($0) }) { oddities.insert(.oddComment) }
        return true
    }

    /// PostgreSQL ends a line at a carriage return as well. Behind a NUL MySQL's server reads on as if the line had ended.
    private mutating func skipLine() {
        while position < end {
            switch text.bytes[position] {
            case 0x0A: return
            case 0x0D where dialect == .postgres: return
            case 0: return
            default: position += 1
            }
        }
    }

    private mutating func comment() {
        if dialect == .mysql, let body = versionComment() {
            openOrSkip(body)
            return
        }
        if openVersionComments > 0 { oddities.insert(.nestedVersionComment) }
        position += 2
        var depth = 1
        while position < end {
            if peek() == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                position += 2
                depth -= 1
                if depth == 0 { return }
            } else if dialect == .postgres, peek() == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                position += 2
                depth += 1
            } else {
                position += 1
            }
        }
        // SQLite takes the end of the text for that of the comment.
        if dialect != .sqlite { oddities.insert(.openComment) }
    }
}

// MARK: - Comments that are run

extension SQLLexer {
    private struct VersionComment {
        var version: Int
        /// Behind the version.
        var start: Int
    }

    /// Versions up to this are run by every server that is in use: MySQL 5.5.3, MariaDB 5.5.
    private static let oldest = 50503

    /// `/*!` or `/*!50503` of MySQL, and `/*M!` of MariaDB, at this position. Versions have five or six digits.
    private func versionComment() -> VersionComment? {
        var index = position + 2
        if index < end, text.bytes[index] == UInt8(ascii: "M") { index += 1 }
        guard index < end, text.bytes[index] == UInt8(ascii: "!") else { return nil }
        index += 1
        var version = 0
        var digits = 0
        while digits < 6, index + digits < end, text.bytes[index + digits].isSQLDigit {
            version = version * 10 + Int(text.bytes[index + digits] - UInt8(ascii: "0"))
            digits += 1
        }
        return digits < 5 ? VersionComment(version: 0, start: index) : VersionComment(version: version, start: index + digits)
    }

    private mutating func openOrSkip(_ comment: VersionComment) {
        if openVersionComments > 0 { oddities.insert(.nestedVersionComment) }
        position = comment.start
        guard comment.version > Self.oldest else {
            openVersionComments += 1
            return
        }
        newerVersions.insert(comment.version)
        guard !syntax.runsNewerVersions else {
            openVersionComments += 1
            return
        }
        while position < end {
            if peek() == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                position += 2
                return
            }
            if peek() == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") { oddities.insert(.nestedVersionComment) }
            position += 1
        }
        oddities.insert(.openComment)
    }
}
