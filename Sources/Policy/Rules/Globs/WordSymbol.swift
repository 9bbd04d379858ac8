/// One place in a typed word: a character, or what stands for characters that are not there yet.
///
/// Characters are Unicode scalars as numbers; `Place` has numbers beyond them.
enum WordSymbol: Hashable, Sendable {
    case one(UInt32)
    /// `?`: a character other than `/`. `dot`: it may be a `.`, which the shell lets no pattern match at the start of a name (POSIX XCU 2.14.3).
    case any(dot: Bool)
    /// `[…]`
    case set(ScalarSet, dot: Bool)
    /// `*`: any characters but `/`; `**` with them.
    case many(slash: Bool, dot: Bool)
    /// Anything at all, known only when the command runs.
    case unknown
    /// Any path below what stands before it, known only when the command runs.
    case below

    static let slash = WordSymbol.one(0x2F)
    static let home = WordSymbol.one(Place.home)

    /// Whether the shell puts names in its place.
    var isPattern: Bool {
        switch self {
        case .one, .unknown, .below: false
        case .any, .set, .many: true
        }
    }
}

extension [WordSymbol] {
    var holdUnknown: Bool { contains { $0 == .unknown || $0 == .below } }
}

/// Where a path starts, if not at `/`: a first "character" that no text can hold.
enum Place {
    /// The login's home directory.
    static let home: UInt32 = 0x110000
    /// The path is relative, as it was typed.
    static let relative: UInt32 = 0x110001
}

/// A typed word, or a part of one, as symbols.
struct WordText: Hashable, Sendable {
    var symbols: [WordSymbol]
    /// What is not known of the word, as it was typed; nil if all is. Belongs to the whole word, also in a part of it.
    var unknown: String?
    /// The shell may make no word or several of it, for what is not known.
    var splits = false

    /// PATH_MAX (limits.h) bounds what a path can be; anything longer is no name of a file, and is not compared.
    static let longest = 4096

    init(_ word: CommandWord) {
        symbols = []
        var isUnread = false
        for piece in word.pieces {
            switch piece {
            case .text(let text): symbols += text.unicodeScalars.map { .one($0.value) }
            case .home: symbols.append(.home)
            case .unknown(let part) where part.isDescriptor:
                symbols += Self.descriptor.symbols
            case .unknown(let part):
                symbols.append(part.staysBelow && symbols.last == .slash ? .below : .unknown)
                unknown = unknown ?? part.source
                if part.splits { splits = true }
            case .pattern(let text): append(pattern: text, isUnread: &isUnread)
            }
            if symbols.count > Self.longest || isUnread { break }
        }
        guard symbols.count > Self.longest else { return }
        symbols = [.unknown]
        unknown = unknown ?? String(word.source.prefix(40)) + "…"
    }

    /// What the shells put in the place of a process substitution; the number says nothing.
    private static let descriptor = WordText("/dev/fd/63")

    init(symbols: [WordSymbol], unknown: String? = nil) {
        self.symbols = symbols
        self.unknown = unknown
    }

    init(_ text: String) { self.init(symbols: text.unicodeScalars.map { .one($0.value) }) }

    /// The text if all of it is characters.
    var known: String? {
        var text = String.UnicodeScalarView()
        for symbol in symbols {
            guard case .one(let value) = symbol, let scalar = Unicode.Scalar(value) else { return nil }
            text.append(scalar)
        }
        return String(text)
    }

    /// For people: characters as they are, patterns and the rest as signs.
    var source: String {
        var text = String.UnicodeScalarView()
        for symbol in symbols.prefix(80) {
            switch symbol {
            case .one(Place.home): text.append("~")
            case .one(let value): text.append(Unicode.Scalar(value) ?? "?")
            case .any, .set: text.append("?")
            case .many: text.append("*")
            case .unknown, .below: text += (unknown ?? "…").unicodeScalars
            }
        }
        return String(text)
    }

    var hasUnknown: Bool { symbols.holdUnknown }
    var hasPattern: Bool { symbols.contains { $0.isPattern } }

    /// A part of it, from a symbol on.
    func dropping(_ count: Int) -> WordText { WordText(symbols: Array(symbols.dropFirst(count)), unknown: unknown) }

    func starts(with text: String) -> Bool {
        let scalars = text.unicodeScalars
        guard symbols.count >= scalars.count else { return false }
        return zip(symbols, scalars).allSatisfy { $0 == .one($1.value) }
    }

    /// Reads pattern characters. The forms of ksh and zsh (`@(a|b)`, `(a|b)`, `*(/)`) and brackets that are not understood are not compared but
    /// taken for unknown.
    private mutating func append(pattern: String, isUnread: inout Bool) {
        let text = pattern.unicodeScalars.map(\.value)[...]
        var index = 0
        while index < text.count {
            let dot = !(symbols.isEmpty || symbols.last == .slash)
            let opensGroup = index + 1 < text.count && text[index + 1] == 0x28
            switch text[index] {
            case 0x2A where !opensGroup:
                let isDouble = index + 1 < text.count && text[index + 1] == 0x2A
                symbols.append(.many(slash: isDouble, dot: dot))
                index += isDouble ? 2 : 1
                continue
            case 0x3F where !opensGroup:
                symbols.append(.any(dot: dot))
                index += 1
                continue
            case 0x5B:
                if let (set, end) = BracketText.read(text, from: index) {
                    symbols.append(.set(set, dot: dot))
                    index = end
                    continue
                }
                // What belongs to the bracket, and what stands behind it, is not known then.
                symbols = [.unknown]
                isUnread = true
            default: break
            }
            if symbols.last != .unknown { symbols.append(.unknown) }
            unknown = unknown ?? String(pattern.prefix(80))
            return
        }
    }
}

extension CommandWord.Unknown {
    /// `<(sort a)` and `>(sort)`: a name below `/dev/fd`, whatever the commands in it do. zsh's `=(…)` is a file.
    fileprivate var isDescriptor: Bool { source.hasPrefix("<(") || source.hasPrefix(">(") }
}
