import Foundation
import Testing

@testable import Policy

/// The grammar against the shells' own parsers, on the scripts of this machine.
struct DifferentialTests {
    /// What bash looks at only when it runs the commands, and this parser at once. A mistake there is a doubt here and none for `bash -n`.
    static let postponed: [(reason: String, isIn: @Sendable (String) -> Bool)] = [
        ("between backquotes", { $0.contains("`") }),
        ("in the body of a here-document", { $0.contains("<<") }),
        ("behind `$((`", { $0.contains("$((") }),
        // Commands in ksh and from bash 5.3 on.
        ("in `${ …}`", { $0.contains("${ ") || $0.contains("${\t") || $0.contains("${\n") || $0.contains("${|") }),
    ]

    /// Other shells of which one has to take what this parser takes and neither bash nor dash does.
    static let others = ["bash -O extglob", "zsh -f"]

    @Test func `scripts, whole and in pieces, get the verdict that bash and dash give`() throws {
        try compare(ShellCorpus.files + ShellCorpus.sample(2500), mayDiffer: 2)
    }

    @Test func `scripts with a token too many or too few get that verdict too`() throws {
        var random = SplitMix(seed: 3)
        let pieces = ShellCorpus.sample(2000)
        try compare(pieces.map { ShellCorpus.mutated($0, using: &random) }, mayDiffer: 4)
    }

    /// - Parameter mayDiffer: how many of a thousand can be taken here and by none of the shells. Nothing is hidden then: what was taken is
    ///   among the commands, and runs nowhere.
    private func compare(_ texts: [[UInt8]], mayDiffer: Int) throws {
        let verdicts = try ShellVerdicts(texts)
        defer { verdicts.remove() }
        let bash = try verdicts.accepted(by: "bash")
        let dash = try verdicts.accepted(by: "dash")
        let ours = Set(texts.indices.filter { !ShellReader.read(texts[$0]).kinds.contains { $0 == .syntax || $0 == .tooLarge } })

        for index in bash.subtracting(ours) {
            let text = String(decoding: texts[index], as: UTF8.self)
            let isPostponed = Self.postponed.contains { $0.isIn(text) }
            #expect(isPostponed, "bash takes this, and we say \(ShellReader.read(text).doubts.map(\.text)): \(text)")
        }

        let laxer = ours.subtracting(bash).subtracting(dash).sorted()
        let disputed = try ShellVerdicts(laxer.map { texts[$0] })
        defer { disputed.remove() }
        var taken: Set<Int> = []
        for shell in Self.others { taken.formUnion(try disputed.accepted(by: shell)) }
        let alone = laxer.indices.filter { !taken.contains($0) }.map { String(decoding: texts[laxer[$0]], as: UTF8.self) }
        #expect(alone.count <= max(2, texts.count * mayDiffer / 1000), "taken by no shell: \(alone)")
        print(
            "\(texts.count) texts: bash takes \(bash.count), dash \(dash.count), we \(ours.count);",
            "bash but not we \(bash.subtracting(ours).count), we but neither \(laxer.count), of them no shell \(alone.count)")
        #expect(bash.count > texts.count / 4 && !texts.isEmpty, "the corpus is too small to show anything")
    }
}
