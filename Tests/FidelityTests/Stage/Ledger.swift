import EndToEndHarness
import Foundation

/// What Sallyport wrote down of a session.
struct Ledger: Sendable {
    private let configurationFile: String
    private let folder: String

    init(_ instance: Instance) {
        configurationFile = instance.configurationFile
        folder = instance.folder.path
    }

    /// A line as `sallyport session commands ID --json` tells it.
    struct Line: Sendable {
        var text: [UInt8]
        var language: String
        var isCertain: Bool
        var verdict: String
        /// ran, refused, withdrawn or allowed
        var outcome: String
        var doesNotParse: Bool

        /// Whether it is not said that the line ran. Of a shell without integration nobody hears more than that its line was let through.
        /// A line that does not parse is told as such.
        var mayNotHaveRun: Bool {
            doesNotParse && isCertain || outcome == "refused" || outcome == "withdrawn"
                || (outcome != "ran" && language != "shell")
        }
    }

    /// The lines of the newest session of this login, once it has ended.
    func lines(of login: String) throws -> [Line] {
        var id = ""
        do {
            try waitForEnd(of: login, id: &id)
        } catch {
            let processes = try run(["ps", "-o", "pid,ppid,stat,etimes,wchan:20,args", "-C", "sallyport-sessi,sallyportd,ssh"])
            let log = contents(of: folder + "/sallyportd.log").suffix(4000)
            throw HarnessError("\(error)\nsession \(id)\n\(String(decoding: processes.stdout, as: UTF8.self))\n\(log)")
        }
        return try JSON(tool("session", "commands", id, "--json", "--limit", "1000").stdout).elements.map { line in
            Line(
                text: Array(Data(base64Encoded: line["line_base64"].string ?? "") ?? Data()),
                language: line["language"].string ?? "", isCertain: line["certain"].boolean ?? false,
                verdict: line["verdict"].string ?? "", outcome: line["outcome"].string ?? "",
                doesNotParse: line["doubts"].elements.contains { $0["kind"].string == "syntax" })
        }
    }

    private func waitForEnd(of login: String, id: inout String) throws {
        try wait(for: "the session of \(login) to end in the ledger", within: .seconds(20)) {
            // More than all lanes together begin while one of them waits in its scenario.
            let rows = try JSON(tool("session", "list", "--json", "--limit", "1000").stdout).elements
            let row = rows.first { $0["login"].string == login }
            id = row?["id"].string ?? ""
            let hasEnded = row?["ended_at"].string != nil
            // To ask costs more than to wait.
            if !hasEnded { usleep(100_000) }
            return hasEnded
        }
    }

    /// Whether it is in the ledger, a recording, the log, or any other file of the instance.
    func has(_ secret: String) throws -> Bool {
        let found = try run(["grep", "-rqaF", "--", secret, folder])
        return found.exit == .status(0)
    }

    private func tool(_ words: String...) throws -> Outcome {
        let environment = Programs.environment.merging(["SALLYPORT_CONFIG": configurationFile]) { $1 }
        return try run([Programs.sallyport] + words, environment: environment).orThrow()
    }
}
