/// Finds the word that was meant.
enum Spelling {
    /// The nearest of `candidates`, if it is near enough for `word` to be a slip of it.
    static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let letters = Array(word.lowercased().utf8)
        guard letters.count <= longestWord else { return nil }
        let farthest = letters.count < 5 ? 1 : letters.count < 9 ? 2 : 3
        var best: (word: String, distance: Int)?
        for candidate in candidates.prefix(mostCandidates) where candidate.utf8.count <= longestWord {
            guard abs(candidate.utf8.count - letters.count) <= farthest else { continue }
            let found = distance(letters, Array(candidate.lowercased().utf8))
            if found <= farthest, found < candidate.utf8.count, found < best?.distance ?? .max { best = (candidate, found) }
        }
        return best?.word
    }

    /// `: did you mean "…"?`, or nothing.
    static func hint(for word: String, among candidates: some Sequence<String>) -> String {
        nearest(to: word, among: candidates).map { ": did you mean \(quoted($0))?" } ?? ""
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
                row.append(best)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }

    /// So that a file full of mistakes is answered in no time.
    private static let longestWord = 64
    private static let mostCandidates = 1000
}
