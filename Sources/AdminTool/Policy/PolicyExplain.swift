internal import ArgumentParser
internal import Foundation
internal import Policy

struct PolicyExplain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show what a command would run, which rules match, and the verdict.",
        discussion: """
            Nothing is run. With --stdin each line is one command (with -0, up to each NUL), answered in order by one line each as it comes, \
            for editors, tests and other programs. What no option says counts as if it could be anybody: the strictest answer.
            """)
    @OptionGroup var instance: InstanceOption
    @OptionGroup var policy: PolicyOption
    @OptionGroup var who: SituationOption
    @Option(help: ArgumentHelp("What ssh would be asked to run.", valueName: "text")) var command: String?
    @Option(help: ArgumentHelp("A file operation instead, as in 'write /etc/shadow'.", valueName: "operation path"))
    var file: String?
    @Flag(help: "Judge one command a line from standard input.") var stdin = false
    @Flag(name: .customShort("0"), help: "With --stdin: commands end with NUL instead of a line end.") var zero = false
    @OptionGroup var json: JSONOption

    func validate() throws {
        let ways = [command != nil, file != nil, stdin].count { $0 }
        guard ways == 1 else { throw ValidationError("say one of --command, --file and --stdin") }
        guard !zero || stdin else { throw ValidationError("-0 belongs to --stdin") }
    }

    func run() throws {
        let loaded = try policy.load(instance)
        if let file { return try explain(file: file, loaded) }
        let situation = try who.situation(.exec, loaded.access, at: SituationOption.now)
        guard stdin else {
            let bytes = Array((command ?? "").utf8)
            let judgement = loaded.policy.judge(command: bytes, in: situation)
            if json.isOn { return try JSONDocument.write(JudgementDocument(bytes, judgement)) }
            return try StandardOutput.write(JudgementTree.text(bytes, judgement))
        }
        let reader = CommandStream(separator: zero ? 0x00 : 0x0A)
        let encoder = JSONDocument.lineEncoder()
        while let commands = try reader.next() {
            var answers = ""
            for command in commands {
                let judgement = loaded.policy.judge(command: command, in: situation)
                answers +=
                    json.isOn
                    ? try JSONDocument.line(JudgementDocument(command, judgement), encoder)
                    : JudgementTree.line(command, judgement)
            }
            // What was asked is answered before more is read: the asker may wait for it.
            try StandardOutput.write(answers)
        }
    }

    private func explain(file text: String, _ loaded: PolicyOption.Loaded) throws {
        guard let operation = FileOperation(words: text) else {
            let kinds = FileOperation.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--file is an operation and a path, as in 'write /etc/shadow'; operations are \(kinds)")
        }
        let judgement = loaded.policy.judge(
            file: operation, in: try who.situation(.sftp, loaded.access, at: SituationOption.now))
        let document = FileJudgementDocument(operation, judgement)
        if json.isOn { return try JSONDocument.write(document) }
        try StandardOutput.write(document.text)
    }
}
