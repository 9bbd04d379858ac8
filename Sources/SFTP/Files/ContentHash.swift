internal import OpenSSHKeys

/// SHA-256 of a file's content in the order of its offsets, of blocks that come in nearly that order.
///
/// Clients keep many requests on their way, and a block that was read short is asked for again after later ones. What comes before its turn waits,
/// as much as `HashBudget` allows. What comes twice, or too early, ends the hashing: then there is no digest rather than a wrong one.
final class ContentHash {
    private struct Early {
        let offset: UInt64
        let bytes: [UInt8]
        /// With what an array takes besides its bytes, or one-byte blocks would take forty times what they count.
        var cost: Int { bytes.count + 64 }
    }

    /// How far from the file's beginning the content is known.
    private(set) var end: UInt64 = 0
    private var hasher: SHA256Hasher?
    /// In the order of their offsets, all behind `end`.
    private var early: [Early] = []
    private let budget: HashBudget

    /// Nil when too many files are hashed already.
    init?(_ budget: HashBudget) {
        guard budget.takeHash() else { return nil }
        self.budget = budget
        hasher = SHA256Hasher()
    }

    deinit { giveUp() }

    func add(_ bytes: ArraySlice<UInt8>, at offset: UInt64) {
        guard hasher != nil, !bytes.isEmpty else { return }
        if offset == end { return hash(bytes) }
        guard offset > end, offset <= UInt64.max - UInt64(bytes.count) else { return giveUp() }
        let block = Early(offset: offset, bytes: Array(bytes))
        guard budget.takeEarly(block.cost) else { return giveUp() }
        // Nearly always the last.
        let place = (early.lastIndex { $0.offset < offset } ?? -1) + 1
        early.insert(block, at: place)
    }

    /// Ends it. Nil: no digest; what was added is not the beginning of a file, in whole.
    func finish() -> [UInt8]? {
        guard early.isEmpty, let hasher = hasher.take() else {
            giveUp()
            return nil
        }
        budget.giveBackHash()
        return hasher.finalize()
    }

    func giveUp() {
        for block in early { budget.giveBackEarly(block.cost) }
        early = []
        if hasher.take() != nil { budget.giveBackHash() }
    }

    private func hash(_ bytes: ArraySlice<UInt8>) {
        let (next, isBeyond) = end.addingReportingOverflow(UInt64(bytes.count))
        guard !isBeyond else { return giveUp() }
        hasher?.update(bytes)
        end = next
        hashEarly()
    }

    /// Hashes the blocks whose turn has come.
    private func hashEarly() {
        var taken = 0
        while taken < early.count, early[taken].offset <= end {
            let block = early[taken]
            // Overlapping: one of the two was not what the file holds.
            guard block.offset == end else { return giveUp() }
            hasher?.update(block.bytes)
            end += UInt64(block.bytes.count)
            budget.giveBackEarly(block.cost)
            taken += 1
        }
        early.removeFirst(taken)
    }
}
