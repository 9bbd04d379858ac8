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

extension HeldNotice {
    /// One JSON object without a line end. The keys are a contract: it waits, and another line says what came of it where that is a refusal.
    var json: [UInt8] {
        var line: [UInt8] = []
        line.append(json: #"{"waiting":"approval","approval":\#(approval),"expires_in":\#(seconds),"message":"#)
        line.append(jsonString: message)
        line.append(json: #","rule":"#)
        line.append(jsonString: rule)
        line.append(json: #","approvers":["#)
        for (index, approver) in approvers.enumerated() {
            if index > 0 { line.append(json: ",") }
            line.append(jsonString: approver)
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
