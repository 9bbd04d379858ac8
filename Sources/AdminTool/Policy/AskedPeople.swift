internal import Policy

/// Whom one set of terms asks, in JSON and in words.
struct AskedPeople: Encodable {
    /// Users and groups, as the files write them, sorted.
    var by: [String]
    /// How many distinct people have to say yes.
    var count: Int
    var withinSeconds: UInt32
    var needsReason: Bool
    /// How long an approval covers the same again; null for one use alone.
    @AlwaysThere var forSeconds: UInt32?

    init(_ terms: ApprovalTerms) {
        by = ApprovalTerms.names([terms])
        count = terms.count
        withinSeconds = terms.timeLimitSeconds
        needsReason = terms.needsReason
        forSeconds = terms.coveredSeconds
    }

    /// `2 of alice, group:leads, within 10m, with a reason; covers the same for 15m`.
    var text: String {
        var text = "\(count) of \(by.joined(separator: ", ")), within \(Self.duration(withinSeconds))"
        if needsReason { text += ", with a reason" }
        if let forSeconds { text += "; covers the same for \(Self.duration(forSeconds))" }
        return text
    }

    /// For each terms of an answer whose verdict is approve; one that says so where nobody can be asked.
    static func lines(_ verdict: PolicyVerdict, _ approvals: [ApprovalTerms]) -> [String] {
        guard verdict == .approve else { return [] }
        return approvals.isEmpty ? ["nobody, so it is refused"] : approvals.map { AskedPeople($0).text }
    }

    /// In the largest unit that gives a whole number, as the files write it.
    private static func duration(_ seconds: UInt32) -> String {
        for (unit, size) in [("d", 86_400), ("h", 3600), ("m", 60)] as [(String, UInt32)] where seconds % size == 0 {
            return "\(seconds / size)\(unit)"
        }
        return "\(seconds)s"
    }
}
