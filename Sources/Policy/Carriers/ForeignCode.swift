/// Calls of a shell that stand in the code of another language in plain view: `os.system('reboot')`, `exec "reboot"`, `` `reboot`
/// ``.
///
/// The code is in doubt anyhow. What is found here makes a rule about `rm` match an obvious `python -c "os.system('rm -rf /')"`,
/// which is more than a doubt; nothing is concluded from finding none. A literal with a part that the code computes is taken as
/// it stands.
struct ForeignCode {
    enum Call: Hashable {
        case script(String)
        case command([String])
    }

    /// Enough for any one-liner; each is read as a script of its own.
    static let mostCalls = 16

    private(set) var calls: [Call] = []
    private let bytes: [UInt8]
    private var index = 0

    /// Functions and operators of Perl, Python, Ruby, PHP, JavaScript, Lua, awk, Tcl, R, Julia and their like whose first
    /// argument is a command.
    private static let runners: Set<String> = [
        "system", "exec", "popen", "execSync", "execFile", "execFileSync", "spawn", "spawnSync", "spawnlp", "spawnvp", "execl",
        "execlp", "execle",
        "execv", "execvp", "execve", "execvpe", "run", "call", "check_output", "check_call", "Popen", "getoutput",
        "getstatusoutput", "shell_exec",
        "passthru", "proc_open", "pcntl_exec", "execute", "system2", "shell", "startProcess", "capture", "capture2", "capture3",
        "open", "open3",
        "readpipe", "Command", "script", "sh", "pipe", "cmd", "ProcessBuilder", "command", "os_cmd",
    ]

    init(_ code: String) {
        bytes = Array(code.utf8)
        while index < bytes.count, calls.count < Self.mostCalls { step() }
    }

    private mutating func step() {
        let byte = bytes[index]
        if byte == UInt8(ascii: "`") {
            if let text = literal(), !text.isEmpty { calls.append(.script(text)) }
        } else if byte.isLetter || byte == UInt8(ascii: "_") {
            let name = identifier()
            if name == "qx" { quoted() } else if Self.runners.contains(name) { arguments() }
        } else if byte == UInt8(ascii: "%"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "x") {
            index += 2
            quoted()
        } else {
            index += 1
        }
    }

    private mutating func identifier() -> String {
        let start = index
        while index < bytes.count, bytes[index].isLetter || bytes[index].isDigit || bytes[index] == UInt8(ascii: "_") {
            index += 1
        }
        // No name of a runner is longer than this, and a long one is not made a string.
        return index - start > 24 ? "" : String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func skip(_ some: String) {
        while index < bytes.count, bytes[index].isSpace || some.utf8.contains(bytes[index]) { index += 1 }
    }

    /// `('rm', '-rf', '/')`, `(['rm', '-rf'])`, `"rm -rf /"`.
    private mutating func arguments() {
        skip("(")
        let isList = index < bytes.count && (bytes[index] == UInt8(ascii: "[") || bytes[index] == UInt8(ascii: "{"))
        if isList { index += 1 }
        skip("")
        var literals: [String] = []
        while let text = literal() {
            literals.append(text)
            let end = index
            skip(",[(")
            guard index > end, bytes[end..<index].contains(where: { ",.+".utf8.contains($0) }) else { break }
        }
        guard let first = literals.first else { return }
        if !isList { calls.append(.script(first)) }
        if isList || literals.count > 1 { calls.append(.command(literals)) }
    }

    /// `qx(…)`, `%x{…}`.
    private mutating func quoted() {
        skip("")
        guard index < bytes.count else { return }
        let open = bytes[index]
        guard !open.isLetter, !open.isDigit, !open.isSpace else { return }
        let close = Self.brackets[open] ?? open
        let start = index + 1
        guard let end = bytes[start...].firstIndex(of: close) else { return index = bytes.count }
        index = end + 1
        calls.append(.script(String(decoding: bytes[start..<end], as: UTF8.self)))
    }

    /// A string literal at the index, with its commonest escapes; nil, and nothing is taken, if there is none. Neighbours are
    /// joined.
    private mutating func literal() -> String? {
        var text: [UInt8]?
        while index < bytes.count {
            if let quoted = perlLiteral() {
                text = (text ?? []) + quoted
                break
            }
            // Python's `r'…'`, `f"…"`.
            if index + 1 < bytes.count, "rbufRBUF".utf8.contains(bytes[index]), "'\"".utf8.contains(bytes[index + 1]) {
                index += 1
            }
            let quote = bytes[index]
            guard "'\"`".utf8.contains(quote) else { break }
            let isTriple = bytes[index...].starts(with: [quote, quote, quote])
            index += isTriple ? 3 : 1
            var part: [UInt8] = []
            while index < bytes.count {
                let byte = bytes[index]
                if byte == quote, !isTriple || bytes[index...].starts(with: [quote, quote, quote]) { break }
                index += 1
                if byte == UInt8(ascii: "\\"), index < bytes.count {
                    part.append(Self.escapes[bytes[index]] ?? bytes[index])
                    index += 1
                } else {
                    part.append(byte)
                }
            }
            index = min(index + (isTriple ? 3 : 1), bytes.count)
            text = (text ?? []) + part
            // `"rm " + "-rf /"`, `'rm ' . '-rf /'`, `"rm" " -rf"`.
            var next = index
            while next < bytes.count, bytes[next].isSpace || "+.".utf8.contains(bytes[next]) { next += 1 }
            guard next < bytes.count, "'\"`".utf8.contains(bytes[next]), next > index else { break }
            index = next
        }
        return text.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Perl's `q{…}` and `qq(…)`.
    private mutating func perlLiteral() -> [UInt8]? {
        guard bytes[index] == UInt8(ascii: "q") else { return nil }
        let isDouble = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "q")
        let open = index + (isDouble ? 2 : 1)
        guard open < bytes.count, let close = Self.brackets[bytes[open]], let end = bytes[(open + 1)...].firstIndex(of: close)
        else { return nil }
        index = end + 1
        return Array(bytes[(open + 1)..<end])
    }

    private static let brackets: [UInt8: UInt8] = [
        0x28: 0x29, 0x7B: 0x7D, 0x5B: 0x5D, 0x3C: 0x3E, 0x2F: 0x2F, 0x7C: 0x7C, 0x21: 0x21,
    ]

    private static let escapes: [UInt8: UInt8] = [0x6E: 0x0A, 0x74: 0x09, 0x72: 0x0D]
}

extension CarrierCall {
    /// Code of another language: a doubt, and the calls of a shell that are in plain view.
    mutating func runForeignCode(_ code: CommandWord) {
        doubt(.foreignCode, "`\(name)` runs code of another language: \(code.quoted)")
        runShellCalls(in: code)
    }

    mutating func runShellCalls(in code: CommandWord) {
        let text = code.pieces.map { if case .text(let text) = $0 { text } else { "$unknown" } }.joined()
        for shell in ForeignCode(text).calls {
            switch shell {
            case .script(let text): runScript(CommandWord(text))
            case .command(let words): run(words.map { CommandWord($0) })
            }
        }
    }

    /// `spawn`, `exec` and `system` of expect and Tcl take words without quotes.
    mutating func runSpawned(in code: CommandWord) {
        for line in (code.known ?? "").parts(at: "\n\r;{}[]", most: ForeignCode.mostCalls) {
            let words = line.parts(at: " \t", most: 2)
            guard words.count == 2, ["spawn", "exec", "system"].contains(String(words[0])) else { continue }
            runScript(CommandWord(String(words[1])))
        }
    }
}
