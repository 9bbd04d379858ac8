/// What a program of awk does besides reading its input: run commands (`system()`, `"…" | getline`, `print | "…"`, gawk's `|&`
/// and `@name()`), and write and read files.
///
/// POSIX.1-2024 XCU awk. A `/` is the begin of a regular expression where no operand stands before it; where that cannot be told
/// (`x++ /…`), the program is said to run commands.
struct AwkProgram {
    private(set) var runsCommands = false
    /// Shell text that it runs.
    private(set) var scripts: [String] = []
    /// Files; a name that the program computes is unknown.
    private(set) var written: [CommandWord] = []
    private(set) var read: [CommandWord] = []

    /// Files and commands that are kept: more are not in any program that a person types, and it is said to run commands.
    private static let mostNames = 16

    private enum Token: Equatable {
        case name(String)
        case string(String)
        case operand
        case mark(UInt8)
        case increment
    }

    private let bytes: [UInt8]
    private var index = 0
    private var last: Token = .mark(0x0A)
    private var beforeLast: Token = .mark(0x0A)
    /// Within a statement of `print`, where `>` is no comparison unless in parentheses.
    private var isPrinting = false
    private var parentheses = 0
    private var isNaming = false
    /// Before this no regular expression ends.
    private var withoutPattern = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
        while index < bytes.count {
            guard let token = token() else { continue }
            note(token)
            beforeLast = last
            last = token
        }
        if max(scripts.count, written.count, read.count) > Self.mostNames { runsCommands = true }
    }

    private mutating func note(_ token: Token) {
        noteWritten(token)
        switch token {
        case .name(let name):
            if name == "print" || name == "printf" { (isPrinting, parentheses) = (true, 0) }
            if name == "system" { runsCommands = true }
            if name == "getline", last == .mark(UInt8(ascii: "|")), case .string(let text) = beforeLast {
                keep(text, in: &scripts)
            }
        case .string(let text):
            switch (beforeLast, last) {
            case (.name("system"), .mark(UInt8(ascii: "("))): keep(text, in: &scripts)
            case (_, .mark(UInt8(ascii: "|"))): keep(text, in: &scripts)
            // `getline line < "file"`
            case (.name, .mark(UInt8(ascii: "<"))): if read.count <= Self.mostNames { read.append(CommandWord(text)) }
            default: break
            }
        case .mark(let byte):
            switch byte {
            case UInt8(ascii: "|"), UInt8(ascii: "@"): runsCommands = true
            case UInt8(ascii: "("): parentheses += 1
            case UInt8(ascii: ")"): parentheses -= 1
            case UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "}"), 0x0A: isPrinting = false
            default: break
            }
        case .operand, .increment: break
        }
    }

    /// What follows `>` in a statement of `print` is a file's name, up to the statement's end.
    private mutating func noteWritten(_ token: Token) {
        if last == .mark(UInt8(ascii: ">")), isPrinting, parentheses == 0, written.count <= Self.mostNames {
            if case .string(let text) = token {
                written.append(CommandWord(text))
            } else {
                written.append(CommandWord(unknown: "…"))
            }
            isNaming = true
            return
        }
        guard isNaming, let name = written.last else { return }
        switch token {
        case .mark(let byte) where !"$(".utf8.contains(byte): isNaming = false
        case .name("in"), .name("else"): isNaming = false
        default: if !name.holdsUnknown { written[written.count - 1] = name + CommandWord(unknown: "…") }
        }
    }

    private func keep(_ name: String, in names: inout [String]) {
        if names.count <= Self.mostNames, !name.isEmpty { names.append(name) }
    }

    private mutating func token() -> Token? {
        let byte = bytes[index]
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        switch byte {
        case 0x0A:
            index += 1
            return .mark(byte)
        case _ where byte.isSpace:
            index += 1
            return nil
        case UInt8(ascii: "\\"):
            index += 2
            return nil
        case UInt8(ascii: "#"):
            while index < bytes.count, bytes[index] != 0x0A { index += 1 }
            return nil
        case UInt8(ascii: "\""): return .string(string())
        case UInt8(ascii: "/"): return slash()
        case UInt8(ascii: "+") where next == byte, UInt8(ascii: "-") where next == byte:
            index += 2
            return .increment
        case UInt8(ascii: "|") where next == byte, UInt8(ascii: "&") where next == byte:
            index += 2
            return .mark(UInt8(ascii: "&"))
        case UInt8(ascii: ">") where next == byte, UInt8(ascii: "|") where next == UInt8(ascii: "&"):
            index += 2
            return .mark(byte)
        case UInt8(ascii: ">") where next == UInt8(ascii: "="), UInt8(ascii: "<") where next == UInt8(ascii: "="):
            index += 2
            return .mark(UInt8(ascii: "="))
        case _ where byte.isLetter || byte == UInt8(ascii: "_"): return .name(name())
        case _ where byte.isDigit || byte == UInt8(ascii: "."):
            while index < bytes.count, bytes[index].isDigit || bytes[index].isLetter || bytes[index] == UInt8(ascii: ".") {
                index += 1
            }
            return .operand
        default:
            index += 1
            return .mark(byte)
        }
    }

    private mutating func name() -> String {
        let start = index
        while index < bytes.count, bytes[index].isLetter || bytes[index].isDigit || bytes[index] == UInt8(ascii: "_") {
            index += 1
        }
        return String(decoding: bytes[start..<min(index, start + 64)], as: UTF8.self)
    }

    private mutating func string() -> String {
        var text: [UInt8] = []
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != 0x0A {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\\"), index < bytes.count {
                byte = bytes[index]
                index += 1
                if byte == UInt8(ascii: "n") { byte = 0x0A }
                if byte == UInt8(ascii: "t") { byte = 0x09 }
            }
            text.append(byte)
        }
        index += 1
        return String(decoding: text, as: UTF8.self)
    }

    /// A division, or a whole regular expression.
    private mutating func slash() -> Token {
        let afterOperand: Bool =
            switch last {
            case .operand, .string: true
            case .name(let name): !Self.beforeExpressions.contains(name)
            case .mark(let byte): byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "$")
            case .increment: true
            }
        if last == .increment || last == .name("getline") { runsCommands = true }
        guard !afterOperand, let end = endOfPattern() else {
            index += 1
            return .mark(UInt8(ascii: "/"))
        }
        index = end + 1
        return .operand
    }

    private static let beforeExpressions: Set<String> = [
        "print", "printf", "return", "in", "else", "do", "case", "exit", "BEGIN", "END",
    ]

    /// Where the regular expression that begins here ends; nil if its line ends before. In `[…]` a `/` may stand.
    private mutating func endOfPattern() -> Int? {
        // Looked for once in a line, or the time would grow with the square of its length.
        guard index >= withoutPattern else { return nil }
        var isInBrackets = false
        var at = index + 1
        while at < bytes.count, bytes[at] != 0x0A {
            switch bytes[at] {
            case UInt8(ascii: "\\"): at += 1
            case UInt8(ascii: "/") where !isInBrackets: return at
            case UInt8(ascii: "[") where !isInBrackets:
                isInBrackets = true
                if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "^") { at += 1 }
                if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "]") { at += 1 }
            case UInt8(ascii: "]"): isInBrackets = false
            default: break
            }
            at += 1
        }
        withoutPattern = at
        runsCommands = true
        return nil
    }
}
