enum GlobAnswer: Int, Comparable {
    case no, perhaps, yes
    static func < (a: GlobAnswer, b: GlobAnswer) -> Bool { a.rawValue < b.rawValue }
}

/// A pattern of `policy.yaml` for paths: `*`, `?` and `[a-z]` stay inside a component, `**` crosses.
///
/// - `/etc/**` is `/etc` and all below it.
/// - `~` is the home directory, however it is written: `~`, `$HOME`, `/root`, a folder of `/home`.
/// - `**/id_rsa` is that name anywhere.
/// - Other relative patterns (`origin/main`, `s3://bucket/*`) are compared with what was typed, whatever the working directory.
package struct PathGlob: Hashable, Sendable {
    /// As written.
    package let source: String
    /// One of them has to match.
    let programs: [GlobProgram]
    private let isRelative: Bool

    /// Nil if a `[` is not closed, or for `~name`: only the login's own home is known, and not where others' are.
    package init?(_ source: String) {
        self.source = source
        let scalars = Array(source.unicodeScalars.map(\.value))
        guard let first = scalars.first else { return nil }
        let starts: [[GlobProgram.Step]]
        var rest = scalars[...]
        switch first {
        case 0x2F: starts = [[]]
        case 0x7E:
            guard scalars.count == 1 || scalars[1] == 0x2F else { return nil }
            starts = [
                [.one(Place.home)], "/root".unicodeScalars.map { .one($0.value) },
                "/home/".unicodeScalars.map { .one($0.value) } + [.any(slash: false), .many(slash: false)],
            ]
            rest = rest.dropFirst()
        default:
            let isAnywhere = scalars.starts(with: [0x2A, 0x2A]) && (scalars.count == 2 || scalars[2] == 0x2F)
            starts = isAnywhere ? [[]] : [[.one(Place.relative)]]
        }
        isRelative = starts == [[.one(Place.relative)]]
        guard let body = Self.steps(rest, isAnywhere: starts == [[]] && first != 0x2F) else { return nil }
        programs = starts.map { GlobProgram(steps: $0 + body) }
    }

    /// The steps for the components, each behind a `/`. Normalised like typed paths, or a rule's `/etc//passwd` would match nothing.
    ///
    /// - Parameter isAnywhere: it starts with `**` instead of with a place.
    private static func steps(_ text: ArraySlice<UInt32>, isAnywhere: Bool) -> [GlobProgram.Step]? {
        let everything: ArraySlice<UInt32> = [0x2A, 0x2A]
        var components: [ArraySlice<UInt32>] = []
        for component in text.split(separator: 0x2F) where component != [0x2E] {
            if component == [0x2E, 0x2E] { _ = components.popLast() } else { components.append(component) }
        }
        var steps: [GlobProgram.Step] = []
        for (index, component) in components.enumerated() {
            if component == everything {
                // Nothing, or a `/` and anything.
                steps += isAnywhere && index == 0 ? [.many(slash: true)] : [.skip(3), .one(0x2F), .many(slash: true)]
                continue
            }
            guard let inner = GlobProgram.steps(component, slash: false) else { return nil }
            steps.append(.one(0x2F))
            steps += inner
        }
        return steps
    }

    /// Whether one of the paths that it can be is meant; a maybe where that depends on something unknown, also in the working directory.
    func answer(_ path: PathText, _ effort: Effort) -> GlobAnswer {
        var answer = GlobAnswer.no
        func look(at form: [WordSymbol]) {
            guard answer != .yes, programs.contains(where: { $0.matches(form, .couldMatch, effort) }) else { return }
            answer = form.holdUnknown ? .perhaps : .yes
        }
        if isRelative {
            for form in path.typed { look(at: form) }
        } else {
            for reading in path.readings { ([reading.form] + reading.atHomes).forEach(look) }
        }
        return answer
    }

    func matches(_ path: PathText, _ question: GlobQuestion = .couldMatch, _ effort: Effort) -> Bool {
        func fits(_ form: [WordSymbol]) -> Bool { programs.contains { $0.matches(form, question, effort) } }
        switch question {
        case .couldMatch:
            if isRelative { return path.typed.contains(where: fits) }
            return path.readings.contains { fits($0.form) || $0.atHomes.contains(where: fits) }
        case .surelyMatches:
            if isRelative { return !path.typed.isEmpty && path.typed.allSatisfy(fits) }
            return !path.readings.isEmpty
                && path.readings.allSatisfy { fits($0.form) || !$0.atHomes.isEmpty && $0.atHomes.allSatisfy(fits) }
        }
    }
}

extension PathGlob {
    /// Whether what it names is below this path, as far as it is plain text: `/etc/shadow` is below `/etc`. `**/id_rsa` is below nothing, or it
    /// would be below everything.
    func isBelow(_ path: PathText) -> Bool {
        path.readings.contains { reading in
            ([reading.form] + reading.atHomes).contains { form in
                programs.contains { program in
                    program.literalCount > form.count
                        && zip(program.steps, form + [.slash]).allSatisfy { step, symbol in
                            if case .one(let wanted) = step { symbol == .one(wanted) } else { false }
                        }
                }
            }
        }
    }
}
