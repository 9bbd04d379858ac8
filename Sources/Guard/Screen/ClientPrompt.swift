/// The usual prompts of the clients whose statements are followed.
enum ClientPrompt {
    /// Whether the client may show this; a prompt that was changed is not recognised, and then its lines are uncertain.
    ///
    /// - Parameter prompt: what stands before the line on its row, with the blank at its end.
    static func isOne(_ prompt: [UInt8], of language: LineLanguage) -> Bool {
        switch language {
        case .psql, .mysql, .sqlite3: asksForMore(prompt, of: language) != nil
        case .bash, .zsh, .fish, .shell: true
        }
    }

    /// Whether the client shows this inside of a statement, where it has sent nothing of it yet. Nil if it is none of its prompts, and for shells.
    ///
    /// - Parameter prompt: as of `isOne`.
    static func asksForMore(_ prompt: [UInt8], of language: LineLanguage) -> Bool? {
        let text = String(decoding: prompt, as: UTF8.self)
        switch language {
        case .psql: return postgresState(text).map { "-'\"*($".contains($0) }
        // The first word is the server's: MariaDB's client calls MySQL so (mysql.cc, `construct_prompt` and `read_and_execute`).
        case .mysql:
            if ["    -> ", "    '> ", "    \"> ", "    `> ", "   /*> "].contains(text) { return true }
            let isFirst = text == "mysql> " || ["MariaDB [", "MySQL ["].contains(where: text.hasPrefix) && text.hasSuffix("]> ")
            return isFirst ? false : nil
        case .sqlite3: return text == "   ...> " ? true : text == "sqlite> " ? false : nil
        case .bash, .zsh, .fish, .shell: return nil
        }
    }

    /// %R of %/%R%x%# : database, state, transaction, `#` for a superuser (psql(1), "Prompting").
    private static func postgresState(_ text: String) -> Character? {
        let end = text.dropLast().last
        let before = text.dropLast(3).last
        guard text.last == " ", end == "#" || end == ">", let state = text.dropLast(2).last else { return nil }
        let states: Set<Character> = ["=", "-", "^", "!", "'", "\"", "*", "(", "$", "@"]
        if "*!?".contains(state), let before, states.contains(before) { return before }
        return states.contains(state) ? state : nil
    }
}
