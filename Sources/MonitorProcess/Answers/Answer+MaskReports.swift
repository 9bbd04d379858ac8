internal import Logging
internal import MonitorProtocol
internal import Policy
internal import Store
internal import Synchronization
internal import TerminalStream
internal import Vault

extension ConnectionMonitor {
    /// What is masked on a channel that is about to begin.
    ///
    /// - Parameter carriesData: its output is no text for people, whatever it looks like: files, packs, archives.
    func maskTerms(_ situation: Situation, hasTerminal: Bool, carriesData: Bool) -> MaskTerms {
        let running = bastion.running
        let masking = running.policy.masking
        let altering: MaskTerms.Altering =
            if carriesData { .never } else if hasTerminal { .always } else {
                switch masking.exec {
                case .text: .whileText
                case .always: .always
                case .never: .never
                }
            }
        return MaskTerms(
            altering: altering, actions: running.policy.maskActions(in: situation),
            releaseAfter: UInt32(clamping: (masking.releaseAfter ?? 0) / 1_000_000),
            columns: running.policy.maskedColumns(in: situation).sorted(), imageSize: UInt32(running.masks.memory.count))
    }

    /// Values that were found: into the ledger. The session does not wait for it.
    func answerMaskReports(_ told: MaskReports) throws -> MonitorReply {
        let (found, counts, session) = try state.withLock { state throws(MaskLedger.Violation) in
            guard var open = state.sessions[told.channel] else {
                return ([MaskLedger.Found](), [String: UInt64](), SessionSummary?.none)
            }
            let (found, counts) = try open.masks.told(told)
            state.sessions[told.channel] = open
            return (found, counts, open.summary)
        }
        guard let session else { return .accepted }
        var maker = EventMaker(session)
        maker.at = bastion.now()
        do {
            let events = try found.map { found in
                maker.event(on: found, fingerprint: try bastion.fingerprint.text(of: found.rule, digest: found.report.digest))
            }
            try bastion.store.addMasks(events, counts: counts, of: session.id)
        } catch {
            logger.error("masked values could not be written", metadata: ["error": "\(error)"])
            terminate(Refusal(message: Self.ledgerIsGone, exitStatus: Refusal.failedStatus))
        }
        for found in found where found.outcome == .alerted || found.outcome == .ended {
            logger.warning(
                "security: a value was found in the output of a session",
                metadata: ["session": "\(session.id)", "rule": "\(found.rule)", "outcome": "\(found.outcome.rawValue)"])
        }
        return .accepted
    }
}

extension EventMaker {
    fileprivate func event(on found: MaskLedger.Found, fingerprint: String) -> PolicyEvent {
        event(
            verdict: .mask, outcome: .told, rule: found.rule, doubts: [], shadow: nil,
            action: .masked(
                MaskedValue(
                    rule: found.rule, outcome: found.outcome, recordingTime: found.report.at, offset: found.report.offset,
                    cells: found.report.cells, fingerprint: fingerprint, isPartlyReleased: found.report.isPartlyReleased)))
    }
}
