internal import Guard

/// Reads shell text without looking through carriers: what a POSIX shell, bash, zsh, ksh or fish could run of it.
///
/// The text is parsed by a grammar that takes what all of these take, and once more in the way of each family that reads something in it
/// differently; the commands of all readings are joined. Limits that are known:
/// - Aliases are not expanded; csh and tcsh are not read.
/// - Values of variables are those that the text assigns in plain view and order; whatever else gives them values is unknown.
/// - A `cd` that can fail is followed up where the text itself went elsewhere before, not where the session starts.
/// - What `[[ a && $x = b ]]` and `(($x))` run in dash, to which these are commands, is told only where the value of `x` is in plain view.
package struct ShellReader {
    /// - Parameter atPrompt: typed at a prompt, where zsh knows no comments, and bash and zsh put older commands in for `!!` and `^a^b`.
    package static func read(_ text: String, atPrompt: Bool = false) -> CommandReading {
        read(Array(text.utf8), atPrompt: atPrompt)
    }

    package static func read(_ text: [UInt8], atPrompt: Bool = false) -> CommandReading {
        read(text, at: atPrompt ? Prompt(language: .shell) : nil)
    }

    /// - Parameter prompt: nil for text that is not typed at one.
    package static func read(_ text: [UInt8], at prompt: Prompt?) -> CommandReading {
        guard text.count <= GrammarLimits.text else {
            return CommandReading(doubts: [
                Doubt(.tooLarge, "it is longer than the \(GrammarLimits.text) bytes that are looked at")
            ])
        }
        guard let end = text.firstIndex(of: 0) else { return readAllDialects(text, prompt) }
        // A program that gets the text as an argument sees it up to the NUL; a shell that reads it from a terminal or a file drops the NUL.
        var reading = readAllDialects(Array(text[..<end]), prompt)
        reading.add(readAllDialects(text.filter { $0 != 0 }, prompt))
        reading.doubts.insert(Doubt(.dialect, "it holds a NUL byte, which ends it for some shells"), at: 0)
        return reading
    }

    private static func readAllDialects(_ text: [UInt8], _ prompt: Prompt?) -> CommandReading {
        if prompt?.language == .fish, let reading = readFish(text) { return reading }
        var (reading, divergences) = readCommon(text, prompt)
        for dialect in divergences.dialects(at: prompt) {
            let other = DialectReading(text, dialect, isTyped: prompt != nil)
            // fish parses all before it runs any; the others run line by line, and `readProgram` keeps the lines before a mistake.
            guard dialect != .fish || other.parser.complaints.isEmpty else { continue }
            reading.add(other.reading)
            if other.parser.isTooDeep { reading.add(CommandReading(doubts: [tooDeep])) }
        }
        return reading
    }

    private static let tooDeep = Doubt(.tooLarge, "it is nested deeper than is looked at")

    /// A line that fish has called complete; nil where this grammar does not take it.
    private static func readFish(_ text: [UInt8]) -> CommandReading? {
        let whole = DialectReading(text, .fish, isTyped: true)
        guard whole.parser.complaints.isEmpty, !whole.parser.isTooDeep else { return nil }
        var reading = whole.reading
        for command in reading.commands where command.isKeywordOfFish && command.words.first?.known == "function" {
            let told = command.words.dropFirst().first?.known.flatMap { PromptChange.doubt(aboutDefining: $0) }
            if let told { reading.doubts.append(told) }
        }
        reading.commands.removeAll(where: \.isKeywordOfFish)
        return reading
    }

    private static func readCommon(_ text: [UInt8], _ prompt: Prompt?) -> (CommandReading, Divergences) {
        let whole = DialectReading(text, .common, isTyped: prompt != nil)
        var reading = whole.reading
        var divergences = whole.parser.divergences
        let doubts = whole.parser.peculiarities.remaining(at: prompt).reasons.map { Doubt(.dialect, $0) }
        if whole.parser.isUnfinished, prompt?.asksForMore == true {
            // What is open ends in lines that are still to come: nothing of it is a mistake yet.
            reading.isUnfinished = true
            reading.doubts += (whole.parser.isTooDeep ? [tooDeep] : []) + doubts
            return (reading, divergences)
        }
        var last = whole.parser
        // Behind a quote that is never closed nothing was read as commands. No shell runs it, but a person can have meant it so.
        for _ in 0..<GrammarLimits.restarts {
            guard let unclosed = last.unclosed, unclosed + 1 < text.count else { break }
            let rest = DialectReading(text, .common, from: unclosed + 1, isTyped: prompt != nil)
            last = rest.parser
            reading.add(rest.reading)
            divergences.formUnion(last.divergences)
        }
        let mistakes = whole.parser.complaints.map { Doubt(.syntax, "at byte \($0.position) the shells expect \($0.expected)") }
        reading.doubts = (whole.parser.isTooDeep ? [tooDeep] : []) + mistakes + reading.doubts
        reading.doubts += doubts
        return (reading, divergences)
    }
}

/// One reading of a text: what the parser found out beside its tree, and the commands.
private struct DialectReading {
    let parser: ShellParser
    let reading: CommandReading

    init(_ text: [UInt8], _ dialect: Dialect, from start: Int = 0, isTyped: Bool) {
        var parser = ShellParser(text, dialect: dialect, from: start)
        let list = parser.readProgram()
        var walk = CommandWalk(dialect: dialect, changesDirectory: parser.directoryChanges > 0, isTyped: isTyped)
        walk.walk(list, CommandWalk.Surroundings())
        self.parser = parser
        reading = walk.reading
    }
}

extension RunCommand {
    /// Words of fish's own blocks, of which the commands are there besides.
    fileprivate var isKeywordOfFish: Bool {
        guard let word = words.first, let name = word.known, name == word.source else { return false }
        switch name {
        case "for", "end", "switch", "case", "function", "begin", "break", "continue", "return": return true
        case "if", "while", "else", "and", "or", "not", "!", "time": return words.count > 1 || name == "else"
        default: return false
        }
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
