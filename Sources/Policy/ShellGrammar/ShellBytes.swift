/// What a byte means to the lexer, in all dialects.
extension UInt8 {
    /// POSIX.1-2024 XCU 2.3: ends an unquoted word. 0 stands for the end of the text.
    var endsWord: Bool {
        switch self {
        case 0, UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: ";"), UInt8(ascii: "&"),
            UInt8(ascii: "|"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"):
            true
        default: false
        }
    }

    /// Stands for itself in a word, whatever comes next.
    var isOrdinary: Bool {
        switch self {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "="),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "@"),
            UInt8(ascii: "!"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\r"):
            false
        default: !endsWord
        }
    }

    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
    /// POSIX.1-2024 XBD 3.216.
    var startsName: Bool { isLetter || self == UInt8(ascii: "_") }
    var isInName: Bool { startsName || isDigit }

    var hexadecimalValue: UInt32? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    var octalValue: UInt32? {
        (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(self) ? UInt32(self - UInt8(ascii: "0")) : nil
    }
}

/// Gathers the parts of a word; neighbours of one kind become one.
struct WordParts {
    private(set) var parts: [WordPart] = []
    /// Unquoted braces that are not closed yet.
    var openBraces = 0
    private var run: [UInt8] = []
    private var runIsQuoted = false
    private var hasRun = false

    /// No part, not even `''`.
    var isEmpty: Bool { parts.isEmpty && !hasRun }
    /// The plain text since the last quote or expansion.
    var plainRun: [UInt8] { hasRun && !runIsQuoted ? run : [] }

    mutating func plain(_ bytes: some Sequence<UInt8>) { append(bytes, isQuoted: false) }
    mutating func plain(_ byte: UInt8) { append(CollectionOfOne(byte), isQuoted: false) }
    mutating func quoted(_ bytes: some Sequence<UInt8>) { append(bytes, isQuoted: true) }
    mutating func quoted(_ byte: UInt8) { append(CollectionOfOne(byte), isQuoted: true) }

    /// Takes back the last character, which is plain.
    mutating func takeLast() -> UInt8? { plainRun.isEmpty ? nil : run.popLast() }

    mutating func append(_ part: WordPart) {
        flush()
        parts.append(part)
    }

    mutating func finish() -> [WordPart] {
        flush()
        return parts
    }

    private mutating func append(_ bytes: some Sequence<UInt8>, isQuoted: Bool) {
        if runIsQuoted != isQuoted { flush() }
        runIsQuoted = isQuoted
        hasRun = true
        run.append(contentsOf: bytes)
    }

    private mutating func flush() {
        guard hasRun else { return }
        hasRun = false
        if run.isEmpty, !runIsQuoted { return }
        parts.append(runIsQuoted ? .quoted(run) : .plain(run))
        run.removeAll()
    }
}
