internal import MonitorProtocol
internal import TerminalStream

extension Refusal {
    /// One JSON object without a line end (design §2.9). The keys are a contract: `error` is `refused`, or `failed` where nobody decided; `verdict`, `rule` and `uncertain` are
    /// null, null and empty where it was not the policy.
    var json: [UInt8] {
        var line: [UInt8] = []
        line.append(
            json:
                #"{"error":"\#(exitStatus == Self.failedStatus ? "failed" : "refused")","exit_status":\#(exitStatus),"message":"#)
        line.append(jsonString: message)
        line.append(json: #","verdict":"#)
        line.append(jsonString: facts?.verdict)
        line.append(json: #","rule":"#)
        line.append(jsonString: facts?.rule)
        line.append(json: #","uncertain":["#)
        for (index, reason) in (facts?.uncertain ?? []).enumerated() {
            if index > 0 { line.append(json: ",") }
            line.append(jsonString: reason)
        }
        line.append(json: "]}")
        return line
    }
}

extension [UInt8] {
    fileprivate mutating func append(jsonString text: String?) {
        guard let text else { return append(json: "null") }
        append(json: "\"")
        appendEscaped(Array(text.utf8).span)
        append(json: "\"")
    }
}
