/// Programs with a language of their own in which `!` at a line's begin runs the rest of the line in a shell: ftp, sftp, ed, dc, `\!` of SQL shells.
extension CarrierCall {
    /// The lines of a text that begin with `!`, or with `shell`, `system`, `\!`, `.shell` and the like.
    mutating func runEscapes(in text: CommandWord, separator: Character = "\n") {
        guard text.pieces.contains(where: { if case .text(let part) = $0 { part.hasEscape } else { false } }) else { return }
        guard let known = text.known else {
            return doubt(.evaluated, "commands for `\(name)` are only known when it runs: \(text.quoted)")
        }
        var count = 0
        for line in known.split(whereSeparator: { $0 == "\n" || $0 == "\r\n" || $0 == separator }) {
            guard let script = Self.escaped(line) else { continue }
            count += 1
            guard count <= Self.mostEscapes else {
                return doubt(.tooLarge, "`\(name)` gets more shell commands than are looked at")
            }
            runScript(CommandWord(String(script)))
        }
    }

    /// Shell commands in one such text that are looked at.
    private static var mostEscapes: Int { 32 }

    /// ed's `r !…`, `w !…`, `%!…` and `e !…` are found as well: after an address and a letter.
    private static func escaped(_ line: Substring) -> Substring? {
        let text = line.drop { $0 == " " || $0 == "\t" }
        for word in ["\\!", ".shell ", ".system ", "system ", "shell ", "! "] where text.hasPrefix(word) {
            return text.dropFirst(word.count)
        }
        // MySQL's `select 1 \! command`.
        if let range = text.firstRange(of: "\\!") { return text[range.upperBound...] }
        if let bang = text.firstIndex(of: "!") {
            let before = text[..<bang]
            let isAddress = before.unicodeScalars.allSatisfy { "0123456789,.$%;+-'/ rweRWE\t:".unicodeScalars.contains($0) }
            if isAddress { return text[text.index(after: bang)...] }
        }
        return nil
    }

    /// The program reads its commands from its input; at a terminal a person types them.
    mutating func runEscapeProgram() {
        switch command.input {
        case .text(let text): runEscapes(in: text)
        case .file(let file):
            if file.known != "/dev/null" {
                doubt(.commandFile, "`\(name)` runs the commands of \(file.quoted), which are not in view")
            }
        case .pipe: doubt(.pipedProgram, "`\(name)` runs commands that it reads from a pipe")
        case .inherited:
            switch standardInput {
            case .terminal: doubtInteractive("a shell can be started from it")
            case .stream: doubt(.pipedProgram, "`\(name)` runs what the client sends to it")
            }
        }
    }
}

extension String {
    fileprivate var hasEscape: Bool { utf8.contains(UInt8(ascii: "!")) || contains("shell") || contains("system") }
}
