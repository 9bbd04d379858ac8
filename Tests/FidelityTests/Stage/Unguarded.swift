/// What the scenarios do without Sallyport, played once for all tests that compare with it.
enum Unguarded {
    static let results = Result {
        Rehearsal(try FidelityOptions(), .direct).play(on: try Stage(.direct, width: 3))
    }

    /// The same with the results of another mode: each knows what would have been done without Sallyport.
    static func compared(_ results: [ScenarioResult]) throws -> [ScenarioResult] {
        let unguarded = Dictionary(try self.results.get().map { ($0.key, $0.executed) }) { first, _ in first }
        return results.map { result in
            var result = result
            result.unguarded = unguarded[result.key]
            return result
        }
    }
}
