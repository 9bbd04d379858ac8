internal import Foundation

/// One POST, as curl reads it (curl(1), `--config`) on its standard input: neither the URL, which may be a secret, nor the body is among its arguments,
/// which every user of the machine can see.
struct WebhookRequest {
    let url: String
    let body: [UInt8]
    let signature: WebhookSignature
    /// For all of it.
    let seconds: Int

    /// `-q` first: no configuration of anybody's else.
    static let curlArguments = ["-q", "--config", "-"]

    /// Nil if the URL is none: it would be read as more than one line.
    var curlConfiguration: [UInt8]? {
        guard !url.isEmpty, url.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
        // No `location`: a redirection is a mistake, or somebody's who should not get this.
        let lines = [
            "url = \(Self.quoted(url))", "globoff", "proto = \"=http,https\"", "silent", "show-error",
            "max-time = \(seconds)", "connect-timeout = \(seconds)", "max-filesize = 65536",
            "header = \"Content-Type: application/json\"", "header = \"Expect:\"",
            "header = \(Self.quoted("\(WebhookSignature.header): \(signature.value)"))",
            "user-agent = \"sallyport\"", "data-raw = \(Self.quoted(String(decoding: body, as: UTF8.self)))",
            "write-out = \"\\n%{http_code}\"",
        ]
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// curl(1): within double quotes `\\`, `\"`, `\t`, `\n`, `\r` and `\v` are escapes.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "\"":
                quoted += "\\"
                quoted.unicodeScalars.append(scalar)
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// Delivered is any status of 200 to 299.
    static func outcome(of run: ProgramRun) -> NotificationDelivery.Outcome {
        let lines = run.output.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        let outcome = NotificationDelivery.outcome(of: run.end)
        guard outcome == .delivered else {
            // `curl: (7) Failed to connect to …`
            let reason = lines.last { $0.hasPrefix("curl: ") }
            return run.end == .stopped ? .stopped : reason.map { .failed(escaped($0)) } ?? outcome
        }
        guard let status = lines.last, status.utf8.count == 3, let number = Int(status) else {
            return .failed("curl told no status")
        }
        return (200...299).contains(number) ? .delivered : .failed("HTTP \(number)")
    }
}
