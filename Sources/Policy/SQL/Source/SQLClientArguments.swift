/// What an option of a database client or tool means for the SQL that it runs.
struct SQLClientOption {
    enum Argument {
        case none
        /// Glued to it or the next word.
        case required
        /// Glued to it, or not at all: `-psecret` of mysql.
        case optional
    }

    enum Meaning: Hashable {
        case nothing
        /// Its argument is SQL.
        case statement
        /// SQL that runs before anything else, and after which standard input is read all the same.
        case firstStatement
        /// Its argument is a file of SQL.
        case file
        /// A file with settings or commands that the client reads when it starts.
        case startFile
        /// No such file is read.
        case noStartFile
        /// A file to write, or a command behind `|`.
        case output
        /// A file to append to.
        case log
        /// A command of the shell.
        case pager
        /// NAME=VALUE.
        case variable
        case delimiter
        case encoding
        /// A library that the client loads, or where it looks for them.
        case library
        case namedCommands
        /// Each line is a statement.
        case lines
        /// It shows something and ends: standard input is not read.
        case ends
        /// Tools only.
        case table
        case database
        case clean
        case all
    }

    /// Without dashes; one letter is a short option, more are a long one. Any of them.
    let names: [String]
    let argument: Argument
    let meaning: Meaning

    init(_ names: String, _ argument: Argument = .none, _ meaning: Meaning = .nothing) {
        self.names = names.split(separator: " ").map(String.init)
        self.argument = argument
        self.meaning = meaning
    }
}

/// The words of a client's command line, as its `getopt_long` would read them.
///
/// Options are found behind operands too, long ones by any beginning of their name; where that fits several, all are taken.
struct SQLClientArguments {
    private(set) var options: [(meaning: SQLClientOption.Meaning, value: SQLText)] = []
    private(set) var operands: [SQLText] = []
    private(set) var doubts: [Doubt] = []

    func values(_ meaning: SQLClientOption.Meaning) -> [SQLText] { options.filter { $0.meaning == meaning }.map(\.value) }

    func has(_ meaning: SQLClientOption.Meaning) -> Bool { options.contains { $0.meaning == meaning } }

    /// - Parameter loosely: MySQL's programs take `_` for `-` in long names, and `--loose-` in front of them.
    init(_ words: ArraySlice<CommandWord>, _ table: [SQLClientOption], loosely: Bool = false) {
        var wanting: [SQLClientOption.Meaning] = []
        var onlyOperands = false
        for word in words.prefix(Self.mostWords) {
            let text = SQLText(word)
            if word.splits { doubt(word, "can be several words, and so options") }
            if !wanting.isEmpty {
                for meaning in wanting { options.append((meaning, text)) }
                wanting = []
            } else if onlyOperands || !text.bytes.starts(with: "-".utf8) || text.bytes.count == 1 {
                if !onlyOperands, !word.splits, text.bytes.first == SQLText.hole { doubt(word, "can be an option") }
                operands.append(text)
            } else if text.bytes.elementsEqual("--".utf8) {
                onlyOperands = true
            } else if text.bytes.starts(with: "--".utf8) {
                wanting = long(text, word, table, loosely: loosely)
            } else {
                wanting = cluster(text, word, table)
            }
        }
        if words.count > Self.mostWords {
            doubts.append(Doubt(.tooLarge, "the database client has more words than are looked at"))
        }
    }

    /// People and scripts type a dozen.
    private static let mostWords = 4096

    private mutating func doubt(_ word: CommandWord, _ why: String) {
        guard doubts.count < SQLBounds.doubts else { return }
        doubts.append(Doubt(.unknownWord, "\(word.source.prefix(80)) of the database client \(why)"))
    }

    /// Returns what the next word is the argument of.
    private mutating func long(
        _ text: SQLText, _ word: CommandWord, _ table: [SQLClientOption], loosely: Bool
    ) -> [SQLClientOption.Meaning] {
        let equals = text.bytes.firstIndex(of: UInt8(ascii: "=")) ?? text.bytes.count
        let name = text.slice(2..<equals)
        guard name.holes.isEmpty else {
            doubt(word, "can be any option")
            return []
        }
        var wanted = String(decoding: name.bytes, as: UTF8.self)
        if loosely {
            wanted = String(wanted.map { $0 == "_" ? "-" : $0 })
            if wanted.hasPrefix("loose-") { wanted.removeFirst(6) }
        }
        let exact = table.filter { $0.names.contains { $0.utf8.count > 1 && $0 == wanted } }
        let fitting = exact.isEmpty ? table.filter { $0.names.contains { $0.utf8.count > 1 && $0.hasPrefix(wanted) } } : exact
        let value = equals < text.bytes.count ? text.slice(equals + 1..<text.bytes.count) : nil
        var wanting: [SQLClientOption.Meaning] = []
        for option in fitting {
            if let value {
                options.append((option.meaning, value))
            } else if option.argument == .required {
                wanting.append(option.meaning)
            } else {
                options.append((option.meaning, SQLText()))
            }
        }
        return wanting
    }

    private mutating func cluster(
        _ text: SQLText, _ word: CommandWord, _ table: [SQLClientOption]
    ) -> [SQLClientOption.Meaning] {
        for index in 1..<text.bytes.count {
            guard text.bytes[index] != SQLText.hole else {
                doubt(word, "can be any option")
                return []
            }
            let letter = String(Unicode.Scalar(text.bytes[index]))
            guard let option = table.first(where: { $0.names.contains(letter) }) else { continue }
            guard option.argument != .none else {
                options.append((option.meaning, SQLText()))
                continue
            }
            if index + 1 < text.bytes.count {
                options.append((option.meaning, text.slice(index + 1..<text.bytes.count)))
                return []
            }
            if option.argument == .required { return [option.meaning] }
            options.append((option.meaning, SQLText()))
        }
        return []
    }
}
