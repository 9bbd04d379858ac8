/// find(1) and fd(1): what they do with the files that they find.
extension CarrierTable {
    /// Start directories that get commands of their own; others are one word that is not known.
    private static let mostStarts = 8
    /// Each makes commands for each start directory.
    private static let mostActions = 32

    private static let withValue: Set<String> = [
        "-amin", "-anewer", "-atime", "-cmin", "-cnewer", "-context", "-ctime", "-fstype", "-gid", "-group", "-ilname", "-iname",
        "-inum", "-ipath",
        "-iregex", "-iwholename", "-links", "-lname", "-mmin", "-mtime", "-name", "-newer", "-path", "-perm", "-regex",
        "-samefile", "-size", "-type",
        "-uid", "-used", "-user", "-wholename", "-xtype", "-flags", "-Bmin", "-Btime", "-Bnewer", "-newerat", "-newerct",
        "-newermt", "-newerBt",
        "-newermm", "-newerma", "-newermc", "-newermB", "-newerBm", "-neweram", "-newercm", "-since", "-mnewer",
    ]
    /// These are true for every file.
    private static let optionsWithValue: Set<String> = ["-maxdepth", "-regextype", "-printf", "-D", "-f", "-S", "-j"]
    private static let options: Set<String> = [
        "-depth", "-d", "-mount", "-xdev", "-x", "-noleaf", "-daystart", "-follow", "-print", "-print0", "-ls", "-true", "-warn",
        "-nowarn",
        "-ignore_readdir_race", "-noignore_readdir_race", "-a", "-and", "-not", "(", ")", "-prune", "-H", "-L", "-P", "-E", "-X",
        "-s",
    ]

    /// What find may do with the files: `found` is given where `{}` stands.
    private struct Search {
        var starts: [CommandWord] = []
        /// A test stands before the action: only some of the files are meant.
        var isNarrowed = false
        /// The start directories themselves are not meant.
        var isBelow = false

        /// The words that stand for what is found.
        var found: [CommandWord] {
            let starts = self.starts.isEmpty ? [CommandWord(".")] : self.starts
            let known = starts.prefix(CarrierTable.mostStarts)
            var words: [CommandWord] = []
            for start in known {
                if !isNarrowed, !isBelow { words.append(start) }
                words.append(start.asDirectory + CommandWord(unknown: "{}"))
            }
            return words + (known.count < starts.count ? [CommandWord(unknown: "{}")] : [])
        }

        /// What `-delete` removes, as arguments of `rm`.
        var removed: [CommandWord] {
            if isNarrowed { return found }
            let starts = self.starts.isEmpty ? [CommandWord(".")] : self.starts
            guard isBelow else { return starts }
            return starts.map { $0.asDirectory + CommandWord(pieces: [.pattern("*")], source: "*") }
        }
    }

    static func find(_ call: inout CarrierCall) {
        var words = call.arguments
        var search = Search()
        // `-H`, `-L`, `-P`, `-D x`, `-O2` may stand before the paths.
        while let option = words.first?.known,
            ["-H", "-L", "-P", "-E", "-X", "-d", "-s", "-x"].contains(option) || option.begins(with: "-O") || option == "-D"
        {
            words = words.dropFirst(option == "-D" ? 2 : 1)
        }
        while let word = words.first {
            let text = word.leadingText ?? ""
            if ["(", "!", ",", ")"].contains(word.known) || text.utf8.first == UInt8(ascii: "-") { break }
            search.starts.append(word)
            words = words.dropFirst()
        }
        var actions = 0
        while let word = words.popFirst() {
            guard let name = word.known else {
                search.isNarrowed = true
                continue
            }
            if name.begins(with: "-exec") || name.begins(with: "-ok") || name == "-delete" { actions += 1 }
            guard actions <= mostActions else { return call.doubt(.tooLarge, "`find` has more actions than are looked at") }
            switch name {
            case "-exec", "-execdir", "-ok", "-okdir":
                runFound(&call, template(&words), search)
            case "-delete":
                // `rm` as find would call it: all below, or what is found.
                call.run([CommandWord("rm"), CommandWord(search.isNarrowed ? "-f" : "-rf")] + search.removed)
            case "-fprint", "-fprint0", "-fls", "-fprintf":
                if let file = words.popFirst() { call.file(.write, file) }
                if name == "-fprintf" { words = words.dropFirst() }
            case "-files0-from":
                words = words.dropFirst()
                search.starts.append(CommandWord(unknown: "-files0-from"))
            case "-mindepth":
                search.isBelow = words.popFirst()?.known != "0"
            case "-o", "-or", ",":
                // What stands before does not limit what stands behind.
                search.isNarrowed = false
            case "-name", "-iname", "-path", "-ipath", "-wholename":
                if words.popFirst()?.known != "*" { search.isNarrowed = true }
            case "-regex", "-iregex":
                if words.popFirst()?.known != ".*" { search.isNarrowed = true }
            case _ where options.contains(name): break
            case _ where optionsWithValue.contains(name): words = words.dropFirst()
            default:
                search.isNarrowed = true
                if withValue.contains(name) { words = words.dropFirst() }
            }
        }
    }

    /// The words up to `;`, or to `{} +`, which are taken.
    private static func template(_ words: inout ArraySlice<CommandWord>) -> [CommandWord] {
        var template: [CommandWord] = []
        while let word = words.popFirst() {
            if word.known == ";" { break }
            if word.known == "+", template.last?.known == "{}" { break }
            template.append(word)
        }
        return template
    }

    private static func runFound(_ call: inout CarrierCall, _ template: [CommandWord], _ search: Search) {
        guard template.contains(where: { $0.contains("{}") }) else { return call.run(template) }
        for found in search.found { call.run(template.map { $0.replacing("{}", by: found) }) }
    }

    /// `fd PATTERN -x COMMAND…`: the files are below the working directory, or the directories that are named; both are not told
    /// apart.
    static func fd(_ call: inout CarrierCall) {
        var words = call.arguments
        while let index = words.firstIndex(where: { ["-x", "--exec", "-X", "--exec-batch"].contains($0.known ?? "") }) {
            words = words[(index + 1)...]
            var command = template(&words)
            let found = CommandWord(unknown: "{}")
            if !command.contains(where: { $0.contains("{") }) { command.append(found) }
            for placeholder in ["{}", "{/}", "{//}", "{.}", "{/.}"] {
                command = command.map { $0.replacing(placeholder, by: found) }
            }
            call.run(command)
        }
    }
}

extension CommandWord {
    /// With a `/` at its end.
    fileprivate var asDirectory: CommandWord {
        if case .text(let text)? = pieces.last, text.utf8.last == UInt8(ascii: "/") { return self }
        return self + CommandWord("/")
    }

    func contains(_ text: String) -> Bool {
        pieces.contains { if case .text(let part) = $0 { part.holds(text) } else { false } }
    }

    /// With another word's pieces in place of this text, wherever it stands.
    func replacing(_ text: String, by word: CommandWord) -> CommandWord {
        guard contains(text) else { return self }
        var pieces: [Piece] = []
        for piece in self.pieces {
            guard case .text(let part) = piece else {
                pieces.append(piece)
                continue
            }
            var rest = part[...]
            while let range = rest.range(ofBytes: text) {
                pieces.append(.text(String(rest[..<range.lowerBound])))
                pieces += word.pieces
                rest = rest[range.upperBound...]
            }
            pieces.append(.text(String(rest)))
        }
        return CommandWord(pieces: pieces.joiningTexts(), source: source)
    }
}
