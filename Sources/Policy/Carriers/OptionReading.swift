/// What the words after a program's name are: its options, and where what it starts begins.
///
/// A word that is not known, or an option that the table does not know, leaves more than one way to read the rest. Each is
/// followed, up to `mostStarts`: it is better to judge a command that does not run than to miss one that does.
struct OptionReading {
    struct Found {
        /// As in the table: `u`, or `user`. An option that is not in the table has its name as typed.
        var name: String
        var value: CommandWord?
    }

    /// Two unknown words in a row already leave three readings; more than this says no more than "anything".
    static let mostStarts = 4

    /// Options that are looked at. No command that a person types has as many; each costs a search through the table.
    static let mostOptions = 512
    /// Letters of one word: more than there are.
    static let mostLetters = 64

    var found: [Found] = []
    var assignments: [RunCommand.Assignment] = []
    /// Everything that is no option. Without `permutes`: the words from the first operand on, with the options of the carried
    /// command.
    var operands: [CommandWord] = []
    /// Other readings of `operands`: each begins later.
    var alternatives: [[CommandWord]] = []
    /// Words before the operands of which nobody can say how many words they become.
    var opaque: CommandWord?
    /// An option says that nothing is started.
    var ends = false
    /// Whether `--` stood before the operands.
    var terminated = false
    /// There were more than `mostOptions`, or more letters in one than `mostLetters`.
    var isCut = false

    func has(_ names: String...) -> Bool { found.contains { names.contains($0.name) } }

    func values(_ names: String...) -> [CommandWord] {
        found.compactMap { names.contains($0.name) ? $0.value : nil }
    }

    /// The value of the last of these options, which is the one that counts.
    func value(_ names: String...) -> CommandWord? {
        found.last { names.contains($0.name) }?.value
    }
}

extension OptionGrammar {
    /// - Parameter words: without the program's name.
    func read(_ words: ArraySlice<CommandWord>) -> OptionReading {
        var scan = OptionScan(grammar: self, words: words)
        return scan.read()
    }
}

private struct OptionScan {
    let grammar: OptionGrammar
    let words: ArraySlice<CommandWord>
    var reading = OptionReading()
    var starts: [Int] = []
    var index: Int
    /// The next word may be the value of an option that takes one only perhaps.
    var valueMayFollow = false
    /// The option that is read can be nothing else: neither a value nor an argument of the carried command.
    var optionIsCertain = true
    var count = 0
    /// Flags that were found: `-vvvv` is one.
    var flags: Set<String> = []

    init(grammar: OptionGrammar, words: ArraySlice<CommandWord>) {
        self.grammar = grammar
        self.words = words
        index = words.startIndex
    }

    mutating func read() -> OptionReading {
        while index < words.endIndex, starts.count < OptionReading.mostStarts {
            let word = words[index]
            if word.beginsUnknown {
                noteOpaque(word)
                if grammar.style.contains(.permutes) { reading.operands.append(word) } else { starts.append(index) }
                index += 1
                continue
            }
            let text = word.leadingText ?? ""
            if text == "--", word.pieces.count == 1 {
                index += 1
                reading.terminated = true
                break
            }
            if isOption(text, word) {
                count += 1
                guard count <= OptionReading.mostOptions else {
                    reading.isCut = true
                    break
                }
                optionIsCertain = !valueMayFollow && starts.isEmpty
                valueMayFollow = false
                index += 1
                option(word, text)
                continue
            }
            if grammar.style.contains(.assignments), let assignment = word.assignment {
                reading.assignments.append(assignment)
                index += 1
                continue
            }
            if grammar.style.contains(.permutes) {
                reading.operands.append(word)
                index += 1
                continue
            }
            starts.append(index)
            guard valueMayFollow else { return finish() }
            valueMayFollow = false
            index += 1
        }
        if grammar.style.contains(.permutes) { reading.operands += words[index...] } else { starts.append(index) }
        return finish()
    }

    private mutating func finish() -> OptionReading {
        guard !grammar.style.contains(.permutes) else { return reading }
        let tails = starts.filter { $0 < words.endIndex }.map { Array(words[$0...]) }
        reading.operands = tails.first ?? []
        reading.alternatives = Array(tails.dropFirst())
        return reading
    }

    private mutating func noteOpaque(_ word: CommandWord) {
        if reading.opaque == nil, word.bringsWords { reading.opaque = word }
    }

    private func isOption(_ text: String, _ word: CommandWord) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else { return false }
        let alone = bytes.count == 1 && word.pieces.count == 1
        if first == UInt8(ascii: "+") {
            guard !alone, let second = bytes.dropFirst().first else { return false }
            return grammar.style.contains(.plus) || grammar.style.contains(.numbers) && second.isDigit
        }
        return !alone || grammar.style.contains(.dash)
    }

    private mutating func option(_ word: CommandWord, _ text: String) {
        noteOpaque(word)
        let bytes = text.utf8
        if bytes.starts(with: "--".utf8) {
            if grammar.style.contains(.numbers), bytes.dropFirst(2).first?.isDigit == true { return }
            return long(word.dropping(2))
        }
        if grammar.style.contains(.numbers), bytes.dropFirst().first?.isDigit == true { return }
        if grammar.style.contains(.oneDash), bytes.count > 2 {
            let name = word.dropping(1)
            if grammar.prefersLong(name.atEquals?.name ?? name.known ?? "") { return long(name) }
        }
        cluster(word, bytes)
    }

    private mutating func long(_ word: CommandWord) {
        let (typed, attached) = word.atEquals.map { ($0.name, Optional($0.value)) } ?? (word.leadingText ?? "", nil)
        guard attached != nil || word.pieces.count <= 1, let (name, option) = grammar.option(long: typed) else {
            reading.found.append(.init(name: typed, value: attached))
            valueMayFollow = attached == nil
            return
        }
        take(name, option, attached)
    }

    private mutating func cluster(_ word: CommandWord, _ bytes: String.UTF8View) {
        // `+x` of a shell turns off what `-x` turns on, and takes a value alike.
        let sign = bytes.first == UInt8(ascii: "+") ? "+" : ""
        for (offset, letter) in bytes.prefix(OptionReading.mostLetters).enumerated().dropFirst() {
            let name = sign + String(UnicodeScalar(letter))
            guard let option = grammar.option(short: letter) else {
                flag(name)
                valueMayFollow = true
                continue
            }
            if option.value == .none {
                take(name, option, nil)
                continue
            }
            let rest = word.dropping(offset + 1)
            take(name, option, rest.pieces.isEmpty ? nil : rest)
            // Without a value the letters go on: `screen -dmS NAME`.
            if option.value != .uncertain { return }
        }
        if bytes.count > OptionReading.mostLetters { reading.isCut = true }
        // `-a$x`: what follows may be further letters, and their values.
        if word.pieces.count > 1 { valueMayFollow = true }
    }

    private mutating func take(_ name: String, _ option: OptionGrammar.Option, _ attached: CommandWord?) {
        if option.ends, optionIsCertain { reading.ends = true }
        var value = attached
        switch option.value {
        case .none, .attached: break
        case .uncertain: valueMayFollow = attached == nil
        case .required(let count):
            var missing = attached == nil ? count : count - 1
            while missing > 0, index < words.endIndex {
                let word = words[index]
                noteOpaque(word)
                if value == nil { value = word } else { value = value.map { .joined([$0, word]) } }
                index += 1
                missing -= 1
            }
        }
        if value == nil { flag(name) } else { reading.found.append(.init(name: name, value: value)) }
    }

    private mutating func flag(_ name: String) {
        if flags.insert(name).inserted { reading.found.append(.init(name: name, value: nil)) }
    }
}
