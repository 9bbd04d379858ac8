internal import Policy

/// A judgement for people: what was understood, carried commands below their carriers, which rules match, the verdict and why.
enum JudgementTree {
    static func text(_ command: [UInt8], _ judgement: Judgement) -> String {
        var text = "command: \(SafeText.escaped(String(decoding: command, as: UTF8.self)))\n"
        for judged in judgement.commands { text += branch(judged) }
        text += "verdict: \(judgement.verdict.rawValue)\(why(judgement))\n"
        if let message = judgement.message { text += "message: \(SafeText.escaped(message))\n" }
        for asked in AskedPeople.lines(judgement.verdict, judgement.approvals) { text += "asked: \(SafeText.escaped(asked))\n" }
        for doubt in judgement.doubts { text += "uncertain: \(SafeText.escaped(doubt.text)) (\(doubt.kind.rawValue))\n" }
        if let shadow = judgement.shadow {
            let names = shadow.rules.joined(separator: ", ")
            text += "shadow: \(shadow.verdict.rawValue), if these were enforced: \(names)\n"
        }
        return text
    }

    /// One line for one command.
    static func line(_ command: [UInt8], _ judgement: Judgement) -> String {
        "\(judgement.verdict.rawValue)\(why(judgement)): \(SafeText.escaped(String(decoding: command, as: UTF8.self)))\n"
    }

    private static func branch(_ judged: JudgedCommand) -> String {
        let command = judged.command
        let indentation = String(repeating: "   ", count: command.carriers.count)
        var words = command.words.map { $0.known.map(quoted) ?? $0.source }.joined(separator: " ")
        if words.isEmpty { words = command.assignments.map(\.name).joined(separator: ", ") + " (no program)" }
        let place = command.directory.map { " in \($0.known ?? $0.source)" } ?? ""
        let rule = judged.rule.map { " by rule \($0)" } ?? ""
        var text = "\(indentation)└─ \(SafeText.escaped(words + place)): \(judged.verdict.rawValue)\(rule)\n"
        for match in judged.matches {
            let certainty = match.doubt.map { "may match: \(SafeText.escaped($0.text))" } ?? "matches"
            let shadow = match.isEnforced ? "" : ", not enforced"
            text += "\(indentation)      rule \(match.rule) (\(match.verdict.rawValue)\(shadow)) \(certainty)\n"
        }
        return text
    }

    private static func why(_ judgement: Judgement) -> String {
        if let rule = judgement.rule { return " by rule \(rule)" }
        return judgement.isUncertain ? " by the policy's word for what is uncertain" : " by the policy's default"
    }

    /// A word as one would type it.
    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty && word.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"'\"\\$`*?[]{}()<>|&;#~!".utf8.contains($0) }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
