/// What a text itself says about its variables, in the order of the text and whatever the flow.
///
/// No proof of anything: a loop, a subshell or `eval` may have changed them. The values are candidates.
struct Variables {
    private var values: [String: [String]] = [:]
    private var arrays: [String: [String]] = [:]

    /// Shells by their own variables: `$0 -c …`, `$SHELL -c …`.
    private static let shells: Set<String> = ["0", "SHELL", "BASH", "ZSH_NAME", "KSH_VERSION"]

    func isAssigned(_ name: String) -> Bool { values[name] != nil }

    /// Most recent last.
    func candidates(_ name: String) -> [String] { values[name] ?? (Self.shells.contains(name) ? ["sh"] : []) }

    /// The words of an array; of `@` and `*`, the positional parameters.
    func list(_ name: String) -> [String]? { arrays[name == "*" ? "@" : name] }

    mutating func assign(_ name: String, _ candidates: [String], appending: Bool = false) {
        let before = values[name] ?? []
        var added = candidates.filter { $0.utf8.count <= GrammarLimits.valueBytes }
        if appending, let last = before.last {
            added = added.map { last + $0 }.filter { $0.utf8.count <= GrammarLimits.valueBytes }
        }
        var merged = before.filter { !added.contains($0) }
        for value in added where !merged.contains(value) { merged.append(value) }
        values[name] = Array(merged.suffix(GrammarLimits.candidates))
    }

    mutating func assign(_ name: String, list: [String], appending: Bool = false) {
        let joined = appending ? (arrays[name] ?? []) + list : list
        guard joined.reduce(0, { $0 + $1.utf8.count }) <= GrammarLimits.valueBytes else {
            arrays[name] = nil
            return
        }
        arrays[name] = joined
        if name == "@" {
            for (position, value) in joined.prefix(9).enumerated() { assign(String(position + 1), [value]) }
        } else {
            assign(name, Array(joined.suffix(GrammarLimits.candidates)))
        }
    }

    /// POSIX.1-2024 XCU 2.6.5, with what `IFS` may have become.
    func fields(of value: String) -> [String] {
        let separators = Set(" \t\n" + candidates("IFS").joined())
        return value.split(whereSeparator: separators.contains).map(String.init)
    }
}
