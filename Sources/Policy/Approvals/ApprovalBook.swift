/// All requests that are open, and what approvals of late still cover. Numbers, moments and who may decide are given from outside.
///
/// Each call takes O(log n) of the open requests, but those that go over all of them by their nature: a reload, a list.
package struct ApprovalBook: Sendable {
    package struct Bounds: Sendable {
        /// Open requests.
        package var everywhere = 10_000
        package var perConnection = 64
        package var perRequester = 1000
        package var coverings = 10_000
        /// Requests that are over and of which somebody may still want to know who was first.
        package var ended = 4096

        package init() {}
    }

    package let bounds: Bounds
    var open: [Int64: ApprovalRequest] = [:]
    /// Ascending; those that are not in `open` have ended.
    var numbers: [Int64] = []
    var deadlines = DeadlineQueue()
    var byConnection: [String: Set<Int64>] = [:]
    var byRequester: [UserName: Int] = [:]
    var ended: OldestOut<Int64, ApprovalRequest>
    var coverings: ApprovalCoverings

    package init(bounds: Bounds = Bounds()) {
        self.bounds = bounds
        ended = OldestOut(most: bounds.ended)
        coverings = ApprovalCoverings(most: bounds.coverings)
    }

    /// How many are open.
    package var count: Int { open.count }
    /// When `expire(at:)` has to be called next; nil for not before something else happens.
    package var nextDeadline: UInt64? { deadlines.first?.deadline }
    /// The request, if it is open.
    package subscript(number: Int64) -> ApprovalRequest? { open[number] }
}

// MARK: - Asking

extension ApprovalBook {
    /// The bound that keeps another request of theirs out; nil if there is room. To be asked before a number is allocated.
    package func lacksRoom(connection: String, requester: UserName) -> ApprovalBound? {
        if open.count >= bounds.everywhere { return .everywhere }
        if byConnection[connection]?.count ?? 0 >= bounds.perConnection { return .connection }
        if byRequester[requester] ?? 0 >= bounds.perRequester { return .requester }
        return nil
    }

    /// Lets a request in.
    ///
    /// - Parameter number: from 1, never used before.
    package mutating func add(
        _ number: Int64, _ bond: ApprovalRequest.Bond, _ terms: [ApprovalTerms], at moment: UInt64, _ check: ApproverCheck
    ) -> ApprovalAdmission {
        precondition(number > 0 && open[number] == nil && ended[number] == nil, "a number is one request's")
        if let bound = lacksRoom(connection: bond.connection, requester: bond.requester) { return .noRoom(bound) }
        guard let terms = ApprovalTerms.together(terms), check.canBeDecided(terms, on: bond.target, not: bond.requester) else {
            return .nobody
        }
        let request = ApprovalRequest(number: number, bond: bond, terms: terms, at: moment)
        open[number] = request
        if number > numbers.last ?? 0 {
            numbers.append(number)
        } else {
            numbers.insert(number, at: position(after: number))
        }
        deadlines.insert(.init(deadline: request.deadline, number: number))
        byConnection[bond.connection, default: []].insert(number)
        byRequester[bond.requester, default: 0] += 1
        return .waiting(until: request.deadline)
    }

    /// The request whose approval covers this too: it may be done without asking again.
    ///
    /// - Parameter terms: on which it would be asked for now.
    package mutating func number(
        covering bond: ApprovalRequest.Bond, _ terms: [ApprovalTerms], at moment: UInt64
    ) -> Int64? {
        coverings.number(covering: bond, terms, at: moment)
    }
}

// MARK: - Keeping it small

extension ApprovalBook {
    mutating func close(_ request: ApprovalRequest) {
        open[request.number] = nil
        ended.put(request, for: request.number)
        byConnection[request.bond.connection]?.remove(request.number)
        if byConnection[request.bond.connection]?.isEmpty ?? false { byConnection[request.bond.connection] = nil }
        byRequester[request.bond.requester, default: 0] -= 1
        if byRequester[request.bond.requester] == 0 { byRequester[request.bond.requester] = nil }
    }

    /// Forgets deadlines and numbers of what has ended.
    mutating func tidy() {
        while let first = deadlines.first, open[first.number]?.deadline != first.deadline { deadlines.removeFirst() }
        if deadlines.count > 2 * open.count + 64 {
            deadlines = DeadlineQueue(open.values.map { .init(deadline: $0.deadline, number: $0.number) })
        }
        if numbers.count > 2 * open.count + 64 { numbers.removeAll { open[$0] == nil } }
    }
}
