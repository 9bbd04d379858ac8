/// A set of certificate serial numbers, kept as ranges.
struct SerialRanges: Equatable, Sendable {
    /// In order, none touching the next.
    private(set) var ranges: [ClosedRange<UInt64>]

    init(_ unordered: [ClosedRange<UInt64>] = []) {
        ranges = []
        for range in unordered.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = ranges.last, last.upperBound == .max || range.lowerBound <= last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
    }

    func contains(_ serial: UInt64) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < serial { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(serial)
    }
}
