/// Programs with a language of their own in which a line can be for a shell: `!` of ftp, sftp, ed and dc, `\!` and `.shell` of
/// SQL shells.
extension CarrierCall {
    /// Shell commands in one text that are looked at.
    private static var mostEscapes: Int { 32 }

    /// The commands for a shell that stand in a text.
    ///
    /// - Parameter statements: the language is SQL, whose statements are for other rules to judge; what is not known of them is
    ///   no doubt here.
    mutating func runEscapes(in text: CommandWord, separators: String = "\n\r", statements: Bool = false) {
        let flat = text.pieces.map { if case .text(let part) = $0 { part } else { "$unknown" } }.joined()
        var isInDoubt = text.holdsUnknown && !statements
        var count = 0
        for line in flat.parts(at: separators) {
            guard let script = Self.escaped(line) else { continue }
            count += 1
            guard count <= Self.mostEscapes else {
                doubt(.tooLarge, "`\(name)` gets more shell commands than are looked at")
                break
            }
            runScript(CommandWord(String(script)))
            isInDoubt = isInDoubt || text.holdsUnknown
        }
        if isInDoubt { doubt(.evaluated, "commands for `\(name)` are only known when it runs: \(text.quoted)") }
    }

    /// What a line gives to a shell.
    private static func escaped(_ line: Substring) -> Substring? {
        let text = line.without(" \t")
        for word in ["\\!", ".shell ", ".system ", "system ", "shell ", "! "] where text.begins(with: word) {
            return text.after(word)
        }
        // psql's `\o |command`, `\g |command`; sqlite's `.output |command`, `.import "|command" t`.
        let pipes = ["\\o", "\\g", "\\w", ".import", ".output", ".once", ".read"]
        if pipes.contains(where: { text.begins(with: $0) }), let command = text.after("|") {
            return command.upTo("\"")
        }
        if let program = copied(text) { return program }
        // MySQL's `select 1 \! command`.
        if let command = text.after("\\!") { return command }
        // ed's `r !command`, `w !command`, `%!command`: after an address and a letter.
        guard let command = text.after("!") else { return nil }
        return text.upTo("!").utf8.allSatisfy { "0123456789,.$%;+-'/ rweRWE\t:".utf8.contains($0) } ? command : nil
    }

    /// `COPY t TO PROGRAM 'command'`, `\copy t from program 'command'`: the text in the quotes.
    private static func copied(_ text: Substring) -> Substring? {
        let bytes = Array(text.utf8)
        let keyword = Array("program".utf8)
        var start = 0
        while start + keyword.count <= bytes.count {
            let isKeyword = zip(keyword, bytes[start...]).allSatisfy { $0 == $1 | 0x20 }
            start += 1
            guard isKeyword else { continue }
            let quoted = bytes[(start + keyword.count - 1)...].drop(while: \.isSpace)
            guard quoted.first == UInt8(ascii: "'") else { continue }
            return Substring(String(decoding: quoted.dropFirst().prefix { $0 != UInt8(ascii: "'") }, as: UTF8.self))
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
