internal import Policy

extension PolicyDocument {
    static func text(_ value: Value) -> TextPattern? {
        guard let text = value.text("a regular expression of RE2") else { return nil }
        guard !text.isEmpty else {
            value.report("is empty, and would be found in every line")
            return nil
        }
        do throws(TextPattern.Mistake) {
            return try TextPattern(text)
        } catch {
            value.report("\(quoted(text)) is not a regular expression of RE2: \(shown(error.reason))")
            return nil
        }
    }

    static func sql(_ value: Value) -> SQLMatcher? {
        guard let fields = fields(value, ["statements", "tables"]) else { return nil }
        var matcher = SQLMatcher()
        matcher.statements = fields.patterns("statements", "a kind of statement, as in [DROP, \"DELETE without WHERE\"]") {
            item in
            guard let text = item.text("a kind of statement") else { return nil }
            if let pattern = SQLStatementPattern(text) { return pattern }
            let verbs = SQLStatement.Kind.understood
            let word = String(text.uppercased().prefix { $0 != " " })
            if text.uppercased().hasSuffix(" WITHOUT WHERE"), verbs.contains(word) {
                item.report("\(quoted(text)) is not a kind of statement: only DELETE and UPDATE can be without WHERE")
            } else {
                let advice = item.hint(word, verbs.sorted(), else: ": begin with a verb such as SELECT, DELETE, DROP or GRANT")
                item.report("\(quoted(text)) is not a kind of statement\(advice)")
            }
            return nil
        }
        matcher.tables = fields.patterns("tables", "a table, as in [customers, \"audit.*\"]") {
            $0.pattern("a pattern for the name of a table", SQLTablePattern.init)
        }
        return matcher
    }

    static func kubernetes(_ value: Value) -> KubernetesMatcher? {
        let known = ["verbs", "resources", "namespaces"]
        guard let fields = fields(value, known) else { return nil }
        var matcher = KubernetesMatcher()
        matcher.verbs = fields.patterns("verbs", "a verb, as in [delete, \"rollout restart\"]") {
            $0.pattern("a verb of one or two words", KubernetesVerb.init)
        }
        matcher.resources = fields.patterns("resources", "a resource, as in [pods, secrets]") {
            $0.pattern("a resource: TYPE or TYPE/NAME", KubernetesResourcePattern.init)
        }
        matcher.namespaces = fields.patterns("namespaces", "a namespace, as in [kube-system, \"prod-*\"]") {
            $0.pattern("a pattern for a namespace") { GlobProgram(text: $0) }
        }
        return matcher
    }

    static func file(_ value: Value) -> FileMatcher? {
        let known = ["operations", "paths", "larger-than"]
        guard let fields = fields(value, known) else { return nil }
        var matcher = FileMatcher()
        let kinds = FileOperation.Kind.allCases.map(\.rawValue)
        if fields.has("operations") {
            matcher.kinds = Set(
                fields.patterns("operations", "an operation, as in [write, remove]") { item in
                    item.word("a file operation", among: kinds).flatMap(FileOperation.Kind.init)
                })
        }
        matcher.paths = fields.patterns("paths", "a path, as in [\"/etc/**\"]") {
            $0.pattern("a path: from / or ~ on, or **/NAME for any place") { text in
                text.hasPrefix("/") || text.hasPrefix("~") || text.hasPrefix("**") ? PathGlob(text) : nil
            }
        }
        matcher.largerThan = fields.condition("larger-than")?.text("a size such as 100MB or 2GiB", as: ByteSize.bytes)
        return matcher
    }

    private static func fields(_ value: Value, _ known: [String]) -> Fields? {
        guard let fields = value.fields(known, "a mapping with \(known.joined(separator: ", "))") else { return nil }
        if value.isEmptyMapping { value.report("is empty: write at least one of \(known.joined(separator: ", "))") }
        return fields
    }
}

/// A number of bytes with a unit.
enum ByteSize {
    private static let units: [(String, UInt64)] = [
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40), ("kB", 1000), ("KB", 1000), ("MB", 1_000_000),
        ("GB", 1_000_000_000), ("TB", 1_000_000_000_000), ("B", 1), ("", 1),
    ]

    /// `100MB`, `2 GiB`, `4096`. Nil for anything else, and for what no file can have.
    static func bytes(_ text: String) -> UInt64? {
        for (unit, size) in units where text.hasSuffix(unit) {
            let digits = text.dropLast(unit.count)
            guard let number = DecimalNumber.parse(digits.hasSuffix(" ") ? digits.dropLast() : digits) else { return nil }
            let (bytes, overflow) = UInt64(number).multipliedReportingOverflow(by: size)
            return overflow || bytes > UInt64(Int64.max) ? nil : bytes
        }
        return nil
    }
}
