internal import MonitorProtocol
internal import TerminalStream

/// What a session told of values in the output of one channel, as far as the ledger takes it. Pure: reports in, what is to be written out.
///
/// Output can be nothing but values, so single ones are written only up to a bound; all are counted.
struct MaskLedger: Sendable {
    /// The session told what cannot be.
    struct Violation: Error, Equatable {
        let what: String
    }

    /// One value, before its fingerprint is made.
    struct Found: Equatable, Sendable {
        var rule: String
        var outcome: MaskedValue.Outcome
        var report: MaskReport
    }

    let masks: CompiledMasks
    /// One for each rule.
    let actions: [MaskAction]
    private let mayBeSeen: Bool
    private var listed = 0

    /// Single values of one channel that are written down.
    static let mostListed = 10_000

    /// - Parameter altering: what the session was told to do about values.
    init(_ masks: CompiledMasks, actions: [MaskAction], altering: MaskTerms.Altering) {
        self.masks = masks
        self.actions = actions
        mayBeSeen = altering == .never
    }

    mutating func told(_ reports: MaskReports) throws(Violation) -> (found: [Found], counts: [String: UInt64]) {
        var found: [Found] = []
        var counts: [String: UInt64] = [:]
        for report in reports.found {
            let name = try name(report.rule)
            counts[name, default: 0] += 1
            listed += 1
            if listed <= Self.mostListed { found.append(Found(rule: name, outcome: outcome(report.rule), report: report)) }
        }
        for unlisted in reports.unlisted {
            let count = counts[try name(unlisted.rule), default: 0]
            counts[try name(unlisted.rule)] =
                count.addingReportingOverflow(unlisted.count).overflow ? .max : count + unlisted.count
        }
        return (found, counts)
    }

    private func name(_ rule: UInt32) throws(Violation) -> String {
        guard let name = masks.name(rule) else { throw Violation(what: "a value of mask rule \(rule), which there is not") }
        return name
    }

    private func outcome(_ rule: UInt32) -> MaskedValue.Outcome {
        guard Int(rule) < actions.count else { return .masked }
        return switch actions[Int(rule)] {
        case .off, .report: .reported
        case .mask: mayBeSeen ? .reported : .masked
        case .alert: .alerted
        case .endSession: .ended
        }
    }
}
