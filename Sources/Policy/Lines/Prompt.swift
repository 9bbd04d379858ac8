package import Guard

/// At whose prompt a line is typed, as far as that changes how it is read.
package struct Prompt: Equatable, Sendable {
    /// Of a shell. `.shell` is any: then the line is read in the ways of all of them.
    package var language: LineLanguage
    /// The editor has put older commands in for `!!` and `^a^b` already: what is left of these characters means itself.
    package var historyIsExpanded: Bool
    /// The shell asks for another line where a command is not complete.
    package var asksForMore: Bool
    /// What words of the line mean in this shell.
    package var definitions: [LineDefinition]

    package init(
        language: LineLanguage, historyIsExpanded: Bool = false, asksForMore: Bool = false, definitions: [LineDefinition] = []
    ) {
        self.language = language
        self.historyIsExpanded = historyIsExpanded
        self.asksForMore = asksForMore
        self.definitions = definitions
    }
}

extension Divergences {
    /// In which ways besides the common one a line is read at that prompt.
    func dialects(at prompt: Prompt?) -> [Dialect] {
        switch prompt?.language {
        case .bash: []
        case .zsh: intersection([.zsh, .zshAtPrompt]).dialects
        case .fish: intersection(.fish).dialects
        case .shell: dialects
        case .psql, .mysql, .sqlite3, nil: subtracting(.zshAtPrompt).dialects
        }
    }
}

extension Peculiarities {
    /// Without what means nothing at that prompt.
    func remaining(at prompt: Prompt?) -> Peculiarities {
        guard let prompt else { return subtracting(.history) }
        var rest = self
        if prompt.historyIsExpanded || prompt.language == .fish { rest.remove(.history) }
        if prompt.language == .bash || prompt.language == .zsh { rest.subtract([.foreignEscape, .newlineInDelimiter]) }
        return rest
    }
}
