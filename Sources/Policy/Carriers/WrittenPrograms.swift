/// Programs that a line makes before it runs them: `echo 'rm -rf /' > x; chmod +x x; ./x`, `cp /bin/rm x; ./x`, `curl -o x URL; ./x`.
///
/// Compared are the paths as they stand in the line, without what changes nothing about them (`./`, `//`). Known limits: another name of the same file
/// (`../dir/x`, a link) is not seen, and neither is a program that is found by `PATH`.
enum WrittenPrograms {
    /// Programs that make or change the files among their operands, so that one of these is no longer the program that its name says.
    private static let makers: Set<String> = [
        "tee", "cp", "ln", "install", "mv", "dd", "curl", "wget", "tar", "unzip", "rsync", "scp", "sponge",
        "gcc", "cc", "go",
    ]

    /// Each command whose program was written by an earlier one of the same line, and its path.
    static func run(in commands: [RunCommand]) -> [(index: Int, path: String)] {
        /// By which program.
        var written: [String: String] = [:]
        var found: [(Int, String)] = []
        for (index, command) in commands.enumerated() {
            if let program = command.words.first?.writtenPath, program.utf8.contains(UInt8(ascii: "/")) || program.hasPrefix("~"),
                // What `tar --to-command=./x` runs is among its arguments and not made by it.
                let maker = written[simplified(program)], !command.carriers.contains(maker)
            {
                found.append((index, program))
            }
            for redirection in command.redirections where redirection.operation != .read {
                if let path = redirection.target.writtenPath { written[simplified(path)] = ">" }
            }
            guard let name = command.words.first?.known?.split(separator: "/").last.map(String.init), makers.contains(name) else {
                continue
            }
            for word in command.words.dropFirst() {
                guard let path = word.writtenPath else { continue }
                written[simplified(path)] = name
                // `-ox`, `-sox`, `of=x`, `--output=x`: what stands behind the letters or the sign.
                if let sign = path.firstIndex(of: "=") { written[simplified(String(path[path.index(after: sign)...]))] = name }
                if path.hasPrefix("-"), let letter = path.firstIndex(of: "o") {
                    written[simplified(String(path[path.index(after: letter)...]))] = name
                }
            }
        }
        return found
    }

    private static func simplified(_ path: String) -> String {
        let isAbsolute = path.hasPrefix("/")
        let parts = path.split(separator: "/").filter { $0 != "." }
        return (isAbsolute ? "/" : "") + parts.joined(separator: "/")
    }
}

extension CommandWord {
    /// The word as a path if it is wholly known, the home directory written as `~`.
    fileprivate var writtenPath: String? {
        var path = ""
        for piece in pieces {
            switch piece {
            case .text(let text): path += text
            case .home: path += "~"
            case .pattern, .unknown: return nil
            }
        }
        return path.isEmpty ? nil : path
    }
}
