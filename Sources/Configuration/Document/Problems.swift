/// Collects the mistakes of one load, over all its files, and what is no mistake but hardly meant.
final class Problems {
    private var found: [ConfigurationProblem] = []
    private var seen: Set<ConfigurationProblem> = []
    private var files: [String] = []
    private var omitted = 0
    /// In the order in which they were found, at most `ConfigurationErrors.most`.
    private(set) var warnings: [ConfigurationProblem] = []

    /// Kept until they are sorted; more are only counted.
    private static let mostKept = 1000

    /// False once there are so many that nobody reads the next one: it need not say what was meant.
    var deserveAdvice: Bool { found.count < ConfigurationErrors.most }
    var count: Int { found.count + omitted }

    func report(_ file: String, _ line: Int?, column: Int? = nil, _ message: String) {
        guard found.count < Self.mostKept else { return omitted += 1 }
        let problem = ConfigurationProblem(file: shown(file, limit: 4096), line: line, column: column, message: message)
        // What an alias repeats is one mistake.
        guard seen.insert(problem).inserted else { return }
        if !files.contains(problem.file) { files.append(problem.file) }
        found.append(problem)
    }

    func warn(_ file: String, _ line: Int?, column: Int? = nil, _ message: String) {
        let warning = ConfigurationProblem(file: shown(file, limit: 4096), line: line, column: column, message: message)
        guard warnings.count < ConfigurationErrors.most, !warnings.contains(warning) else { return }
        warnings.append(warning)
    }

    /// In the order of the files as they were read, and of their lines.
    ///
    /// - Precondition: there are some: who gave up without telling why has a mistake of ours.
    func errors() -> ConfigurationErrors {
        let sorted = found.enumerated().sorted { a, b in
            let first = (files.firstIndex(of: a.element.file) ?? 0, a.element.line ?? 0, a.element.column ?? 0, a.offset)
            let second = (files.firstIndex(of: b.element.file) ?? 0, b.element.line ?? 0, b.element.column ?? 0, b.offset)
            return first < second
        }
        let kept = sorted.prefix(ConfigurationErrors.most).map(\.element)
        return ConfigurationErrors(kept, omitted: omitted + found.count - kept.count)
    }
}
