extension ApprovalBook {
    /// Somebody says yes or no. A no ends the request: look at it before.
    package mutating func vote(
        _ number: Int64, _ ballot: ApprovalBallot, at moment: UInt64, _ check: ApproverCheck
    ) -> ApprovalAnswer {
        guard var request = open[number] else {
            // It is over, so nothing comes of asking it.
            guard var late = ended[number] else { return .unknown }
            return late.vote(ballot, at: moment, check)
        }
        let answer = request.vote(ballot, at: moment, check)
        open[number] = request
        switch answer {
        case .approved: deadlines.insert(.init(deadline: request.deadline, number: number))
        case .denied: close(request)
        default: break
        }
        tidy()
        return answer
    }

    /// What was asked for is about to be done: the request, used now; nil if it may not be done.
    ///
    /// - Parameter bond: of the place that waits, with the digest of the bytes that it holds.
    package mutating func use(_ number: Int64, by bond: ApprovalRequest.Bond, at moment: UInt64) -> ApprovalRequest? {
        guard var request = open[number], request.use(by: bond, at: moment) else { return nil }
        close(request)
        coverings.note(request, at: moment)
        tidy()
        return request
    }
}
