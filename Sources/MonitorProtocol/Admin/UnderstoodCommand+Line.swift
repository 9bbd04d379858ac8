extension UnderstoodCommand {
    /// As one would type it, and what was decided: `sudo 'my service' restart (through ssh): approve by restarts`. Not escaped.
    package var line: String {
        let words = words.map { word in
            let isPlain = !word.isEmpty && !word.unicodeScalars.contains { $0 <= " " || $0 == "'" || $0 == "\"" || $0 == "\\" }
            return isPlain ? word : "'\(Self.quotesReplaced(word))'"
        }
        let through = via.isEmpty ? "" : " (through \(via.joined(separator: ", ")))"
        let by = rules.isEmpty ? "" : " by \(rules.joined(separator: ", "))"
        return words.joined(separator: " ") + through + ": \(verdict)" + by
    }

    private static func quotesReplaced(_ word: String) -> String {
        var result = ""
        for scalar in word.unicodeScalars {
            if scalar == "'" { result += "'\\''" } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }
}
