/// Text by its bytes, as the programs here read it. To Swift a letter and a combining accent behind it are one character, so that
/// `"{}\u{301}"` does not contain `"{}"`: for xargs it does.
extension StringProtocol where SubSequence == Substring {
    func begins(with prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

    func ends(with suffix: String) -> Bool { utf8.reversed().starts(with: suffix.utf8.reversed()) }

    func holds(_ text: String) -> Bool { after(text) != nil }

    /// What follows the first occurrence of a text that is not empty.
    func after(_ text: String) -> Substring? { range(ofBytes: text).map { self[$0.upperBound...] } }

    /// What stands before the first of these bytes, or everything.
    func upTo(_ stops: String) -> Substring {
        let end = utf8.firstIndex { stops.utf8.contains($0) } ?? endIndex
        return self[..<end]
    }

    /// Without any of these bytes in front.
    func without(_ bytes: String) -> Substring {
        let start = utf8.firstIndex { !bytes.utf8.contains($0) } ?? endIndex
        return self[start...]
    }

    /// The parts between these bytes, without empty ones; what is behind the last of `most` parts stays in one.
    func parts(at separators: String, most: Int = .max) -> [Substring] {
        self[startIndex...].utf8.split(maxSplits: most - 1, whereSeparator: { separators.utf8.contains($0) }).map {
            Substring($0)
        }
    }

    /// Where a text first stands. Time grows with the product of the lengths; the texts that are looked for have few bytes.
    func range(ofBytes text: String) -> Range<String.Index>? {
        guard let first = text.utf8.first else { return nil }
        var rest = utf8[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: text.utf8) { return start..<rest.index(start, offsetBy: text.utf8.count) }
            rest = rest.dropFirst()
        }
        return nil
    }
}
