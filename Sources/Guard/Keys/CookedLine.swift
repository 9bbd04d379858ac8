/// What keys make of a line in the terminal's own editing, canonical mode with the characters that `stty sane` gives (termios(3)): for shells without an
/// editor, as dash.
struct CookedLine {
    static let longest = 4096  // N_TTY_BUF_SIZE of Linux: what is longer never arrives

    private var line: [UInt8] = []
    /// What ^D gave away: no key takes it back.
    private var submitted: [UInt8] = []
    private var isQuoting = false
    private(set) var isKnown = true
    /// Without `iutf8` a key erases one byte, of whatever character.
    private let erasesBytes: Bool

    init(erasesBytes: Bool = false) { self.erasesBytes = erasesBytes }

    /// Something went to the line that was not followed.
    mutating func forget() { isKnown = false }

    mutating func startLine() { self = CookedLine(erasesBytes: erasesBytes) }

    /// Every byte up to the line end, which may be literal control characters; nil where it does not know.
    var text: [UInt8]? { isKnown ? submitted + line : nil }

    mutating func take(_ byte: UInt8) {
        guard isKnown else { return }
        if isQuoting {
            isQuoting = false
            return append(byte)
        }
        switch byte {
        case 0x16: isQuoting = true  // VLNEXT
        case 0x04:  // VEOF
            submitted += line
            line = []
        case 0x7F: erase()
        case 0x15: line = []  // VKILL
        case 0x17: eraseWord()  // VWERASE
        case 0x12: break  // VREPRINT
        case 0x03, 0x1C, 0x1A:  // VINTR, VQUIT, VSUSP flush the line
            (submitted, line) = ([], [])
        case 0x11, 0x13: break  // VSTART, VSTOP
        default: append(byte)
        }
    }

    private mutating func append(_ byte: UInt8) {
        guard submitted.count + line.count < Self.longest else {
            isKnown = false
            return
        }
        line.append(byte)
    }

    /// One character with `iutf8`, which sshd sets where the client does.
    private mutating func erase() {
        if erasesBytes { return line.removeLast(min(1, line.count)) }
        while let last = line.popLast(), last & 0xC0 == 0x80 {}
    }

    /// As the kernel does it: what is not a letter, digit or underscore first, then a run of those (n_tty.c `eraser`).
    private mutating func eraseWord() {
        func isWord(_ byte: UInt8) -> Bool {
            // Byte by byte the kernel takes them for Latin-1.
            if byte >= 0x80, erasesBytes {
                return byte >= 0xC0 && byte != 0xD7 && byte != 0xF7 || [0xAA, 0xB5, 0xBA].contains(byte)
            }
            return byte >= 0x80 || byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
        }
        while let last = line.last, !isWord(last) { line.removeLast() }
        while let last = line.last, isWord(last) { line.removeLast() }
    }
}
