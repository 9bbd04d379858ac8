/// xargs(1) and parallel(1): commands whose arguments are read from the input.
extension CarrierTable {
    /// Arguments in plain view that are put in one by one; of more it is only said that there are some.
    private static let mostArguments = 256
    /// Lines in plain view that each make a command.
    private static let mostLines = 32

    static func xargs(_ call: inout CarrierCall) {
        let options = call.options
        call.doubtOpaque(options)
        let nothing = RunCommand.Input.file(CommandWord("/dev/null"))
        let isFromFile = options.has("a", "arg-file")
        let input = isFromFile || options.has("o", "open-tty") ? RunCommand.Input.inherited : nothing
        let placeholder = replacement(options)
        for operands in [options.operands] + options.alternatives where !operands.isEmpty {
            if let placeholder {
                let lines = isFromFile ? nil : arguments(call, by: .lines, most: mostLines)
                for line in lines ?? [CommandWord(unknown: placeholder)] {
                    call.run(operands.map { $0.replacing(placeholder, by: line) }) { $0.input = input }
                }
            } else {
                let words = isFromFile ? nil : arguments(call, by: separation(options), most: mostArguments)
                call.run(operands + (words ?? [CommandWord(unknown: "the arguments that xargs reads", splits: true)])) {
                    $0.input = input
                }
            }
        }
    }

    /// `-I {}`, `-i`, `--replace`, BSD's `-J`.
    private static func replacement(_ options: OptionReading) -> String? {
        guard options.has("I", "i", "replace", "J") else { return nil }
        let text = options.value("I", "i", "replace", "J")?.known ?? "{}"
        return text.isEmpty ? "{}" : text
    }

    private static func separation(_ options: OptionReading) -> ArgumentText.Separation {
        if options.has("0", "null") { return .byte(0) }
        guard let delimiter = options.value("d", "delimiter") else { return .blanks }
        switch delimiter.known {
        case "\\n", "\n": return .lines
        case "\\0": return .byte(0)
        case let text?: return text.utf8.count == 1 ? .byte(text.utf8.first ?? 0) : .blanks
        case nil: return .blanks
        }
    }

    /// The arguments in the input, if they are in plain view and not too many.
    private static func arguments(_ call: CarrierCall, by separation: ArgumentText.Separation, most: Int) -> [CommandWord]? {
        guard case .text(let word) = call.command.input else { return nil }
        return ArgumentText.words(in: word, by: separation, most: most)
    }

    /// GNU parallel runs its words, joined, as shell text, with each argument quoted and put in; without words the arguments are
    /// the text.
    static func parallel(_ call: inout CarrierCall) {
        let options = call.options
        call.doubtOpaque(options)
        let separators: Set<String> = [":::", "::::", ":::+", "::::+"]
        let operands = options.operands
        let end = operands.firstIndex { separators.contains($0.known ?? "") } ?? operands.endIndex
        // moreutils' parallel: `parallel COMMAND -- ARGUMENT…`.
        let dashes = operands.firstIndex { $0.known == "--" }
        let isOther = end == operands.endIndex && (dashes != nil || options.terminated)
        let template = Array(operands[..<min(end, dashes ?? end)])
        let given = isOther ? Array(operands[(dashes.map { $0 + 1 } ?? 0)...]) : Array(operands[end...])
        let hasPipe = options.has("pipe", "pipepart", "spreadstdin", "pipe-part")
        let input = hasPipe ? call.command.input : RunCommand.Input.file(CommandWord("/dev/null"))

        var known: [CommandWord]? = []
        if !given.isEmpty {
            let sources = given.filter { separators.contains($0.known ?? "") }
            let hasFiles = sources.contains { $0.known?.begins(with: "::::") == true }
            known =
                hasFiles || sources.count > 1 || given.count > mostLines
                ? nil : given.filter { !separators.contains($0.known ?? "") }
        } else if options.has("a", "arg-file") {
            known = nil
        } else if !hasPipe, call.name != "sem", !options.has("semaphore") {
            known = arguments(call, by: .lines, most: mostLines)
        }

        if template.isEmpty {
            for text in known ?? [] { call.runScript(text) { $0.input = input } }
            if known == nil { call.doubt(.evaluated, "`\(call.name)` runs each line that it reads as a command") }
            return
        }
        let text = CommandWord.joined(template)
        let placeholders = [options.value("I")?.known, "{}", "{.}", "{/}", "{//}", "{/.}", "{1}", "{2}", "{3}"].compactMap(\.self)
        let hasPlace = template.contains { $0.contains("{") }
        // Arguments are quoted for the shell: what is not known is one word of the text, and no text itself.
        let arguments: [CommandWord] = (known ?? []).map { $0.known.map { CommandWord(shellQuoting: $0) } ?? unknownArgument }
        let values = known == nil ? [unknownArgument] : arguments.isEmpty ? [CommandWord("")] : arguments
        for value in values {
            let filled = placeholders.reduce(text) { $0.replacing($1, by: value) }
            call.runScript(hasPlace || value.pieces.isEmpty ? filled : .joined([filled, value])) { $0.input = input }
        }
    }

    private static let unknownArgument = CommandWord("\"$argument\"")
}

extension CommandWord {
    /// Shell text for exactly this word.
    init(shellQuoting text: String) {
        let isPlain = text.utf8.allSatisfy { $0.isLetter || $0.isDigit || "_-./:,@%+=".utf8.contains($0) }
        if isPlain, !text.isEmpty {
            self.init(text)
        } else {
            self.init(
                "'"
                    + text.utf8.split(separator: UInt8(ascii: "'"), omittingEmptySubsequences: false).map {
                        String(Substring($0))
                    }.joined(separator: "'\\''") + "'")
        }
    }
}
