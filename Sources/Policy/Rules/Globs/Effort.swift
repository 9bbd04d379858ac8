/// What judging one line may cost, in steps of comparing. Rules × words × their lengths is more than any person's line needs and less than
/// somebody who writes lines against us can make of it.
///
/// A class, since all that compares for one line draws on the same; never shared between threads.
final class Effort {
    private var left: Int
    private(set) var isSpent = false

    /// About 50 ms. A line of 100 words costs a few thousand.
    static let mostSteps = 10_000_000

    init(steps: Int = Effort.mostSteps) { left = steps }

    /// False when it is used up, and then for good.
    func spend(_ steps: Int) -> Bool {
        left -= steps + 1
        if left < 0 {
            isSpent = true
            left = 0
            return false
        }
        return !isSpent
    }
}
