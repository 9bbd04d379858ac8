/// Reads shell text without looking through carriers: what a POSIX shell, bash, zsh, ksh or fish could run of it.
///
/// The text is parsed by a grammar that takes what all of these take, and once more in the way of each family that reads something in it
/// differently; the commands of all readings are joined. Limits that are known:
/// - History expansion (`!!`, `^a^b`) is not done: only a prompt does it.
/// - Aliases are not expanded, csh and tcsh are not read.
/// - Values of variables are those that the text assigns in plain view and order; whatever else gives them values is unknown.
/// - A `cd` that can fail is followed up where the text itself went elsewhere before, not where the session starts.
package struct ShellReader {
    package static func read(_ text: String) -> CommandReading { read(Array(text.utf8)) }

    package static func read(_ text: [UInt8]) -> CommandReading {
        guard text.count <= GrammarLimits.text else {
            return CommandReading(doubts: [
                Doubt(.tooLarge, "it is longer than the \(GrammarLimits.text) bytes that are looked at")
            ])
        }
        guard let end = text.firstIndex(of: 0) else { return readAllDialects(text) }
        // A program that gets the text as an argument sees it up to the NUL; a shell that reads it from a terminal or a file drops the NUL.
        var reading = readAllDialects(Array(text[..<end]))
        reading.add(readAllDialects(text.filter { $0 != 0 }))
        reading.doubts.insert(Doubt(.dialect, "it holds a NUL byte, which ends it for some shells"), at: 0)
        return reading
    }

    private static func readAllDialects(_ text: [UInt8]) -> CommandReading {
        var (reading, divergences) = readCommon(text)
        for dialect in divergences.dialects {
            var parser = ShellParser(text, dialect: dialect)
            let list = parser.readProgram()
            if dialect == .fish, !parser.complaints.isEmpty { continue }
            var walk = CommandWalk(changesDirectory: parser.directoryChanges > 0)
            walk.walk(list, CommandWalk.Surroundings())
            reading.add(CommandReading(commands: walk.reading.commands.filter(\.hasKnownProgram)))
        }
        return reading
    }

    private static func readCommon(_ text: [UInt8]) -> (CommandReading, Divergences) {
        var parser = ShellParser(text, dialect: .common)
        let list = parser.readProgram()
        var walk = CommandWalk(changesDirectory: parser.directoryChanges > 0)
        walk.walk(list, CommandWalk.Surroundings())
        var reading = walk.reading
        var divergences = parser.divergences
        let complaints = parser.complaints
        let peculiarities = parser.peculiarities
        var isTooDeep = parser.isTooDeep
        // Behind a quote that is never closed nothing was read as commands. No shell runs it, but a person can meant it so.
        for _ in 0..<GrammarLimits.restarts {
            guard let unclosed = parser.unclosed, unclosed + 1 < text.count else { break }
            parser = ShellParser(text, dialect: .common, from: unclosed + 1)
            let rest = parser.readProgram()
            walk = CommandWalk(changesDirectory: parser.directoryChanges > 0)
            walk.walk(rest, CommandWalk.Surroundings())
            reading.add(walk.reading)
            divergences.formUnion(parser.divergences)
            isTooDeep = isTooDeep || parser.isTooDeep
        }
        let mistakes = complaints.map { Doubt(.syntax, "at byte \($0.position) the shells expect \($0.expected)") }
        reading.doubts = mistakes + reading.doubts
        if isTooDeep { reading.doubts.insert(Doubt(.tooLarge, "it is nested deeper than is looked at"), at: 0) }
        reading.doubts += peculiarities.reasons.map { Doubt(.dialect, $0) }
        return (reading, divergences)
    }
}

extension CommandReading {
    /// Adds what is new in another reading of the same text.
    fileprivate mutating func add(_ other: CommandReading) {
        var known = Set(commands)
        for command in other.commands where commands.count < GrammarLimits.commands && known.insert(command).inserted {
            commands.append(command)
        }
        for doubt in other.doubts where doubts.count < GrammarLimits.doubts && !doubts.contains(doubt) { doubts.append(doubt) }
    }
}

extension RunCommand {
    /// Readings that another dialect adds count where they say what is run.
    fileprivate var hasKnownProgram: Bool {
        guard let first = words.first else { return true }
        return first.known.map { $0 != "[[" || !redirections.isEmpty } ?? false
    }
}
