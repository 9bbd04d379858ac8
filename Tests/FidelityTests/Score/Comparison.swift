/// What was told of the lines of one scenario, held against what ran.
struct Comparison: Equatable, Sendable {
    /// Told as it ran, and for certain.
    var exact = 0
    /// Ran, and was told with the warning that it may not be so.
    var uncertain = 0
    /// Ran, and another line was told in its place, for certain.
    var wrong = 0
    /// Ran, and nobody told.
    var missed = 0
    /// Told as one that ran, and did not.
    var invented = 0

    var lines: Int { exact + uncertain + wrong + missed }
    var isPerfect: Bool { uncertain + wrong + missed + invented == 0 }
    /// Nothing false was told, though not everything was known.
    var isHonest: Bool { wrong + missed + invented == 0 }

    /// A physical line that somebody told.
    struct Told: Equatable, Sendable {
        var text: [UInt8]
        var isCertain: Bool
        /// Told as one that may not have run; it is no invention if it did not.
        var mayNotHaveRun: Bool
    }

    init() {}

    /// Pairs what is equal in order (as many lines as possible), and what lies between by its place.
    init(truth: [[UInt8]], told: [Told]) {
        var lastTruth = 0
        var lastTold = 0
        for (index, toldIndex) in Self.pairs(truth, told) + [(truth.count, told.count)] {
            judgeUnpaired(truth[lastTruth..<index].count, Array(told[lastTold..<toldIndex]))
            if index < truth.count {
                if told[toldIndex].isCertain { exact += 1 } else { uncertain += 1 }
            }
            (lastTruth, lastTold) = (index + 1, toldIndex + 1)
        }
    }

    private mutating func judgeUnpaired(_ ran: Int, _ told: [Told]) {
        // A line that was refused or taken back was told rightly if it did not run; it stands in no other line's place.
        var told = told.filter { !$0.mayNotHaveRun }[...]
        for _ in 0..<ran {
            guard let one = told.popFirst() else {
                missed += 1
                continue
            }
            if one.isCertain { wrong += 1 } else { uncertain += 1 }
        }
        invented += told.count { $0.isCertain }
    }

    /// The pairs of equal lines in order: as many as possible, and among equals those told as having run.
    private static func pairs(_ truth: [[UInt8]], _ told: [Told]) -> [(Int, Int)] {
        let many = truth.count + told.count + 1
        var best = Array(repeating: Array(repeating: 0, count: told.count + 1), count: truth.count + 1)
        func paired(_ row: Int, _ column: Int) -> Int? {
            guard truth[row] == told[column].text else { return nil }
            return best[row + 1][column + 1] + many + (told[column].mayNotHaveRun ? 0 : 1)
        }
        for row in truth.indices.reversed() {
            for column in told.indices.reversed() {
                best[row][column] = max(best[row + 1][column], best[row][column + 1], paired(row, column) ?? 0)
            }
        }
        var pairs: [(Int, Int)] = []
        var (row, column) = (0, 0)
        while row < truth.count, column < told.count {
            if paired(row, column) == best[row][column] {
                pairs.append((row, column))
                (row, column) = (row + 1, column + 1)
            } else if best[row + 1][column] == best[row][column] {
                row += 1
            } else {
                column += 1
            }
        }
        return pairs
    }

    static func += (sum: inout Comparison, more: Comparison) {
        sum.exact += more.exact
        sum.uncertain += more.uncertain
        sum.wrong += more.wrong
        sum.missed += more.missed
        sum.invented += more.invented
    }
}
