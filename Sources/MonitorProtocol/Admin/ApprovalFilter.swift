extension AdminRequest {
    /// Which requests for approvals to list.
    package struct ApprovalFilter: Codable, Equatable, Sendable {
        /// Those in one of these states; of all if it is empty.
        package var states: [Approval.State]
        /// Whoever asked.
        package var user: String?
        /// Only those that come after the one of this number, in the order of the list: the way to the next page. 0 is the beginning.
        package var after: Int64
        /// The last ones first.
        package var newestFirst: Bool
        /// At most this many, 1…1000; fewer come when they would not fit into one reply.
        package var limit: Int

        package init(
            states: [Approval.State] = [], user: String? = nil, after: Int64 = 0, newestFirst: Bool = false, limit: Int
        ) {
            self.states = states
            self.user = user
            self.after = after
            self.newestFirst = newestFirst
            self.limit = limit
        }

        /// Waiting, or approved and not used yet.
        package static let open: [Approval.State] = Approval.State.allCases.filter { !$0.isOver }
    }
}
