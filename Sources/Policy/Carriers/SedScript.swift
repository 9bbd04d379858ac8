/// What a script of sed does besides editing: run commands (`e`, and the flag `e` of `s`), and write and read files (`w`, `W`,
/// `r`, `R`).
///
/// POSIX.1-2024 XCU sed with the extensions of GNU sed 4.9. Whether a delimiter inside `[…]` ends a pattern differs between
/// versions: both readings count. A script that cannot be read at all is said to run commands.
struct SedScript {
    private(set) var runsCommands = false
    /// Shell text that it runs.
    private(set) var scripts: [String] = []
    private(set) var written: [String] = []
    private(set) var read: [String] = []

    init(_ text: String) {
        let bytes = Array(text.utf8)
        let readings = [true, false].map { SedScan(bytes, bracketsHide: $0) }
        let whole = readings.filter { !$0.isMalformed }
        if whole.isEmpty { runsCommands = true }
        for scan in whole.isEmpty ? readings : whole {
            runsCommands = runsCommands || scan.runsCommands
            for text in scan.scripts where !scripts.contains(text) { scripts.append(text) }
            for name in scan.written where !written.contains(name) { written.append(name) }
            for name in scan.read where !read.contains(name) { read.append(name) }
        }
    }
}

private struct SedScan {
    /// Files and commands that are kept: more are not in any script that a person types, and it is said to run commands.
    static let mostNames = 16

    let bytes: [UInt8]
    let bracketsHide: Bool
    var index = 0
    var isMalformed = false
    var runsCommands = false
    var scripts: [String] = []
    var written: [String] = []
    var read: [String] = []

    init(_ bytes: [UInt8], bracketsHide: Bool) {
        self.bytes = bytes
        self.bracketsHide = bracketsHide
        while index < bytes.count, !isMalformed { command() }
    }

    var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func skip(_ some: String) {
        while let byte, some.utf8.contains(byte) { index += 1 }
    }

    mutating func rest() -> String {
        let start = index
        while let byte, byte != 0x0A { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    mutating func command() {
        skip(" \t\n;}\r")
        guard byte != nil else { return }
        address()
        skip(" \t")
        if byte == UInt8(ascii: ",") {
            index += 1
            skip(" \t")
            address()
            skip(" \t")
        }
        skip("! \t")
        guard let letter = byte else { return isMalformed = true }
        index += 1
        switch letter {
        case UInt8(ascii: "{"), UInt8(ascii: "="): break
        case UInt8(ascii: "#"), UInt8(ascii: "v"): _ = rest()
        case UInt8(ascii: ":"), UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "T"):
            skip(" \t")
            while let byte, !byte.isSpace, byte != UInt8(ascii: ";") { index += 1 }
        case UInt8(ascii: "a"), UInt8(ascii: "i"), UInt8(ascii: "c"): text()
        case UInt8(ascii: "r"), UInt8(ascii: "R"): read += file()
        case UInt8(ascii: "w"), UInt8(ascii: "W"): written += file()
        case UInt8(ascii: "e"):
            skip(" \t")
            let text = rest()
            runsCommands = true
            if !text.isEmpty, scripts.count < Self.mostNames { scripts.append(text) }
        case UInt8(ascii: "s"): substitute()
        case UInt8(ascii: "y"):
            guard let delimiter = byte else { return isMalformed = true }
            index += 1
            part(delimiter, isPattern: false)
            part(delimiter, isPattern: false)
        case UInt8(ascii: "q"), UInt8(ascii: "Q"), UInt8(ascii: "l"), UInt8(ascii: "L"): skip(" \t0123456789")
        case _ where "dDgGhHnNpPxzF".utf8.contains(letter): break
        default: isMalformed = true
        }
    }

    /// A line's number, `$`, `/pattern/`, `\cpatternc`, or none.
    mutating func address() {
        switch byte {
        case let digit? where digit.isDigit || digit == UInt8(ascii: "+") || digit == UInt8(ascii: "~"):
            index += 1
            skip("0123456789~ \t")
        case UInt8(ascii: "$"): index += 1
        case UInt8(ascii: "/"):
            index += 1
            part(UInt8(ascii: "/"), isPattern: true)
            skip("IM")
        case UInt8(ascii: "\\"):
            index += 1
            guard let delimiter = byte else { return isMalformed = true }
            index += 1
            part(delimiter, isPattern: true)
            skip("IM")
        default: break
        }
    }

    /// Up to the delimiter that is not escaped.
    mutating func part(_ delimiter: UInt8, isPattern: Bool) {
        var isInBrackets = false
        while let byte {
            index += 1
            if byte == UInt8(ascii: "\\"), !isInBrackets {
                index += 1
            } else if isInBrackets {
                if byte == UInt8(ascii: "]") { isInBrackets = false }
            } else if byte == delimiter {
                return
            } else if byte == UInt8(ascii: "["), isPattern, bracketsHide {
                isInBrackets = true
                skip("^")
                if self.byte == UInt8(ascii: "]") { index += 1 }
            }
        }
        isMalformed = true
    }

    mutating func substitute() {
        guard let delimiter = byte, delimiter != 0x0A, delimiter != UInt8(ascii: "\\") else { return isMalformed = true }
        index += 1
        part(delimiter, isPattern: true)
        part(delimiter, isPattern: false)
        while let flag = byte, !isMalformed {
            switch flag {
            case UInt8(ascii: "e"): runsCommands = true
            case UInt8(ascii: "w"):
                index += 1
                written += file()
                return
            case _ where "gpiImM0123456789".utf8.contains(flag): break
            default: return
            }
            index += 1
        }
    }

    /// A file's name, which goes to the end of the line; none if there are enough.
    mutating func file() -> [String] {
        skip(" \t")
        let name = rest()
        if name.isEmpty { isMalformed = true }
        guard written.count + read.count < Self.mostNames else {
            runsCommands = true
            return []
        }
        return name.isEmpty ? [] : [name]
    }

    /// The text of `a`, `i` and `c`: to the end of the first line that does not end with a backslash.
    mutating func text() {
        while let byte {
            index += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == 0x0A { return }
        }
    }
}
