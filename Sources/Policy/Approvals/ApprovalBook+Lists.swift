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
        // What is asked of the grants for each request is the same for all of one target.
        var rights: [String: Bool] = [:]
        return page(after: number, atMost: most) { request in
            guard request.state == .waiting else { return false }
            guard case .person(let person) = voter else { return check.allowsLocal }
            guard check.terms(of: request, naming: person) != nil else { return false }
            let target = request.bond.target
            let hasRight = rights[target] ?? check.hasRight(person, on: target, from: from)
            rights[target] = hasRight
            return hasRight
        }
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
