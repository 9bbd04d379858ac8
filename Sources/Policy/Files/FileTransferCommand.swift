/// A command that the other side of a file transfer starts on the target: what `scp -O`, `rsync` and `git` ask for with `exec`.
///
/// `cp` and what else a person types are not here: rules speak of them as commands.
package struct FileTransferCommand {
    /// What it does to one path.
    struct Access {
        var kind: FileOperation.Kind
        var path: WordText
        /// Names below the path are touched too, and are not in the command.
        var goesBelow = false
    }
    private(set) var accesses: [Access] = []
    /// Paths come over the connection instead of in the command (`rsync -s`, `--files-from=-`).
    private(set) var pathsAreElsewhere = false

    /// More words than a client sends that copies what a person names.
    private static let mostWords = 1024

    /// Nil for any other command.
    init?(_ command: RunCommand, program: String?) {
        guard let program else { return nil }
        let words = command.words.dropFirst().prefix(Self.mostWords).map { WordText($0) }
        if command.words.count > Self.mostWords { pathsAreElsewhere = true }
        switch program {
        case "scp": readSCP(words)
        case "rsync": readRsync(words)
        case "sftp-server", "internal-sftp": pathsAreElsewhere = true
        case "git-upload-pack", "git-upload-archive": readGit(words[...], .read)
        case "git-receive-pack": readGit(words[...], .write)
        case "git":
            switch words.first?.known {
            case "upload-pack", "upload-archive": readGit(words.dropFirst(), .read)
            case "receive-pack": readGit(words.dropFirst(), .write)
            default: return nil
            }
        default: return nil
        }
        if accesses.isEmpty, !pathsAreElsewhere { return nil }
    }

    /// scp.c: `scp -t PATH` receives, `scp -f PATH…` sends; `-r` for trees, `-d` where PATH has to be a directory.
    private mutating func readSCP(_ words: [WordText]) {
        let letters = words.flatMap { word in
            word.symbols.first == .one(0x2D) ? word.symbols.dropFirst().map { $0 } : []
        }
        let receives = letters.contains(.one(0x74))
        guard receives || letters.contains(.one(0x66)) else { return }
        let isTree = letters.contains(.one(0x72))
        var areOperands = false
        for word in words {
            if !areOperands, word.symbols.first == .one(0x2D), word.symbols.count > 1 {
                if word.symbols == [.one(0x2D), .one(0x2D)] { areOperands = true }
                continue
            }
            if receives {
                // PATH can be a directory that the file is put into.
                accesses.append(Access(kind: .write, path: word, goesBelow: true))
                if isTree { accesses.append(Access(kind: .mkdir, path: word, goesBelow: true)) }
            } else {
                accesses.append(Access(kind: .read, path: word, goesBelow: isTree))
            }
        }
    }

    /// rsync(1): `rsync --server [--sender] OPTIONS . PATH…`
    private mutating func readRsync(_ words: [WordText]) {
        guard words.contains(where: { $0.known == "--server" }) else { return }
        let sends = words.contains { $0.known == "--sender" }
        let deletes = words.contains { $0.starts(with: "--del") }
        var isTree = false
        var operands: [WordText] = []
        var areOperands = false
        for word in words {
            guard !areOperands, word.symbols.first == .one(0x2D), word.symbols.count > 1 else {
                operands.append(word)
                continue
            }
            if word.symbols == [.one(0x2D), .one(0x2D)] { areOperands = true }
            if word.symbols[1] == .one(0x2D) {
                rsyncOption(word)
                continue
            }
            // `-logDtprze.iLsfxCIvu`: what follows `e` is the protocol's.
            let letters = word.symbols.prefix { $0 != .one(0x65) }
            if letters.contains(.one(0x72)) { isTree = true }
            if letters.contains(.one(0x73)) { pathsAreElsewhere = true }
        }
        // The first one is always `.`.
        for path in operands.dropFirst() {
            accesses.append(Access(kind: sends ? .read : .write, path: path, goesBelow: sends ? isTree : true))
            if !sends, isTree { accesses.append(Access(kind: .mkdir, path: path, goesBelow: true)) }
            if !sends, deletes { accesses.append(Access(kind: .remove, path: path, goesBelow: true)) }
            if sends, words.contains(where: { $0.known == "--remove-source-files" || $0.known == "--remove-sent-files" }) {
                accesses.append(Access(kind: .remove, path: path, goesBelow: isTree))
            }
        }
    }

    /// Options of rsync whose value is a path on this side.
    private mutating func rsyncOption(_ word: WordText) {
        guard let equals = word.symbols.firstIndex(of: .one(0x3D)) else { return }
        let value = word.dropping(equals + 1)
        switch WordText(symbols: Array(word.symbols[..<equals])).known {
        case "--log-file", "--backup-dir", "--partial-dir", "--temp-dir", "--write-batch", "--only-write-batch":
            accesses.append(Access(kind: .write, path: value, goesBelow: true))
        case "--files-from":
            pathsAreElsewhere = true
            if value.known != "-" { accesses.append(Access(kind: .read, path: value)) }
        case "--exclude-from", "--include-from", "--read-batch", "--password-file", "--copy-dest", "--link-dest",
            "--compare-dest":
            accesses.append(Access(kind: .read, path: value))
        default: break
        }
    }

    /// git-upload-pack(1): the last word is the repository; git itself reads `~` in it.
    private mutating func readGit(_ words: ArraySlice<WordText>, _ kind: FileOperation.Kind) {
        guard var path = words.last(where: { $0.symbols.first != .one(0x2D) }) else { return }
        if path.symbols.first == .one(0x7E) {
            let isOwnHome = path.symbols.count == 1 || path.symbols[1] == .slash
            path = WordText(
                symbols: [isOwnHome ? .home : .unknown] + path.symbols.dropFirst(), unknown: path.unknown ?? path.known)
        }
        accesses.append(Access(kind: kind, path: path))
    }
}

extension FileTransferCommand {
    /// Whether the line starts OpenSSH's sftp server and nothing else, so that each operation can be judged when it comes.
    ///
    /// It may be started through programs that only change who or how it runs (`sudo`), with nothing around it, in the home directory: relative
    /// paths start there. Any other line with it is a maybe for every rule about files.
    package static func isSFTPServer(_ reading: CommandReading) -> Bool {
        guard let server = onlyCommand(of: reading) else { return false }
        guard server.directory == nil, !server.words.contains(where: { $0.known?.hasPrefix("-d") != false }) else { return false }
        guard let name = server.words.first?.known?.split(separator: "/").last else { return false }
        return ["sftp-server", "internal-sftp"].contains(name)
    }

    /// Whether the line starts the other side of a file transfer and nothing else: what comes out of it is files, and a byte that is changed breaks it.
    package static func carriesData(_ reading: CommandReading) -> Bool {
        guard let server = onlyCommand(of: reading), let name = server.words.first?.known?.split(separator: "/").last else {
            return false
        }
        return FileTransferCommand(server, program: String(name)) != nil
    }

    /// The one program that a line surely starts, with nothing around it but programs that change who or how it runs.
    private static func onlyCommand(of reading: CommandReading) -> RunCommand? {
        guard reading.doubts.isEmpty, let server = reading.commands.last else { return nil }
        let isPlain = reading.commands.allSatisfy { command in
            command.redirections.isEmpty && command.input == .inherited && command.output == nil && command.assignments.isEmpty
                && command.words.allSatisfy { $0.known != nil }
        }
        let isOnly =
            isPlain && server.carriers.allSatisfy(harmlessCarriers.contains)
            && reading.commands.count == server.carriers.count + 1
        return isOnly ? server : nil
    }

    private static let harmlessCarriers: Set<String> = [
        "sudo", "doas", "env", "exec", "command", "nice", "ionice", "nohup", "setsid", "stdbuf",
    ]
}
