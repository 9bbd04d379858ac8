internal import Foundation
internal import MonitorProtocol

/// How one notification is handed over. In a program of its own either way: what parses the answers of strangers is not this process
/// (docs/decisions/0016).
struct NotificationDelivery: Sendable {
    enum Outcome: Equatable, Sendable {
        case delivered
        case failed(String)
        /// Not known: the daemon stops.
        case stopped
    }

    /// What the program said, for the log: its last lines.
    struct Result: Sendable {
        let outcome: Outcome
        var lines: [String] = []
    }

    var webhook = ProgramRun.Limits(milliseconds: 12_000, outputBytes: 64 * 1024 + 256, excess: .ends)
    var command = ProgramRun.Limits(milliseconds: 30_000, outputBytes: 16 * 1024, excess: .dropped)
    /// Debian's; a dependency of the installed bastion where it has webhooks.
    var curl = "/usr/bin/curl"
    /// Of curl's own, for connecting and answering.
    var webhookSeconds = 10

    static let mostLines = 20

    func deliver(_ body: [UInt8], by channel: NotificationChannel, at moment: Timestamp, stop: Int32) -> Result {
        do {
            switch channel {
            case .command(_, let command):
                let run = try ProgramRun(command, input: body + [UInt8(ascii: "\n")], limits: self.command, stop: stop)
                return Result(outcome: Self.outcome(of: run.end), lines: Self.lines(of: run.output))
            case .webhook(_, let url, let key):
                let request = WebhookRequest(
                    url: url, body: body, signature: WebhookSignature(of: body, key: key, at: moment), seconds: webhookSeconds)
                guard let configuration = request.curlConfiguration else { return Result(outcome: .failed("not a URL")) }
                let run = try ProgramRun(
                    [curl] + WebhookRequest.curlArguments, input: configuration, limits: webhook, stop: stop)
                return Result(outcome: WebhookRequest.outcome(of: run))
            }
        } catch {
            return Result(outcome: .failed("cannot be started: \(error)"))
        }
    }

    static func outcome(of end: ProgramRun.End) -> Outcome {
        switch end {
        case .exit(.status(0)): .delivered
        case .exit(.status(let status)): .failed("exit \(status)")
        case .exit(.signal(let signal)): .failed("ended by signal \(signal)")
        case .timedOut: .failed("not done in time")
        case .wroteTooMuch: .failed("too long an answer")
        case .stopped: .stopped
        }
    }

    /// For the log: the last ones, bounded and escaped.
    private static func lines(of output: [UInt8]) -> [String] {
        output.split(separator: UInt8(ascii: "\n")).suffix(mostLines).map { escaped(Array($0), limit: 500) }
    }
}
