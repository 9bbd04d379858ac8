import TerminalStream

/// What a rule says, by PCRE2 and a loop instead of by automata: from left to right, at each start the longest match that is valid, without overlap.
final class RuleOracle {
    let rule: MaskRule
    private let search: OracleExpression
    private let whole: OracleExpression
    private let parts: OracleExpression
    private let notAfter: OracleExpression?

    init(_ rule: MaskRule) throws {
        self.rule = rule
        let flag = rule.ignoresCase ? "(?i)" : ""
        let before = rule.notBefore.isEmpty ? "" : "(?-i:(?<![\(rule.notBefore)]))"
        let match = "(?:\(rule.prefix))(?:\(rule.value))(?:\(rule.suffix))"
        search = try OracleExpression(flag + before + match)
        whole = try OracleExpression(flag + match)
        parts = try OracleExpression(flag + "(?:\(rule.prefix))(?<sallyport>\(rule.value))(?:\(rule.suffix))\\z")
        notAfter = rule.notAfter.isEmpty ? nil : try OracleExpression("[\(rule.notAfter)]")
    }

    /// Where the values are in `text`.
    func values(in text: [UInt8]) throws -> [Range<Int>] {
        try text.withUnsafeBufferPointer { try values(in: $0, text: text) }
    }

    private func values(in buffer: UnsafeBufferPointer<UInt8>, text: [UInt8]) throws -> [Range<Int>] {
        var found: [Range<Int>] = []
        var position = 0
        while position < buffer.count, let match = try search.match(in: buffer, from: position)?.first {
            if let (end, value) = try longestValid(from: match.lowerBound, in: buffer, text: text) {
                found.append(value)
                position = max(end, match.lowerBound + 1)
            } else {
                position = match.lowerBound + 1
            }
        }
        return found
    }

    private func longestValid(from start: Int, in buffer: UnsafeBufferPointer<UInt8>, text: [UInt8]) throws -> (Int, Range<Int>)?
    {
        let reach = UnsafeBufferPointer(rebasing: buffer[..<min(buffer.count, start + rule.widest)])
        for end in try whole.ends(in: reach, at: start) {
            if let notAfter, end < buffer.count {
                let next = UnsafeBufferPointer(rebasing: buffer[..<(end + 1)])
                if try notAfter.match(in: next, from: end, anchored: true) != nil { continue }
            }
            let upToEnd = UnsafeBufferPointer(rebasing: buffer[..<end])
            guard let groups = try parts.match(in: upToEnd, from: start, anchored: true) else { continue }
            // The name is the last group of those in prefix: its number is the count of opening ones before it, plus one.
            let value = groups[1 + Self.groups(in: rule.prefix)]
            if rule.validator?.accepts(text[value]) ?? true { return (end, value) }
            guard rule.category == .personal else { return nil }
        }
        return nil
    }

    /// How many groups `pattern` opens.
    private static func groups(in pattern: String) -> Int {
        var count = 0
        var isInClass = false
        var isEscaped = false
        for character in pattern {
            if isEscaped {
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "[" {
                isInClass = true
            } else if character == "]" {
                isInClass = false
            } else if character == "(" && !isInClass {
                count += 1
            }
        }
        return count
    }
}
