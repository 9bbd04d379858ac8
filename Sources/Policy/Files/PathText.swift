/// A typed path, normalised as far as that can be done without looking at the target: `.`, `..`, `//`, a trailing `/`, `~`, and a working
/// directory that the line itself chose.
///
/// Limits: a `..` behind a symbolic link leads elsewhere on the target than here; for file transfer the resolved path is compared too. Where the
/// home directory is, is guessed from the login: `/root`, or `/home/` and its name.
struct PathText {
    /// Where relative paths start, and what the home directory can be.
    struct Surroundings {
        /// Absolute paths, as components.
        fileprivate let homes: [[[WordSymbol]]]
        /// Patterns take names that start with a dot (`shopt -s dotglob`).
        fileprivate let hasDotNames: Bool
        /// The working directory.
        fileprivate var directory = [Walk(start: .home)]

        /// - Parameters:
        ///   - login: nil for anybody.
        ///   - directory: the working directory if the line changed it; nil for the home directory.
        init(login: String? = nil, directory: WordText? = nil, hasDotNames: Bool = false) {
            let root = [WordText("root").symbols]
            switch login {
            case "root": homes = [root]
            case let login?: homes = [[WordText("home").symbols, WordText(login).symbols]]
            case nil: homes = [root, [WordText("home").symbols, [.many(slash: false, dot: true)]]]
            }
            self.hasDotNames = hasDotNames
            if let directory { self.directory = PathText.walk(directory, from: self.directory, self) }
        }
    }

    /// One way to read it.
    struct Reading {
        /// Starts with `/`, a `Place`, or something unknown; empty for the root directory.
        var form: [WordSymbol]
        /// Where that is if it starts at home: one of these.
        var atHomes: [[WordSymbol]] = []
    }
    /// More than one where the shells or the names on the target decide which it is.
    private(set) var readings: [Reading] = []
    /// As typed, without the working directory; for rules whose path is relative. Empty for a path that is not.
    private(set) var typed: [[WordSymbol]] = []

    /// Few words have two; more come from somebody who tries how many.
    private static let mostReadings = 16
    /// A path with more than this many components is longer than the kernel takes.
    private static let mostDepth = 2048

    init(_ text: WordText, in surroundings: Surroundings) {
        guard !text.symbols.isEmpty else { return }
        func form(_ walk: Walk) -> [WordSymbol] {
            surroundings.hasDotNames ? walk.symbols.map(\.withDotNames) : walk.symbols
        }
        for walk in Self.walk(text, from: surroundings.directory, surroundings) {
            let homes = walk.start == .home ? surroundings.homes : []
            let atHomes = homes.map { form(Walk(start: .root, components: $0 + walk.components)) }
            readings.append(Reading(form: form(walk), atHomes: atHomes))
        }
        let isRelative = text.symbols[0] != .slash && text.symbols[0] != .home
        if isRelative { typed = Self.walk(text, from: [Walk(start: .relative)], surroundings).map(form) }
    }

    /// A path on the way through its components.
    fileprivate struct Walk {
        enum Start { case root, home, relative, anywhere }
        var start: Start
        var components: [[WordSymbol]] = []

        var symbols: [WordSymbol] {
            switch start {
            case .root: components.flatMap { [.slash] + $0 }
            case .home: [.home] + components.flatMap { [.slash] + $0 }
            case .relative: [.one(Place.relative)] + components.flatMap { [.slash] + $0 }
            // The first component is the rest of the one that is not known.
            case .anywhere: [.unknown] + (components.first ?? []) + components.dropFirst().flatMap { [.slash] + $0 }
            }
        }
    }

    fileprivate static func walk(_ text: WordText, from bases: [Walk], _ surroundings: Surroundings) -> [Walk] {
        var symbols = text.symbols[...]
        var walks = bases
        if symbols.first == .slash {
            walks = [Walk(start: .root)]
        } else if symbols.first == .home {
            let isWhole = symbols.count == 1 || symbols[1] == .slash
            walks = [Walk(start: isWhole ? .home : .anywhere)]
            symbols = symbols.dropFirst()
        }
        for component in symbols.split(separator: .slash).prefix(mostDepth) {
            walks = walks.flatMap { step(into: Array(component), from: $0, surroundings) }
            if walks.count > mostReadings { return [Walk(start: .anywhere)] }
        }
        return walks
    }

    private static func step(into component: [WordSymbol], from walk: Walk, _ surroundings: Surroundings) -> [Walk] {
        let dot = WordSymbol.one(0x2E)
        switch component {
        case [dot]: return [walk]
        case [dot, dot]: return parents(of: walk, surroundings)
        default: break
        }
        // What is not known can hold `/../..`, so what stands before it means nothing. So can a home directory in mid-word.
        if let last = component.lastIndex(where: { $0 == .unknown || $0 == .home }) {
            return [Walk(start: .anywhere, components: [Array(component[(last + 1)...])])]
        }
        var next = walk
        next.components.append(component)
        // `.*` finds `..` in most shells.
        guard component.first == dot, component.dropFirst().first?.isPattern == true,
            parentName.matches(component, .couldMatch, Effort(steps: WordText.longest * 4))
        else {
            return [next]
        }
        return [next] + parents(of: walk, surroundings)
    }

    private static let parentName = GlobProgram(steps: [.one(0x2E), .one(0x2E)])

    private static func parents(of walk: Walk, _ surroundings: Surroundings) -> [Walk] {
        // How deep that is, is not known.
        if walk.components.last?.contains(.below) == true { return [Walk(start: .anywhere)] }
        var parent = walk
        switch walk.start {
        case .root, .anywhere:
            _ = parent.components.popLast()
            return [parent]
        case .home where walk.components.isEmpty:
            return surroundings.homes.map { Walk(start: .root, components: $0.dropLast()) }
        case .relative where walk.components.allSatisfy({ $0 == [.one(0x2E), .one(0x2E)] }):
            parent.components.append([.one(0x2E), .one(0x2E)])
            return [parent]
        case .home, .relative:
            parent.components.removeLast()
            return [parent]
        }
    }
}

extension WordSymbol {
    fileprivate var withDotNames: WordSymbol {
        switch self {
        case .one, .unknown, .below: self
        case .any: .any(dot: true)
        case .set(let set, _): .set(set, dot: true)
        case .many(let slash, _): .many(slash: slash, dot: true)
        }
    }
}

extension PathText {
    /// Something in it is known only when the command runs.
    var hasUnknown: Bool { readings.contains { $0.form.holdUnknown } }

    /// All that can be below it.
    var below: PathText {
        var below = self
        let rest: [WordSymbol] = [.slash, .many(slash: true, dot: true)]
        below.readings = readings.map { Reading(form: $0.form + rest, atHomes: $0.atHomes.map { $0 + rest }) }
        below.typed = typed.map { $0 + rest }
        return below
    }
}
