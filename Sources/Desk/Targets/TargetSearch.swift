/// The targets, ready to be searched at every key.
struct TargetSearch: Sendable {
    /// More are not listed.
    static let limit = 10_000

    let targets: [DeskTarget]
    /// Of each target, in lower case: its name, then its aliases and its logins.
    private let words: [[[UInt8]]]

    init(_ targets: [DeskTarget]) {
        self.targets = Array(targets.prefix(Self.limit))
        words = self.targets.map { target in
            ([target.name] + target.aliases + target.logins).map { Array($0.lowercased().utf8) }
        }
    }

    /// The numbers of the targets that `filter` finds: first where it begins the name, then where it is in the name, then where it is in an alias or login,
    /// then where its letters come in this order; as they are listed within each. With `login@` in front, only those with such a login.
    func matches(_ filter: String) -> [Int] {
        let (login, rest) = Self.parts(of: filter)
        let text = Array(rest.lowercased().utf8)
        var ranks: [[Int]] = [[], [], [], []]
        for number in targets.indices where login == nil || !logins(of: number, beginningWith: login ?? "").isEmpty {
            if let rank = rank(of: number, text) { ranks[rank].append(number) }
        }
        return Array(ranks.joined())
    }

    /// The logins of a target that are meant by what stands before the `@`: that login, or else all that begin so.
    func logins(of number: Int, beginningWith login: String) -> [String] {
        let logins = targets[number].logins
        return logins.contains(login) ? [login] : logins.filter { $0.lowercased().utf8.starts(with: login.lowercased().utf8) }
    }

    /// What stands before the last `@`, and behind it.
    static func parts(of filter: String) -> (login: String?, rest: String) {
        guard let at = filter.unicodeScalars.lastIndex(of: "@") else { return (nil, filter) }
        let scalars = filter.unicodeScalars
        return (String(scalars[..<at]), String(scalars[scalars.index(after: at)...]))
    }

    private func rank(of number: Int, _ text: [UInt8]) -> Int? {
        let words = words[number]
        if words[0].starts(with: text) { return 0 }
        if words[0].has(text) { return 1 }
        if words.dropFirst().contains(where: { $0.has(text) }) { return 2 }
        return words.contains { $0.hasInOrder(text) } ? 3 : nil
    }
}

extension [UInt8] {
    /// True if `text`, which is not empty, stands in it. Both are short.
    fileprivate func has(_ text: [UInt8]) -> Bool {
        guard count >= text.count else { return false }
        return (0...(count - text.count)).contains { self[$0] == text[0] && self[$0...].starts(with: text) }
    }

    /// True if the bytes of `text` stand in it in this order.
    fileprivate func hasInOrder(_ text: [UInt8]) -> Bool {
        var next = text.startIndex
        for byte in self where next < text.endIndex && byte == text[next] { next += 1 }
        return next == text.endIndex
    }
}
