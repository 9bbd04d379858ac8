package import OpenSSHKeys

extension ApprovalBook {
    /// Open requests in the order of their numbers.
    ///
    /// - Parameters:
    ///   - number: the last one that is known; 0 for the beginning.
    ///   - most: at most so many.
    package func page(after number: Int64, atMost most: Int, where isWanted: (ApprovalRequest) -> Bool) -> [ApprovalRequest] {
        var found: [ApprovalRequest] = []
        for next in numbers[position(after: number)...] where found.count < most {
            if let request = open[next], isWanted(request) { found.append(request) }
        }
        return found
    }

    /// Those that wait and that this person may decide now, from there.
    package func page(
        decidableBy voter: ApprovalVoter, from: IPAddress?, after number: Int64, atMost most: Int, _ check: ApproverCheck
    ) -> [ApprovalRequest] {
        page(after: number, atMost: most) { $0.state == .waiting && check.terms(of: $0, for: voter, from: from) != nil }
    }

    /// The first position in `numbers` with a greater one.
    func position(after number: Int64) -> Int {
        var (low, high) = (0, numbers.count)
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] <= number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
