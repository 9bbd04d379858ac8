/// One mistake in a configuration file, in words for the administrator.
package struct ConfigurationProblem: Hashable, Sendable, CustomStringConvertible {
    /// As the administrator named it, or beside the file that names it.
    package let file: String
    /// From 1. Nil where the whole file is meant: it is missing, or empty.
    package let line: Int?
    /// From 1. Nil where the line says enough, or the whole file is meant.
    package let column: Int?
    /// What is wrong, and what was meant. One line, no control characters, nothing that could be a secret.
    package let message: String

    package init(file: String, line: Int?, column: Int? = nil, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// `file:line: message` or `file:line:column: message`, as compilers and editors write it.
    package var description: String { "\(place): \(message)" }

    /// As `description`, of something that is no mistake: `file:line: warning: message`.
    package var warning: String { "\(place): warning: \(message)" }

    private var place: String {
        guard let line else { return file }
        return "\(file):\(line)\(column.map { ":\($0)" } ?? "")"
    }
}

/// Why a configuration was not loaded: all its mistakes, so that they can be mended in one go.
package struct ConfigurationErrors: Error, Equatable, Sendable, CustomStringConvertible {
    /// In the order of the files and their lines; at least one, at most `ConfigurationErrors.most`.
    package let problems: [ConfigurationProblem]
    /// How many more there are.
    package let omitted: Int

    /// More than anybody mends before trying again.
    package static let most = 50

    package init(_ problems: [ConfigurationProblem], omitted: Int = 0) {
        precondition(!problems.isEmpty, "a configuration without mistakes is loaded")
        self.problems = problems
        self.omitted = omitted
    }

    /// One problem a line.
    package var description: String {
        var lines = problems.map(\.description)
        if omitted > 0 { lines.append("and \(omitted) more") }
        return lines.joined(separator: "\n")
    }
}
