/// A match that may come of what a trigger found: how far it was read, and what was seen on the way. Positions are logical.
struct Candidate: Sendable {
    let rule: Int
    /// Where the trigger ended: if nothing comes of this, the next start for it is tried.
    let hit: Int
    let start: Int
    /// The next byte to read, and the state before it.
    var index: Int
    var state: UInt32
    /// Where the value began that is being read; nil before that.
    var valueStart: Int?
    var valueEnd = 0
    /// The longest match so far.
    var best: Best?
    /// Shorter ones, in case the validator accepts one of them and none that is longer; the longest last. Nil rather than empty: a candidate is made for
    /// each trigger that is met, and nearly all have none.
    private(set) var shorter: [Best]?
    /// Set when it is certain: each further byte is masked as it comes.
    var commitment: Commitment?

    struct Best {
        var end: Int
        var value: Range<Int>
    }

    struct Commitment {
        /// In raw bytes.
        var rawStart: Int
        var cells = 0
        /// Where the longest match so far ends.
        var end: Int
        /// The value's beginning, for the finding; and how far it was taken.
        var value: [UInt8] = []
        var taken: Int
    }

    init(rule: Int, hit: Int, start: Int, state: UInt32) {
        self.rule = rule
        self.hit = hit
        self.start = start
        index = start
        self.state = state
    }

    static let mostEnds = 16

    /// A match may end here.
    mutating func add(_ end: Best, triesShorter: Bool) {
        if triesShorter, let best {
            if let count = shorter?.count, count == Self.mostEnds - 1 { shorter?.removeFirst() }
            shorter = shorter ?? []
            shorter?.append(best)
        }
        best = end
    }

    enum Outcome {
        /// The text ended first.
        case undecided
        case matched
        case failed
    }
}
