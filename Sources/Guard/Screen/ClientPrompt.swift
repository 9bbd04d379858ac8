/// The usual prompts of the clients whose statements are followed.
enum ClientPrompt {
    /// Whether the client may show this; a prompt that was changed is not recognised, and then its lines are uncertain.
    ///
    /// - Parameter prompt: what stands before the line on its row, with the blank at its end.
    static func isOne(_ prompt: [UInt8], of language: LineLanguage) -> Bool {
        let text = String(decoding: prompt, as: UTF8.self)
        switch language {
        // %/%R%x%# : database, state, transaction, `#` for a superuser (psql(1), "Prompting").
        case .psql:
            let end = text.dropLast().last
            let state = text.dropLast(2).last
            let before = text.dropLast(3).last
            guard text.last == " ", end == "#" || end == ">", let state else { return false }
            let states: Set<Character> = ["=", "-", "^", "!", "'", "\"", "*", "(", "$", "@"]
            return states.contains(state) || "*!?".contains(state) && before.map(states.contains) == true
        case .mysql:
            return text == "mysql> " || text.hasPrefix("MariaDB [") && text.hasSuffix("]> ")
                || ["    -> ", "    '> ", "    \"> ", "    `> ", "    /*> "].contains(text)
        case .sqlite3: return text == "sqlite> " || text == "   ...> "
        case .bash, .zsh, .fish, .shell: return true
        }
    }
}
