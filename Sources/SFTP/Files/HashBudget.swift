/// What all hashes of one gate take together. Each hash gives back what it took when it goes.
final class HashBudget {
    private(set) var hashes = 0
    private(set) var earlyBytes = 0

    func takeHash() -> Bool {
        guard hashes < SFTPLimit.hashes else { return false }
        hashes += 1
        return true
    }

    func giveBackHash() { hashes -= 1 }

    func takeEarly(_ count: Int) -> Bool {
        guard count <= SFTPLimit.earlyBytes - earlyBytes else { return false }
        earlyBytes += count
        return true
    }

    func giveBackEarly(_ count: Int) { earlyBytes -= count }
}
